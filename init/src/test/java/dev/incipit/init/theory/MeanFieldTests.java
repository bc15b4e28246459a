package dev.incipit.init.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold variance and correlation maps against closed forms and numbers computed elsewhere. */
final class MeanFieldTests {

  private static final StandardFunction RELU = StandardFunction.parse("relu");
  private static final StandardFunction TANH = StandardFunction.parse("tanh");

  /**
   * By mpmath 1.3 with 30 digits: tanh-sinh quadrature, secant method. An error of the map, at most
   * 1e-13 of q, is magnified by {@code 1 / (1 - V') < 5}.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh,     1.5, 0.3, 0.96084427974043651, 1.06098126414092,    0.42463235190363296",
    "tanh,     0.9, 0.2, 0.11887887147829938, 0.6708797056362737,  0.55039685986541985",
    "tanh,     3,   0.1, 6.3177386642894835,  1.8581240550966783,  0.18984949386900176",
    "silu,     1.3, 0.5, 0.5478553536366219,  0.57481178429061304, 0.62950665676570879",
    "gelu,     1.3, 0.4, 0.42240184481340524, 0.66655647840875377, 0.73577942455749458",
    "sigmoid,  2,   0.5, 1.4766289676301128,  0.16215367750201962, 0.099775516321115267",
    "softsign, 2,   0.1, 0.55154105108980491, 1.1461096985005358,  0.52690697030097513",
    "elu,      1.1, 0.2, 0.33351920645732307, 0.89744244031215328, 0.78703370374355122",
    "selu,     1,   0,   1,                   1.0715749924557993,  0.78264788319681285",
  })
  void fixedPointsAreThoseOfMpmath(
      String name, double sigmaW, double sigmaB, double q, double chi1, double slope) {
    MeanField field = new MeanField(StandardFunction.parse(name), sigmaW, sigmaB);
    Equilibrium equilibrium = field.equilibrium().orElseThrow();
    assertEquals(q, equilibrium.variance(), 5e-13 * q);
    assertEquals(chi1, equilibrium.chi1(), 5e-13 * chi1);
    assertEquals(slope, field.varianceSlope(equilibrium.variance()), 5e-13);
    assertEquals(-1 / StrictMath.log(slope), equilibrium.varianceDepth(), 1e-10);
  }

  /** Relu: V(q) = sigmaW^2 q / 2 + sigmaB^2, so q* = sigmaB^2 / (1 - sigmaW^2 / 2). */
  @Property(tries = 50, seed = "2017")
  void reluHasItsClosedForm(
      @ForAll @DoubleRange(min = 0.1, max = 1.4) double sigmaW,
      @ForAll @DoubleRange(min = 0.01, max = 2) double sigmaB) {
    double chi = 0.5 * sigmaW * sigmaW;
    double q = sigmaB * sigmaB / (1 - chi);
    Equilibrium equilibrium = new MeanField(RELU, sigmaW, sigmaB).equilibrium().orElseThrow();
    assertEquals(q, equilibrium.variance(), q * 1e-13 / (1 - chi));
    assertEquals(chi, equilibrium.chi1(), 1e-13);
    assertEquals(-1 / StrictMath.log(chi), equilibrium.correlationDepth(), 1e-8);
  }

  @Test
  void reluAfterHeRepeatsEveryVariance() {
    MeanField he = new MeanField(RELU, Math.sqrt(2), 0);
    assertEquals(new FixedPoints.Everywhere(), he.fixedPoints());
    Equilibrium equilibrium = he.equilibrium().orElseThrow();
    assertEquals(1, equilibrium.variance());
    assertEquals(1, equilibrium.chi1(), 1e-14);
    assertEquals(Double.POSITIVE_INFINITY, equilibrium.correlationDepth());
    assertEquals(Double.POSITIVE_INFINITY, equilibrium.varianceDepth());
  }

  @Test
  void reluBeyondHeExplodes() {
    assertEquals(new FixedPoints.None(), new MeanField(RELU, 1.5, 0.1).fixedPoints());
    assertTrue(new MeanField(RELU, 1.5, 0.1).equilibrium().isEmpty());
    assertTrue(new MeanField(RELU, Math.sqrt(2), 0.1).equilibrium().isEmpty());
    // Without biases zero stays zero, but nothing near it does.
    FixedPoints.Some some = (FixedPoints.Some) new MeanField(RELU, 1.5, 0).fixedPoints();
    assertEquals(1, some.points().size());
    assertFalse(some.points().getFirst().stable());
    assertTrue(new MeanField(RELU, 1.5, 0).equilibrium().isEmpty());
  }

  /**
   * Tanh without biases: 0 alone up to sigmaW = 1; beyond, it is unstable and another is stable.
   */
  @Test
  void tanhBranchesAtOne() {
    for (double sigmaW : new double[] {0.5, 0.99, 1}) {
      FixedPoints.Some one = (FixedPoints.Some) new MeanField(TANH, sigmaW, 0).fixedPoints();
      assertEquals(1, one.points().size(), "sigmaW " + sigmaW);
      assertEquals(0, one.points().getFirst().variance());
      assertEquals(sigmaW * sigmaW, one.points().getFirst().slope(), 1e-15);
    }
    FixedPoints.Some two = (FixedPoints.Some) new MeanField(TANH, 1.01, 0).fixedPoints();
    assertEquals(2, two.points().size());
    assertFalse(two.points().getFirst().stable());
    assertTrue(two.points().getLast().stable());
    Equilibrium critical = new MeanField(TANH, 1, 0).equilibrium().orElseThrow();
    assertEquals(0, critical.variance());
    assertEquals(1, critical.chi1());
    assertEquals(Double.POSITIVE_INFINITY, critical.correlationDepth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "relu", "gelu", "elu", "sigmoid"})
  void variancesRiseWithTheirCause(String name) {
    StandardFunction f = StandardFunction.parse(name);
    double before = 0;
    for (double q = 0.01; q < 100; q *= 2) {
      double next = new MeanField(f, 1.2, 0.1).variance(q);
      assertTrue(next > before, name + " at " + q);
      assertTrue(new MeanField(f, 1.3, 0.1).variance(q) > next);
      assertTrue(new MeanField(f, 1.2, 0.2).variance(q) > next);
      before = next;
    }
  }

