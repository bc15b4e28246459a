package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.calibrate.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers one after another.
 *
 * @param layers the layers, first to last
 */
public record Sequential(List<Layer> layers) implements Layer {

  /** Copy the list. */
  public Sequential {
    layers = List.copyOf(layers);
  }

  /** Return a network of the given layers. */
  public static Sequential of(Layer... layers) {
    return new Sequential(List.of(layers));
  }

  @Override
  public Variable forward(Variable x) {
    Variable y = x;
    for (Layer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }

  /** Return the stages of all layers, those of networks among them in their place. */
  @Override
  public List<Stage> stages() {
    return layers.stream().<Stage>flatMap(layer -> layer.stages().stream()).toList();
  }

  /** Return the parameters of all layers, first to last; one that serves twice is there once. */
  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).distinct().toList();
  }

  @Override
  public List<Parameter> allParameters() {
    return layers.stream().flatMap(layer -> layer.allParameters().stream()).distinct().toList();
  }

  /** Return these layers, each {@linkplain Layer#frozen() frozen}. */
  @Override
  public Sequential frozen() {
    return new Sequential(layers.stream().map(Layer::frozen).toList());
  }

  /** Return these layers, each with every parameter free to train. */
  @Override
  public Sequential unfrozen() {
    return new Sequential(layers.stream().map(Layer::unfrozen).toList());
  }

  /**
   * Return a network of the first layers.
   *
   * @param count how many, from 0
   * @throws IllegalArgumentException if there are not so many
   */
  public Sequential first(int count) {
    if (count < 0 || count > layers.size()) {
      throw new IllegalArgumentException(
          "sequential: the number of layers to keep must lie in 0..%d, but got %d; correct it"
              .formatted(layers.size(), count));
    }
    return new Sequential(layers.subList(0, count));
  }

  /**
   * Return this network with others in place of its last layer.
   *
   * <pre>{@code
   * Dense head = Dense.create("head", 128, 3, Activation.identity(), he, zeros, key.split("head"));
   * Sequential tuned = net.frozen().withHead(head);
   * }</pre>
   *
   * @param head the layers that take its place
   * @throws IllegalArgumentException if this network has no layer
   */
  public Sequential withHead(Layer... head) {
    List<Layer> result = new ArrayList<>(first(layers.size() - 1).layers);
    result.addAll(List.of(head));
    return new Sequential(result);
  }

  /**
   * Compute the outputs for a batch.
   *
   * @param x inputs [batch, in]
   * @return outputs [batch, out], such as logits
   */
  public Tensor predict(Tensor x) {
    return forward(Variable.constant(x)).value();
  }

  /** Return the number of numbers that training may change. */
  public long parameterCount() {
    return count(parameters());
  }

  /** Return one line a layer, the number of parameters, and how many more are frozen. */
  @Override
  public String toString() {
    long all = count(allParameters());
    long trained = parameterCount();
    return layers.stream().map(Layer::toString).collect(Collectors.joining("\n"))
        + "\n"
        + trained
        + " parameters"
        + (all == trained ? "" : ", " + (all - trained) + " frozen");
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }
}
