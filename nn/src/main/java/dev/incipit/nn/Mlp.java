package dev.incipit.nn;

import dev.incipit.core.random.RandomKey;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.init.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plan of a multilayer perceptron: dense layers with one activation between them.
 *
 * <pre>{@code
 * Sequential net = Mlp.of(784, 256, 128, 10).build(RandomKey.of(42));
 * }</pre>
 *
 * @param sizes numbers an example has at the input, after each hidden layer, and at the output
 * @param activation activation of the hidden layers; the output layer has none
 * @param weights initializer of the weights
 * @param biases initializer of the biases
 */
public record Mlp(
    List<Integer> sizes, Activation activation, Initializer weights, Initializer biases) {

  /**
   * Check the sizes.
   *
   * @throws IllegalArgumentException if there are fewer than two, or one is below 1
   */
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "mlp: at least an input and an output size are needed, each from 1, but got "
              + sizes
              + "; pass for instance 784, 100, 10");
    }
  }

  /** Return a plan with ReLU between layers, He's normal initialization, and biases of zero. */
  public static Mlp of(int... sizes) {
    return new Mlp(
        Arrays.stream(sizes).boxed().toList(), Activation.relu(), He.normal(), Constant.zeros());
  }

  /** Return this plan with another activation. */
  public Mlp withActivation(Activation activation) {
    return new Mlp(sizes, activation, weights, biases);
  }

  /** Return this plan with another initializer of the weights. */
  public Mlp withWeights(Initializer weights) {
    return new Mlp(sizes, activation, weights, biases);
  }

  /** Return this plan with another initializer of the biases. */
  public Mlp withBiases(Initializer biases) {
    return new Mlp(sizes, activation, weights, biases);
  }

  /**
   * Build the network.
   *
   * @param key source of randomness; layer i draws from {@code key.split("dense" + i)}
   * @return a network with fresh weights
   */
  public Sequential build(RandomKey key) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      String name = "dense" + i;
      boolean last = i == sizes.size() - 1;
      layers.add(
          Dense.create(
              name,
              sizes.get(i - 1),
              sizes.get(i),
              last ? Activation.identity() : activation,
              weights,
              biases,
              key.split(name)));
    }
    return new Sequential(layers);
  }
}
