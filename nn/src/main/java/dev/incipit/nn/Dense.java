package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import dev.incipit.init.calibrate.Weighted;
import java.util.List;

/**
 * A fully connected layer, {@code y = f(x W + b)}.
 *
 * <p>It is computed in one pass where f's derivative follows from its value; otherwise f is a pass
 * of its own, for it needs {@code x W + b} kept.
 *
 * @param weight W [in, out]
 * @param bias b [out]
 * @param activation f
 */
public record Dense(Parameter weight, Parameter bias, Activation activation)
    implements Layer, Weighted {

  /**
   * Check the shapes.
   *
   * @throws ShapeMismatchException if the bias does not fit the weights
   */
  public Dense {
    if (weight.shape().rank() != 2 || !bias.shape().equals(Shape.of(weight.shape().extent(1)))) {
      throw new ShapeMismatchException(
          "dense: weights must be [in, out] and biases [out], but got "
              + weight.shape()
              + " and "
              + bias.shape()
              + "; pass one bias for each output");
    }
  }

  /**
   * Create a layer with fresh weights.
   *
   * @param name what its parameters are called: {@code name.weight} and {@code name.bias}
   * @param in numbers an example brings
   * @param out numbers it leaves with
   * @param activation f
   * @param weights initializer of W
   * @param biases initializer of b
   * @param key source of randomness; equal layers under different keys get different weights
   * @return the layer
   * @throws IllegalArgumentException if {@code in} or {@code out} is below 1
   */
  public static Dense create(
      String name,
      int in,
      int out,
      Activation activation,
      Initializer weights,
      Initializer biases,
      RandomKey key) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "dense: a layer needs at least one input and one output, but got %d and %d for %s"
                  .formatted(in, out, name)
              + "; correct the sizes");
    }
    Tensor weight = Tensor.zeros(in, out);
    Tensor bias = Tensor.zeros(out);
    weights.fill(weight, key.split("weight"));
    biases.fill(bias, key.split("bias"));
    return new Dense(
        new Parameter(name + ".weight", weight), new Parameter(name + ".bias", bias), activation);
  }

  @Override
  public Variable forward(Variable x) {
    if (activation.function().gradientAtOutput()) {
      return affine(activation, x);
    }
    return activation.forward(preactivation(x));
  }

  @Override
  public Variable preactivation(Variable x) {
    return affine(Activation.identity(), x);
  }

  private Variable affine(Activation f, Variable x) {
    return Variable.apply(
        new dev.incipit.core.autograd.Dense(f.function(), f.parameter()), x, weight, bias);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  /** Return sizes and activation, as in {@code Dense[784, 100] relu}. */
  @Override
  public String toString() {
    return "Dense" + weight.shape() + " " + activation;
  }
}
