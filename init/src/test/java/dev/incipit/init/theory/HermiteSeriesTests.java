package dev.incipit.init.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold the series of means over correlated numbers against nested means and closed forms. */
final class HermiteSeriesTests {

  private static HermiteSeries of(StandardFunction f, double q) {
    return HermiteSeries.of(f::value, f.kinks(), q, Means.square(f, q));
  }

  /** Nested means are good to 1e-12 of the mean of {@code |g(x) g(y)|}, at most {@code E[g^2]}. */
  @ParameterizedTest
  @CsvSource({
    "tanh, 0.5, 0.7",
    "tanh, 400, 0.3",
    "tanh, 400, -0.8",
    "relu, 2, 0.6",
    "gelu, 1, -0.95",
    "sigmoid, 100, 0.9",
    "softsign, 6, 0.5",
    "selu, 1e-6, 0.2",
  })
  void agreesWithNestedMeans(String name, double q, double c) {
    StandardFunction f = StandardFunction.parse(name);
    double nested = Means.product(f::value, f.kinks(), q, c);
    assertEquals(nested, of(f, q).at(c).orElseThrow(), 2e-12 * Means.square(f, q));
  }

  /** E[sin x sin y] = e^-q sinh(q c). */
  @Test
  void sumsTheSineInClosedForm() {
    for (double q : new double[] {0.1, 1, 9}) {
      double total = 0.5 * -StrictMath.expm1(-2 * q);
      HermiteSeries sine = HermiteSeries.of(StrictMath::sin, List.of(), q, total);
      for (double c : new double[] {-0.99, -0.5, 0, 0.1, 0.9, 0.999}) {
        double exact = StrictMath.exp(-q) * StrictMath.sinh(q * c);
        assertEquals(exact, sine.at(c).orElseThrow(), 1e-12);
      }
    }
  }

  @Test
  void givesNothingWhereItConvergesTooSlowly() {
    HermiteSeries relu = of(StandardFunction.parse("relu"), 1);
    assertTrue(relu.at(0.999).isEmpty());
    assertTrue(relu.at(-1).isEmpty());
    assertTrue(relu.at(0.9).isPresent());
  }

  /**
   * A jump that nobody named: its nodes miss the mean square, so its coefficients are not taken.
   */
  @Test
  void givesNothingForAFunctionThatItsNodesDoNotResolve() {
    DoubleUnaryOperator step = x -> x > 0.3 ? 1 : 0;
    double total = NormalMean.of(step, List.of(0.3));
    assertTrue(HermiteSeries.of(step, List.of(), 1, total).at(0.5).isEmpty());
    assertTrue(HermiteSeries.of(step, List.of(), 1, total).at(0).isEmpty());
    assertTrue(HermiteSeries.of(step, List.of(0.3), 1, total).at(0.5).isPresent());
  }
}
