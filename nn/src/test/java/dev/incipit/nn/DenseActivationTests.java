package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.GradientCheck;
import dev.incipit.core.autograd.Map;
import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A dense layer takes every activation, whether or not its derivative follows from its value. */
final class DenseActivationTests {

  static Stream<Activation> all() {
    return Stream.of(
        Activation.identity(),
        Activation.sigmoid(),
        Activation.tanh(),
        Activation.relu(),
        Activation.leakyRelu(0.25f),
        Activation.elu(),
        Activation.elu(0.5f),
        Activation.selu(),
        Activation.gelu(),
        Activation.silu(),
        Activation.mish(),
        Activation.softplus(),
        Activation.softsign());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aDenseLayerIsTheProductAndThenTheActivation(Activation activation) {
    Tensor x = normal("x", 5, 7);
    Dense layer = dense(activation);
    Dense plain = new Dense(layer.weight(), layer.bias(), Activation.identity());
    Variable apart =
        Variable.apply(
            new Map(activation.function(), activation.parameter()),
            plain.forward(Variable.constant(x)));
    assertTrue(apart.value().bitEquals(layer.forward(Variable.constant(x)).value()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aDenseLayerLearnsUnderEveryActivation(Activation activation) {
    Dense layer = dense(activation);
    // Differences over 2^-7 of a function with a kink err by up to a whole slope at the kink only;
    // the draw keeps sums off it, and third derivatives below 5 cost 5 * 2^-16 / 6.
    GradientCheck.of(
            inputs ->
                new Dense((Parameter) inputs.get(1), (Parameter) inputs.get(2), layer.activation())
                    .forward(inputs.get(0)),
            normal("x", 2, 7),
            layer.weight().value(),
            layer.bias().value())
        .orElseThrow(1e-3);
  }

  @Test
  void seluKeepsMeanAndVariance() {
    // The fixed point of Klambauer et al.: a normal input keeps mean 0 and variance 1, here within
    // 5 deviations of the means of 10^6 draws.
    Tensor y =
        Variable.apply(new Map(Unary.SELU, 0f), Variable.constant(normal("z", 1_000_000))).value();
    double sum = 0;
    double squares = 0;
    for (float number : y.toArray()) {
      sum += number;
      squares += (double) number * number;
    }
    assertEquals(0, sum / 1e6, 5e-3);
    assertEquals(1, squares / 1e6, 8e-3);
  }

  private static Dense dense(Activation activation) {
    return new Dense(
        new Parameter("w", normal("w", 7, 3).mul(0.5f)),
        new Parameter("b", normal("b", 3)),
        activation);
  }

  private static Tensor normal(String name, int... extents) {
    Tensor tensor = Tensor.zeros(extents);
    RandomKey.of(11).split(name).fillNormal(tensor, 0, 1);
    return tensor;
  }
}
