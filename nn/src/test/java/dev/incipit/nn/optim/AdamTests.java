package dev.incipit.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold Adam against its formula in double. */
final class AdamTests {

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.9, 0.999, 1e-8, 0",
    "0.1, 0.9, 0.999, 1e-8, 0.01",
    "0.1, 0, 0, 1e-3, 0",
    "0.05, 0.5, 0.9, 0.1, 0.3",
    "0, 0.9, 0.999, 1e-8, 0.1"
  })
  void followsTheFormula(double rate, double beta1, double beta2, double epsilon, double decay) {
    Course course = new Course();
    double[] w = course.weights();
    double[] m = new double[w.length];
    double[] v = new double[w.length];
    for (int t = 0; t < Course.STEPS; t++) {
      for (int i = 0; i < w.length; i++) {
        double g = Course.gradient(t, i) + decay * w[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        double mean = m[i] / (1 - Math.pow(beta1, t + 1));
        double square = v[i] / (1 - Math.pow(beta2, t + 1));
        w[i] -= rate * mean / (Math.sqrt(square) + epsilon);
      }
    }
    course.run(new Adam(rate, beta1, beta2, epsilon, decay));
    double[] actual = course.weights();
    for (int i = 0; i < w.length; i++) {
      // A step moves by the rate times a ratio below 6, whose parts carry some ten roundings. The
      // factor 1 - beta2 = 0.001 of float differs by 2^-25 / 0.001 relatively, half of it under the
      // root; and each weight rounds once a step, below 2.
      double ratio = 6 * (10 * 0x1p-24 + 0.5 * 0x1p-25 / 0.001);
      assertEquals(w[i], actual[i], Course.STEPS * (rate * ratio + 2 * 0x1p-24), "weight " + i);
    }
  }

  @Test
  void theFirstStepIsTheRateWhateverTheGradientsSize() {
    for (float size : new float[] {1e-3f, 1f, 1e9f}) {
      Parameter w = new Parameter("w", Tensor.vector(0f, 0f, 0f));
      w.gradient().copyFrom(Tensor.vector(size, -size, 0f));
      Adam.of(0.25).on(List.of(w)).step();
      // Epsilon over 1e-3 is 1e-5; the corrected moments carry the 2^-15 of 1 - beta2 in float.
      assertEquals(-0.25, w.value().get(0), 0.25 * 1e-4);
      assertEquals(0.25, w.value().get(1), 0.25 * 1e-4);
      assertEquals(0f, w.value().get(2));
    }
  }

  @Test
  void theShortFormTakesTheAuthorsSettings() {
    assertEquals(new Adam(0.001, 0.9, 0.999, 1e-8, 0), Adam.of(0.001));
  }

  @ParameterizedTest
  @CsvSource({
    "rate, NaN, 0.9, 0.999, 1e-8, 0, NaN",
    "rate, -1, 0.9, 0.999, 1e-8, 0, -1.0",
    "beta1, 0.1, NaN, 0.999, 1e-8, 0, NaN",
    "beta1, 0.1, 1, 0.999, 1e-8, 0, 1.0",
    "beta2, 0.1, 0.9, 1, 1e-8, 0, 1.0",
    "beta2, 0.1, 0.9, -0.1, 1e-8, 0, -0.1",
    "epsilon, 0.1, 0.9, 0.999, NaN, 0, NaN",
    "epsilon, 0.1, 0.9, 0.999, -1e-8, 0, -1.0E-8",
    "epsilon, 0.1, 0.9, 0.999, 0, 0, 0.0",
    "epsilon, 0.1, 0.9, 0.999, 1e-60, 0, 1.0E-60",
    "decay, 0.1, 0.9, 0.999, 1e-8, Infinity, Infinity"
  })
  void refusesBadSettings(
      String name,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      String value) {
    String range =
        switch (name) {
          case "beta1", "beta2" -> "[0.0, 1.0)";
          case "epsilon" -> "[1.1754943508222875E-38, 3.4028234663852886E38)";
          default -> "[0.0, 3.4028234663852886E38)";
        };
    assertEquals(
        "adam: %s must lie in %s, but got %s; correct the setting".formatted(name, range, value),
        assertThrows(
                IllegalArgumentException.class, () -> new Adam(rate, beta1, beta2, epsilon, decay))
            .getMessage());
  }

  @Test
  void refusesAShareThatIsOneInFloat() {
    // Above 1 - 2^-25 a double rounds to 1: nothing new would enter the mean, and nothing be
    // learnt.
    assertEquals(
        "adam: beta2 must be below 1 as a float, but got 0.99999999; the largest such number is"
            + " 0.99999994",
        assertThrows(IllegalArgumentException.class, () -> new Adam(0.1, 0.9, 0.99999999, 1e-8, 0))
            .getMessage());
    assertEquals(0.99999994, new Adam(0.1, 0.9, 0.99999994, 1e-8, 0).beta2());
  }
}
