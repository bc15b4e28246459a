package dev.incipit.init.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the order-chaos boundary and the noise of a draw against known points and simulation. */
final class CriticalityTests {

  /**
   * By mpmath 1.3 with 30 digits. The row of silu is the half-stable critical point of Roberts,
   * Yaida and Hanin 2022, who give 1.98800468 and 0.55514317. A bias variance is a difference of
   * numbers near q, each good to 1e-13.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh,    0.5,         1.6879751205775352, 0.038041201111268473",
    "gelu,    1,           2.1936999035323952, 0.067191674705633734",
    "silu,    14.32017362, 1.9880046782626904, 0.55514317076862531",
    "gelu,    3,           1.9960624844319929, 0.15437952960937492",
    "mish,    1,           2.0873176819728593, 0.055818143551451196",
    "elu,     0.3,         1.3350915879225327, 0.0054284706187889443",
    "sigmoid, 100,         151.36274520330489, 30.261062191975061",
  })
  void boundaryIsThatOfMpmath(String name, double q, double weight, double bias) {
    Criticality.Point point = Criticality.at(StandardFunction.parse(name), q).orElseThrow();
    assertEquals(weight, point.sigmaW() * point.sigmaW(), 2e-13 * weight);
    assertEquals(bias, point.sigmaB() * point.sigmaB(), 5e-13 * q);
  }

  /** f(0) = 0 and a smooth f: the boundary begins at 1 / f'(0); rectifiers have one point. */
  @ParameterizedTest
  @CsvSource({
    "tanh,       0, 1",
    "softsign,   0, 1",
    "elu,        0, 1",
    "silu,       0, 2",
    "gelu,       0, 2",
    "mish,       0, 1.6666666666666667",
    "relu,       1, 1.4142135623730951",
    "identity,   1, 1",
    "leaky-relu, 1, 1.4141428569978354",
  })
  void withoutBiasesCriticalPointsAreTheKnownOnes(String name, double q, double sigmaW) {
    List<Criticality.Point> points = Criticality.withBias(StandardFunction.parse(name), 0);
    assertEquals(1, points.size(), points::toString);
    assertEquals(q, points.getFirst().variance());
    assertEquals(sigmaW, points.getFirst().sigmaW(), 1e-13);
    assertEquals(0, points.getFirst().sigmaB());
  }

  /**
   * Where variance is critical too: gelu at {@code q = (3 + sqrt(17)) / 2}, and the squares that
   * Roberts, Yaida and Hanin 2022 print to eight decimals (by scipy's brentq on a trapezoidal rule
   * to ten).
   */
  @ParameterizedTest
  @CsvSource({
    "gelu, 3.5615528128088303, 1.9830582574623, 0.1729223907560",
    "silu, 14.320173618026, 1.9880046782943, 0.5551431707215",
  })
  void variancesAreCriticalAtThePublishedPoints(String name, double q, double w2, double b2) {
    List<Criticality.Point> points = Criticality.ofVariance(StandardFunction.parse(name));
    assertEquals(2, points.size(), points::toString);
    assertEquals(new Criticality.Point(0, 2, 0), points.getFirst());
    Criticality.Point point = points.getLast();
    assertEquals(q, point.variance(), 1e-9 * q);
    assertEquals(w2, point.sigmaW() * point.sigmaW(), 1e-10);
    assertEquals(b2, point.sigmaB() * point.sigmaB(), 1e-10);
    MeanField field = new MeanField(StandardFunction.parse(name), point.sigmaW(), point.sigmaB());
    assertEquals(1, field.chi(point.variance()), 1e-12);
    assertEquals(1, field.varianceSlope(point.variance()), 1e-12);
  }

  @Test
  void variancesAreCriticalOnceOrNeverOrEverywhere() {
    assertEquals(
        List.of(new Criticality.Point(0, 1, 0)),
        Criticality.ofVariance(StandardFunction.parse("tanh")));
    assertEquals(1, Criticality.ofVariance(StandardFunction.parse("relu")).getFirst().variance());
    assertEquals(List.of(), Criticality.ofVariance(StandardFunction.parse("softplus")));
    assertEquals(List.of(), Criticality.ofVariance(StandardFunction.parse("sigmoid")));
  }

  /**
   * Tanh with biases of variance 0.05, where Schoenholz et al. 2017 print the critical weight
   * variance 1.76; by scipy's brentq on a trapezoidal rule to ten digits.
   */
  @ParameterizedTest
  @CsvSource({
    "0.01, 0.2733009134582, 1.4242052905064",
    "0.05, 0.5700478816408, 1.7609546396287",
    "0.1,  0.8057991819135, 1.9860726411607",
  })
  void tanhIsCriticalWhereThePaperSays(double bias2, double q, double weight2) {
    List<Criticality.Point> points =
        Criticality.withBias(StandardFunction.parse("tanh"), Math.sqrt(bias2));
    assertEquals(1, points.size(), points::toString);
    assertEquals(q, points.getFirst().variance(), 1e-10);
    assertEquals(weight2, points.getFirst().sigmaW() * points.getFirst().sigmaW(), 1e-10);
  }

