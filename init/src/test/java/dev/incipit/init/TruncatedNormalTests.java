package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the cut, the moments that it leaves, and the variance that it must not change. */
final class TruncatedNormalTests {

  private static final Shape SHAPE = Shape.of(600, 500);

  /** Independently computed with 50 digits; off by less than the two units the root may lose. */
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.0576965424154671697",
    "0.5, 0.28388229004432752467",
    "1, 0.53956009375489697273",
    "2, 0.87962566103423978",
    "3, 0.98657839255810862127",
    "8, 0.99999999999995958183",
  })
  void dividesByTheDeviationThatTheCutLeaves(double cut, double factor) {
    assertEquals(factor, Truncation.std(cut), 4 * Math.ulp(factor));
  }

  /** Simpson's rule over the density: its own error is below 1e-12. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 2, 3.3, 8})
  void momentsAreTheIntegrals(double cut) {
    for (int order = 0; order <= 8; order += 2) {
      double exact = integral(order, cut) / integral(0, cut);
      assertEquals(exact, Truncation.moment(order, cut), 1e-11 * exact, "order " + order);
    }
  }

  private static double integral(int order, double cut) {
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double z = cut * i / steps;
      double weight = i == 0 || i == steps ? 1 : 2 + 2 * (i % 2);
      sum += weight * StrictMath.pow(z, order) * StrictMath.exp(-z * z / 2);
    }
    return sum * cut / (3 * steps);
  }

  @Test
  void theoryAgreesWithAnotherLibrary() {
    Theory theory = new TruncatedNormal(0.3, 1.5).theory(SHAPE);
    Theory.TruncatedGaussian cut = (Theory.TruncatedGaussian) theory;
    TruncatedNormalDistribution other =
        TruncatedNormalDistribution.of(0, cut.stdBefore(), cut.low(), cut.high());
    assertEquals(0.09, other.getVariance(), 1e-12);
    assertEquals(1.5 * cut.stdBefore(), theory.high());
    assertEquals(-theory.high(), theory.low());
  }

  /** Limits: the normal distribution's 0, and from below the uniform one's -1.2. */
  @Test
  void kurtosisLiesBetweenUniformAndNormal() {
    double last = -1.2;
    for (double cut = 0.1; cut <= 8; cut += 0.1) {
      double kurtosis = new TruncatedNormal(1, cut).theory(SHAPE).excessKurtosis().orElseThrow();
      assertTrue(kurtosis > last && kurtosis < 1e-12, "at " + cut + ": " + kurtosis);
      last = Math.min(kurtosis, -1e-9);
    }
  }

  /**
   * The largest of 300,000 magnitudes comes as near the end as it should: the density at the end,
   * cut at two, is 0.113 a deviation, so a gap of 7e-4 deviations is left empty with e^-23.7,
   * 5e-11.
   */
  @Test
  void reachesTheCutAndNotBeyond() {
    TruncatedNormal initializer = TruncatedNormal.of(0.02);
    double end = initializer.theory(SHAPE).high();
    assertEquals(0.04547388937354225, end, 1e-17);
    float largest = 0;
    for (float weight : initializer.initialize(SHAPE, RandomKey.of(3)).toArray()) {
      largest = Math.max(largest, Math.abs(weight));
    }
    assertTrue(largest <= (float) end, largest + " beyond " + end);
    assertTrue(largest > end * (1 - 7e-4 / 2), largest + " far from " + end);
  }

  @Test
  void varianceScalingKeepsItsVarianceUnderTheCut() {
    Initializer scaling = Initializer.parse("variance-scaling(2, fan-in, truncated-normal)");
    Theory theory = scaling.theory(Shape.of(64, 256));
    assertEquals(0.03125, theory.variance());
    assertEquals(2 * Math.sqrt(0.03125) / 0.8796256610342398, theory.high(), 1e-15);
    TruncatedNormal same = TruncatedNormal.of(Math.sqrt(0.03125));
    Shape shape = Shape.of(64, 256);
    assertTrue(
        scaling
            .initialize(shape, RandomKey.of(5))
            .bitEquals(same.initialize(shape, RandomKey.of(5))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -2, 0.09, 8.1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesOtherCuts(double cut) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new TruncatedNormal(1, cut));
    assertEquals(
        "truncated-normal: cut must lie between 0.1 and 8 deviations, but got "
            + cut
            + "; 2 is customary, for a narrower one use uniform(low, high)",
        e.getMessage());
  }
}