  /** V' is the slope of V: a central difference over 1e-4 of q is good to 1e-8, and rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "relu", "gelu", "elu", "sigmoid", "softsign"})
  void slopeOfTheMapIsItsSlope(String name) {
    MeanField field = new MeanField(StandardFunction.parse(name), 1.2, 0.1);
    for (double q : new double[] {1e-3, 0.5, 2, 30}) {
      double difference = field.variance(q * 1.0001) - field.variance(q * 0.9999);
      assertEquals(difference / (q * 0.0002), field.varianceSlope(q), 1e-8);
    }
  }

  /** Relu: C(c) = (sqrt(1 - c^2) + (pi - arccos c) c) / pi, and its slope 1 - arccos(c) / pi. */
  @Property(tries = 30, seed = "2009")
  void reluCorrelatesByTheArcCosineKernel(@ForAll @DoubleRange(min = -1, max = 1) double c) {
    Equilibrium he = new MeanField(RELU, Math.sqrt(2), 0).equilibrium().orElseThrow();
    double angle = StrictMath.acos(c);
    double exact = (Math.sqrt(1 - c * c) + (Math.PI - angle) * c) / Math.PI;
    // Ten times the tolerance of the nested mean; arccos itself loses digits near its ends.
    assertEquals(exact, he.correlation(c), 1e-11);
    assertEquals(1 - angle / Math.PI, he.correlationSlope(c), 1e-11);
  }

  /** By numpy 160 x 160 Gauss-Hermite nodes (hermegauss): smooth functions, good to 1e-12. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 1.5, 0.3, -0.6, -0.42493555829244783, 0.9049704092441816",
    "tanh, 1.5, 0.3, 0.5,  0.5228001525637285,   0.8852819386520878",
    "tanh, 1.5, 0.3, 0.9,  0.8968502887211794,   1.0048704265322324",
    "gelu, 1.3, 0.4, -0.6, 0.2472358641214484,   0.28097413235364616",
    "gelu, 1.3, 0.4, 0.5,  0.6990489320235629,   0.5397808072347795",
    "gelu, 1.3, 0.4, 0.9,  0.9346854182719665,   0.6398755919843816",
  })
  void correlationsAreThoseOfNumpy(
      String name, double sigmaW, double sigmaB, double c, double next, double slope) {
    Equilibrium equilibrium =
        new MeanField(StandardFunction.parse(name), sigmaW, sigmaB).equilibrium().orElseThrow();
    assertEquals(next, equilibrium.correlation(c), 1e-11);
    assertEquals(slope, equilibrium.correlationSlope(c), 1e-11);
  }

  /** A correlation of 1 stays 1, with slope chi_1; an odd function mirrors the rest. */
  @Test
  void correlationsKeepTheirLaws() {
    Equilibrium tanh = new MeanField(TANH, 1.2, 0).equilibrium().orElseThrow();
    assertEquals(1, tanh.correlation(1), 1e-12);
    assertEquals(-1, tanh.correlation(-1), 1e-12);
    assertEquals(tanh.chi1(), tanh.correlationSlope(1), 1e-12);
    assertEquals(-tanh.correlation(0.3), tanh.correlation(-0.3), 1e-11);
    assertEquals(0, tanh.correlationFixedPoint(), 1e-11);
    Exception e = assertThrows(IllegalArgumentException.class, () -> tanh.correlation(1.1));
    assertEquals(
        "correlation: it must lie between -1 and 1, but got 1.1; divide by the variance",
        e.getMessage());
  }

  /** By numpy as above, with scipy's brentq; the slope there, 0.951, magnifies errors 20 times. */
  @Test
  void chaosDrawsInputsApartToAFixedCorrelation() {
    Equilibrium chaotic = new MeanField(TANH, 1.5, 0.3).equilibrium().orElseThrow();
    assertEquals(0.7667532972533242, chaotic.correlationFixedPoint(), 1e-10);
    assertEquals(19.916297227271563, chaotic.correlationDepth(), 1e-7);
    assertEquals(
        1, new MeanField(TANH, 0.9, 0.2).equilibrium().orElseThrow().correlationFixedPoint());
  }

  @Test
  void refusesDeviationsAndVariancesOutOfRange() {
    for (double bad : new double[] {Double.NaN, -1, 0, Double.POSITIVE_INFINITY}) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> new MeanField(TANH, bad, 0.5));
      assertEquals(
          "mean field: sigmaW must be positive and sigmaB at least 0, both up to 1e18, but got "
              + bad
              + " and 0.5; pass standard deviations, sqrt(2) and 0 for He's initialization",
          e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new MeanField(TANH, 1, -0.1));
    MeanField field = new MeanField(TANH, 1, 0);
    for (double bad : List.of(Double.NaN, -1.0, Double.POSITIVE_INFINITY)) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> field.variance(bad));
      assertEquals(
          "mean field: a variance must be at least 0 and finite, but got "
              + bad
              + "; pass the mean square of what units sum up",
          e.getMessage());
    }
  }
}
