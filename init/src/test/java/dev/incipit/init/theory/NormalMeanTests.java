package dev.incipit.init.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold both ways of taking a normal mean against closed forms, and against each other. */
final class NormalMeanTests {

  /** n products of positive numbers: n roundings of 1e-16, and as many in nodes and weights. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 63, 64, 255, 256})
  void gaussHermiteIsExactForPolynomials(int n) {
    GaussHermite rule = GaussHermite.of(n);
    double moment = 1;
    for (int degree = 0; degree < Math.min(2 * n, 20); degree += 2) {
      int power = degree;
      assertEquals(moment, rule.mean(z -> StrictMath.pow(z, power)), moment * 1e-15 * (n + 10));
      assertEquals(0, rule.mean(z -> StrictMath.pow(z, power + 1)), 1e-300);
      moment *= degree + 1;
    }
  }

  /** The zeros of z^3 - 3z, with weights 1/6, 2/3, 1/6. */
  @Test
  void gaussHermiteOfThreeNodesIsTheOneInTextbooks() {
    GaussHermite rule = GaussHermite.of(3);
    double[] nodes = {-Math.sqrt(3), 0, Math.sqrt(3)};
    double[] weights = {1.0 / 6, 2.0 / 3, 1.0 / 6};
    for (int i = 0; i < 3; i++) {
      assertEquals(nodes[i], rule.nodes()[i], 1e-15);
      assertEquals(weights[i], rule.weights()[i], 1e-15);
    }
  }

  @Test
  void gaussHermiteRefusesOtherSizes() {
    for (int n : new int[] {-1, 0, 257}) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> GaussHermite.of(n));
      assertEquals(
          "gauss-hermite: the number of nodes must lie between 1 and 256, but got "
              + n
              + "; for functions that need more use NormalMean",
          e.getMessage());
    }
  }

  /** E[e^(a z)] = e^(a^2 / 2): no cancellation, so rounding of some dozen panels remains. */
  @Property(tries = 200, seed = "1969")
  void agreesWithTheMomentGeneratingFunction(@ForAll @DoubleRange(min = -8, max = 8) double a) {
    double exact = StrictMath.exp(0.5 * a * a);
    assertEquals(exact, NormalMean.of(z -> StrictMath.exp(a * z), List.of()), 1e-13 * exact);
  }

  /**
   * E[cos(a z)] = e^(-a^2 / 2), small by cancellation: the error is one of |f|, whose mean is 1.
   */
  @Property(tries = 200, seed = "1969")
  void agreesWithTheCharacteristicFunction(@ForAll @DoubleRange(min = 0, max = 40) double a) {
    assertEquals(
        StrictMath.exp(-0.5 * a * a), NormalMean.of(z -> StrictMath.cos(a * z), List.of()), 1e-12);
  }

  /**
   * P(z > t) = erfc(t / sqrt 2) / 2, a jump. One that nobody named may hide before the first node,
   * 0.0027 from the end of a piece, under a density of 0.4.
   */
  @Property(tries = 200, seed = "1969")
  void findsJumpsNamedOrNot(@ForAll @DoubleRange(min = -4, max = 4) double t) {
    double exact = Functions.normalCdf(-t);
    assertEquals(exact, NormalMean.of(z -> z > t ? 1 : 0, List.of(t)), 1e-14);
    assertEquals(exact, NormalMean.of(z -> z > t ? 1 : 0, List.of()), 1.1e-3);
  }

  /** Where both apply, with 200 nodes; the poles of tanh leave the rule an error below 1e-17. */
  @Test
  void bothMethodsAgree() {
    GaussHermite rule = GaussHermite.of(200);
    for (String name : List.of("sigmoid", "tanh", "gelu", "silu", "mish", "softplus")) {
      StandardFunction f = StandardFunction.parse(name);
      double mean = Means.square(f, 1);
      assertEquals(rule.mean(z -> f.value(z) * f.value(z)), mean, 1e-13 * mean, name);
      assertEquals(rule.mean(f::value), NormalMean.of(f::value, List.of()), 1e-13, name);
    }
  }

  /** E[tanh(s z)^2] = 1 - sqrt(2 / pi) / s + O(1 / s^3): no node of a fixed rule would see it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e3, 1e6, 1e9})
  void seesStepsHoweverSteep(double s) {
    StandardFunction tanh = StandardFunction.parse("tanh");
    double rest = Math.sqrt(2 / Math.PI) / s;
    assertEquals(1 - rest, Means.square(tanh, s * s), 1 / (s * s * s) + 1e-13);
    // E[sech(s z)^4] = (4/3) / (s sqrt(2 pi)) to the same order.
    double slope = 4.0 / 3 / (s * Math.sqrt(2 * Math.PI));
    assertEquals(slope, Means.slopeSquare(tanh, s * s), slope * (1 / (s * s) + 1e-12));
  }

  @Test
  void tellsMomentsThatDoNotExist() {
    assertEquals(Double.POSITIVE_INFINITY, NormalMean.of(z -> StrictMath.exp(z * z), List.of()));
    assertTrue(Double.isNaN(NormalMean.of(z -> Double.NaN, List.of())));
    assertEquals(0, NormalMean.of(z -> 0, List.of()));
  }

  @Test
  void roughFunctionsEnd() {
    double mean = NormalMean.of(z -> (Double.doubleToLongBits(z) >> 3) & 1, List.of());
    assertTrue(mean > 0 && mean < 1);
  }
}