  /** What the boundary says, mean-field theory confirms: q is a fixed point, and chi is 1. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "softsign", "elu", "selu", "gelu", "silu", "mish", "sigmoid"})
  void onTheBoundaryChiIsOne(String name) {
    StandardFunction f = StandardFunction.parse(name);
    List<Criticality.Point> points = Criticality.withBias(f, 0.3);
    assertEquals(1, points.size(), points::toString);
    Criticality.Point point = points.getFirst();
    MeanField field = new MeanField(f, point.sigmaW(), point.sigmaB());
    assertEquals(1, field.chi(point.variance()), 1e-12);
    assertEquals(point.variance(), field.variance(point.variance()), 1e-12 * point.variance());
  }

  @Test
  void rectifiersWithBiasesAndSoftplusAreNowhereCritical() {
    assertEquals(List.of(), Criticality.withBias(StandardFunction.parse("relu"), 0.1));
    assertEquals(List.of(), Criticality.withBias(StandardFunction.parse("softplus"), 0));
    assertTrue(Criticality.at(StandardFunction.parse("softplus"), 2).isEmpty());
    assertTrue(Criticality.at(Nonlinearity.of("one", x -> 1, x -> 0), 2).isEmpty());
  }

  @Test
  void tanhsBoundaryRisesFromOneAndZero() {
    List<Criticality.Point> curve =
        Criticality.boundary(StandardFunction.parse("tanh"), 1e-3, 10, 40);
    assertEquals(40, curve.size());
    assertEquals(1, curve.getFirst().sigmaW(), 1e-2);
    for (int i = 1; i < curve.size(); i++) {
      assertTrue(curve.get(i).sigmaW() > curve.get(i - 1).sigmaW());
      assertTrue(curve.get(i).sigmaB() > curve.get(i - 1).sigmaB());
    }
    assertEquals(10, curve.getLast().variance());
  }

  @Test
  void refusesRangesAndBiases() {
    StandardFunction tanh = StandardFunction.parse("tanh");
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Criticality.boundary(tanh, 2, 1, 10));
    assertEquals(
        "boundary: variances must be positive and ascending, at least 2 of them, but got 2.0 to"
            + " 1.0 in 10; 0.001 to 10 in 50 shows most of it",
        e.getMessage());
    Exception b =
        assertThrows(IllegalArgumentException.class, () -> Criticality.withBias(tanh, Double.NaN));
    assertEquals(
        "criticality: sigmaB must lie between 0 and 1e18, but got NaN; pass the standard deviation"
            + " of the biases",
        b.getMessage());
  }

  /** E[relu^4] / E[relu^2]^2 - 1 = (3/2) / (1/4) - 1 = 5, and 3 - 1 = 2 for the identity. */
  @Test
  void noiseOfALayerIsFiveForReluAndTwoForLinear() {
    List<Integer> widths = Collections.nCopies(30, 100);
    DrawNoise relu = DrawNoise.of(StandardFunction.parse("relu"), widths);
    assertEquals(5, relu.perLayer(), 1e-12);
    assertEquals(0.3, relu.sumOfReciprocals(), 1e-14);
    assertEquals(1.5, DrawNoise.ofRelu(widths).logVariance(), 1e-13);
    assertEquals(Math.sqrt(1.5), DrawNoise.ofRelu(widths).logDeviation(), 1e-13);
    assertEquals(2, DrawNoise.of(StandardFunction.parse("identity"), widths).perLayer(), 1e-12);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> DrawNoise.ofRelu(List.of(3, 0)));
    assertEquals(
        "draw noise: widths must be at least 1 and the noise of a layer finite and at least 0, but"
            + " got [3, 0] and 5.0; correct the widths, or choose a function with finite moments",
        e.getMessage());
  }

  /**
   * Whatever its direction, a signal's |h|^2 is multiplied by {@code (2/n) sum of max(z, 0)^2} in a
   * relu layer of He's: so a draw of a network is one of 20 x 200 normal numbers.
   *
   * <p>The variance of 2,000 draws of a nearly normal number has a relative deviation of {@code
   * sqrt(2 / 2000) = 3.2 %}; the next order of 1/width adds some 3 % at width 200. The limit, 20 %,
   * is more than 5 deviations from that: a false alarm in 10^6 seeds, and this seed is fixed.
   */
  @Test
  void simulatedNetworksAreAsNoisyAsPredicted() {
    Random random = new Random(2018);
    DrawNoise noise = DrawNoise.ofRelu(Collections.nCopies(20, 200));
    int draws = 2000;
    double sum = 0;
    double squares = 0;
    for (int draw = 0; draw < draws; draw++) {
      double log = 0;
      for (int width : noise.widths()) {
        double square = 0;
        for (int unit = 0; unit < width; unit++) {
          double z = Math.max(random.nextGaussian(), 0);
          square += z * z;
        }
        log += StrictMath.log(2 * square / width);
      }
      sum += log;
      squares += log * log;
    }
    double variance = (squares - sum * sum / draws) / (draws - 1);
    assertEquals(noise.logVariance(), variance, 0.2 * noise.logVariance());
  }
}
