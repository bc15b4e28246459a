package dev.incipit.nn.optim;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.util.List;

/** Steps of an optimizer along gradients that are drawn, on two parameters of odd sizes. */
final class Course {

  static final int STEPS = 12;

  private static final RandomKey KEY = RandomKey.of(11);

  private final List<Parameter> parameters =
      List.of(new Parameter("a", drawn("a", 5, 7)), new Parameter("b", drawn("b", 1)));

  private static Tensor drawn(String name, int... extents) {
    Tensor result = Tensor.zeros(extents);
    KEY.split(name).fillUniform(result, -1, 1);
    return result;
  }

  /** Return all weights, of both parameters in order. */
  double[] weights() {
    double[] weights = new double[36];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i < 35 ? parameters.get(0).value().array()[i] : parameters.get(1).value().item();
    }
    return weights;
  }

  /** Return the gradient that step t, from 0, follows; 0 everywhere in one step of four. */
  static double gradient(int t, int i) {
    Tensor drawn = t % 4 == 3 ? Tensor.zeros(36) : drawn("g" + t, 36);
    return drawn.array()[i];
  }

  void run(Optimizer optimizer) {
    Optimizer.Update update = optimizer.on(parameters);
    for (int t = 0; t < STEPS; t++) {
      for (int i = 0; i < 36; i++) {
        Parameter parameter = parameters.get(i < 35 ? 0 : 1);
        parameter.gradient().array()[i % 35] = (float) gradient(t, i);
      }
      update.step();
    }
  }
}
