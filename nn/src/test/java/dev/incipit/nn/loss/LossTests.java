package dev.incipit.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Hold what losses measure. */
final class LossTests {

  /** Some twenty roundings of numbers below 8. */
  private static final double TOLERANCE = 20 * 8 * 0x1p-24;

  private static final Tensor ONE_HOT = Tensor.matrix(new float[] {0, 1, 0}, new float[] {1, 0, 0});

  @Test
  void crossEntropyIsTheMeanOfTheNegativeLogarithms() {
    float[][] logits = {{1, 2, 3}, {0, 0.5f, -1}};
    double expected = (logSumExp(logits[0]) - 2 + logSumExp(logits[1]) - 0) / 2;
    assertEquals(expected, value(Loss.crossEntropy(), Tensor.matrix(logits)), TOLERANCE);
  }

  @Test
  void crossEntropyOfWhoKnowsNothingIsTheLogarithmOfTheClasses() {
    assertEquals(Math.log(3), value(Loss.crossEntropy(), Tensor.zeros(2, 3)), TOLERANCE);
  }

  @Test
  void crossEntropyStaysFiniteForHugeLogits() {
    Tensor sure = Tensor.matrix(new float[] {0, 1e30f, 0}, new float[] {1e30f, 0, 0});
    assertEquals(0, value(Loss.crossEntropy(), sure));
    Tensor wrong = Tensor.matrix(new float[] {1e30f, 0, 0}, new float[] {1e30f, 0, 0});
    assertEquals(0.5e30, value(Loss.crossEntropy(), wrong), 0.5e30 * 0x1p-22);
  }

  @Test
  void meanSquaredErrorIsTheMeanOverAllNumbers() {
    Tensor predictions = Tensor.matrix(new float[] {0, 1, 3}, new float[] {-1, 0, 0});
    assertEquals((9 + 4) / 6.0, value(Loss.meanSquaredError(), predictions), TOLERANCE);
  }

  @Test
  void gradientsAreThoseOfTheBooks() {
    Parameter logits = new Parameter("logits", Tensor.zeros(2, 3));
    Loss.crossEntropy().of(logits, Variable.constant(ONE_HOT)).backward();
    // (softmax - target) / rows.
    assertEquals((1 / 3.0 - 1) / 2, logits.gradient().get(0, 1), TOLERANCE);
    assertEquals(1 / 3.0 / 2, logits.gradient().get(1, 2), TOLERANCE);
    Loss.meanSquaredError().of(logits, Variable.constant(ONE_HOT)).backward();
    // 2 (prediction - target) / numbers.
    assertEquals(-2 / 6.0, logits.gradient().get(0, 1), TOLERANCE);
    assertEquals(0f, logits.gradient().get(1, 2));
  }

  @Test
  void refusesTargetsOfAnotherShape() {
    Tensor wide = Tensor.zeros(2, 4);
    assertThrows(ShapeMismatchException.class, () -> value(Loss.crossEntropy(), wide));
    assertThrows(ShapeMismatchException.class, () -> value(Loss.meanSquaredError(), wide));
  }

  private static double value(Loss loss, Tensor predictions) {
    return loss.of(Variable.constant(predictions), Variable.constant(ONE_HOT)).value().item();
  }

  private static double logSumExp(float... x) {
    double sum = 0;
    for (float v : x) {
      sum += Math.exp(v);
    }
    return Math.log(sum);
  }
}
