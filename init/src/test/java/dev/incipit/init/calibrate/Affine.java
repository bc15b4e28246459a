package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.He;
import java.util.List;

/**
 * A layer as someone outside the library may write it: {@code f(x W + b)}, from plain variables.
 */
record Affine(Parameter weight, Parameter bias, Unary f) implements Weighted {

  static Affine of(String name, int in, int out, Unary f, RandomKey key) {
    Tensor weight = Tensor.zeros(in, out);
    He.normal().fill(weight, key.split(name));
    Tensor bias = Tensor.zeros(out);
    key.split(name + "b").fillNormal(bias, 0f, 0.3f);
    Affine layer = new Affine(new Parameter(name, weight), new Parameter(name + "b", bias), f);
    // As if training had gone before.
    layer.weight.gradient().fill(7f);
    layer.bias.gradient().fill(-7f);
    return layer;
  }

  @Override
  public Variable preactivation(Variable x) {
    return x.matmul(weight).add(bias);
  }

  @Override
  public Variable forward(Variable x) {
    return preactivation(x).map(f);
  }

  /** Stages one after another. */
  record Chain(List<Stage> parts) implements Stage {
    static Chain of(Stage... parts) {
      return new Chain(List.of(parts));
    }

    @Override
    public Variable forward(Variable x) {
      Variable y = x;
      for (Stage part : parts) {
        y = part.forward(y);
      }
      return y;
    }

    @Override
    public List<Stage> stages() {
      return parts.stream().<Stage>flatMap(part -> part.stages().stream()).toList();
    }

    /** Return copies of all weights, biases and their gradients. */
    List<Tensor> numbers() {
      return stages().stream()
          .filter(Weighted.class::isInstance)
          .map(Weighted.class::cast)
          .flatMap(
              w ->
                  List.of(
                      w.weight().value().copy(),
                      w.bias().value().copy(),
                      w.weight().gradient().copy(),
                      w.bias().gradient().copy())
                      .stream())
          .toList();
    }
  }
}
