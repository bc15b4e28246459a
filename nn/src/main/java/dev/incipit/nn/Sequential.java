package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.calibrate.Stage;
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
    return parameters().stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  /** Return one line a layer, and the number of parameters. */
  @Override
  public String toString() {
    return layers.stream().map(Layer::toString).collect(Collectors.joining("\n"))
        + "\n"
        + parameterCount()
        + " parameters";
  }
}
