package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold gains against numbers computed elsewhere, against closed forms, and against custom. */
final class GainTests {

  /**
   * By mpmath 1.3 with 30 digits, tanh-sinh quadrature between integers from -28 to 28. The limit,
   * 1e-13 of the value, is ten times the tolerance of the quadrature.
   */
  @ParameterizedTest
  @CsvSource({
    "identity,        1,                  1",
    "sigmoid,         1.8462285453386054, 0.15282701171559375",
    "tanh,            1.5925374197228314, 1.1778072323041796",
    "relu,            1.414213562373095,  1",
    "leaky-relu(0.1), 1.4071950894605837, 1",
    "elu,             1.2451983007007066, 1.0359047186043473",
    "selu,            1,                  1.0715749924557993",
    "gelu,            1.5335304411955352, 1.0720315984362919",
    "silu,            1.6765324703310912, 1.066634241241915",
    "mish,            1.4868475812732081, 1.0591180005951458",
    "softplus,        1.0418668355353017, 0.31845898368369314",
    "softsign,        2.3375333631085397, 1.2440103706075867",
  })
  void gainsAreThoseOfMpmath(String name, double gain, double chi) {
    StandardFunction f = StandardFunction.parse(name);
    assertEquals(gain, Gain.of(f), 1e-13 * gain);
    assertEquals(chi, Gain.chi(f), 1e-13 * chi);
  }

  /** E[max(z - t, 0)^2] = (1 + t^2) Phi(-t) - t phi(t), by parts: a kink anywhere. */
  @Property(tries = 200, seed = "2015")
  void kinksAnywhereAreExact(@ForAll @DoubleRange(min = -3, max = 1) double t) {
    Nonlinearity shifted =
        Nonlinearity.of("shifted", x -> Math.max(x - t, 0), x -> x > t ? 1 : 0, t);
    double density = StrictMath.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
    // gelu(x) = x Phi(x) gives Phi from the library's own erf, which has tests of its own.
    double below = t == 0 ? 0.5 : StandardFunction.parse("gelu").value(-t) / -t;
    double exact = (1 + t * t) * below - t * density;
    // The closed form cancels by less than a factor of 100.
    assertEquals(1 / Math.sqrt(exact), Gain.of(shifted), 1e-12 / Math.sqrt(exact));
    assertEquals(below / exact, Gain.chi(shifted), 1e-12 * below / exact);
  }

  /** Activations that the library does not know, each with its kinks. */
  static List<Nonlinearity> foreign() {
    DoubleUnaryOperator step = x -> x > 0 && x < 6 ? 1 : 0;
    return List.of(
        Nonlinearity.of("hard tanh", x -> Math.clamp(x, -1, 1), x -> x * x < 1 ? 1 : 0, -1, 1),
        Nonlinearity.of("relu6", x -> Math.clamp(x, 0, 6), step, 0, 6),
        Nonlinearity.of(
            "hard swish",
            x -> x * Math.clamp(x + 3, 0, 6) / 6,
            x -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6,
            -3,
            3),
        Nonlinearity.of("sine", StrictMath::sin, StrictMath::cos),
        Nonlinearity.of("arctan", StrictMath::atan, x -> 1 / (1 + x * x)),
        Nonlinearity.of(
            "tanhshrink",
            x -> x - StrictMath.tanh(x),
            x -> StrictMath.tanh(x) * StrictMath.tanh(x)),
        Nonlinearity.of(
            "squareplus",
            x -> 0.5 * (x + Math.sqrt(x * x + 4)),
            x -> 0.5 * (1 + x / Math.sqrt(x * x + 4))),
        Nonlinearity.of("bump", x -> StrictMath.exp(-x * x), x -> -2 * x * StrictMath.exp(-x * x)),
        Nonlinearity.of("steep tanh", x -> StrictMath.tanh(30 * x), x -> 30 / cosh2(30 * x)));
  }

  private static double cosh2(double x) {
    double cosh = StrictMath.cosh(Math.clamp(x, -300, 300));
    return cosh * cosh;
  }

  /**
   * An integration of another kind: Simpson's rule between the kinks with steps of at most 1e-4,
   * over 12 deviations to each side. Its error, {@code h^4 / 180} of the fourth derivative's
   * integral, is below 1e-9 for the steepest function; what lies outside is below 1e-30.
   */
  @ParameterizedTest
  @MethodSource("foreign")
  void gainsOfForeignFunctionsAreThoseOfSimpson(Nonlinearity f) {
    double signal = simpson(f::value, f.kinks());
    double slope = simpson(f::derivative, f.kinks());
    assertEquals(1 / Math.sqrt(signal), Gain.of(f), 1e-9 / Math.sqrt(signal));
    assertEquals(slope / signal, Gain.chi(f), 1e-8 * slope / signal);
  }

  private static double simpson(DoubleUnaryOperator g, List<Double> kinks) {
    double[] cuts =
        DoubleStream.concat(
                DoubleStream.of(-12, 12), kinks.stream().mapToDouble(Double::doubleValue))
            .sorted()
            .toArray();
    double sum = 0;
    for (int piece = 0; piece + 1 < cuts.length; piece++) {
      int pairs = (int) Math.ceil((cuts[piece + 1] - cuts[piece]) / 2e-4);
      double step = (cuts[piece + 1] - cuts[piece]) / (2 * pairs);
      for (int i = 0; i <= 2 * pairs; i++) {
        // At the ends a function that jumps is meant from within.
        double inside = i == 0 ? 1e-12 : i == 2 * pairs ? -1e-12 : 0;
        double z = cuts[piece] + i * step + inside;
        double value = g.applyAsDouble(z);
        int weight = i == 0 || i == 2 * pairs ? 1 : i % 2 == 0 ? 2 : 4;
        sum += weight * step / 3 * value * value * StrictMath.exp(-0.5 * z * z);
      }
    }
    return sum / Math.sqrt(2 * Math.PI);
  }

  @Property(tries = 200, seed = "2015")
  void leakyRectifiersHaveTheirCustomaryGainAndChiOne(
      @ForAll @DoubleRange(min = -2, max = 2) double slope) {
    StandardFunction f = StandardFunction.leakyRelu(slope);
    assertEquals(Gain.customary(f).orElseThrow().value(), Gain.of(f), 1e-13);
    assertEquals(1, Gain.chi(f), 1e-13);
  }

  @Property(tries = 100, seed = "2015")
  void gainIsInverseToAFactor(@ForAll @DoubleRange(min = 0.01, max = 1000) double factor) {
    StandardFunction silu = StandardFunction.parse("silu");
    Nonlinearity scaled =
        Nonlinearity.of("scaled", x -> factor * silu.value(x), x -> factor * silu.derivative(x));
    double gain = Gain.of(silu) / factor;
    assertEquals(gain, Gain.of(scaled), 1e-13 * gain);
    assertEquals(Gain.chi(silu), Gain.chi(scaled), 1e-13);
  }

  @ParameterizedTest
  @CsvSource({
    "identity,        1",
    "sigmoid,         1",
    "tanh,            1.6666666666666667",
    "relu,            1.4142135623730951",
    "leaky-relu,      1.4141428569978354",
    "leaky-relu(0.1), 1.4071950894605838",
    "selu,            0.75",
  })
  void customaryGainsAreThoseOfTheTable(String name, double gain) {
    Gain.Customary customary = Gain.customary(StandardFunction.parse(name)).orElseThrow();
    assertEquals(gain, customary.value(), Math.ulp(gain));
    assertFalse(customary.reason().isBlank());
  }

  @Test
  void othersHaveNoCustomaryGain() {
    assertTrue(Gain.customary(StandardFunction.parse("gelu")).isEmpty());
    assertTrue(Gain.customary(Nonlinearity.of("tanh", StrictMath::tanh, x -> 1)).isEmpty());
  }

  @Test
  void refusesMomentsThatAreZeroOrNotFinite() {
    assertRefuses("f(z)", "0.0", Nonlinearity.of("zero", x -> 0, x -> 0));
    assertRefuses("f(z)", "NaN", Nonlinearity.of("log", StrictMath::log, x -> 1 / x, 0.0));
    assertRefuses("f(z)", "Infinity", Nonlinearity.of("steep", x -> StrictMath.exp(x * x), x -> 1));
  }

  private static void assertRefuses(String what, String got, Nonlinearity f) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Gain.of(f));
    assertEquals(
        "gain: the mean square of %s, z ~ N(0, 1), must be positive and finite, but got %s for %s"
                .formatted(what, got, f)
            + "; choose a function that is not zero and grows more slowly than e^(x^2/4)",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tanh            | xavier-normal
          sigmoid         | xavier-normal
          relu            | he-normal
          leaky-relu      | he-normal(slope=0.01)
          leaky-relu(0.2) | he-normal(slope=0.2)
          selu            | lecun-normal
          identity        | lecun-normal
          elu             | variance-scaling(scale=1.550519, mode=fan-in, distribution=normal)
          gelu            | variance-scaling(scale=2.351716, mode=fan-in, distribution=normal)
          silu            | variance-scaling(scale=2.810761, mode=fan-in, distribution=normal)
          mish            | variance-scaling(scale=2.210716, mode=fan-in, distribution=normal)
          softplus        | variance-scaling(scale=1.085487, mode=fan-in, distribution=normal)
          softsign        | variance-scaling(scale=5.464062, mode=fan-in, distribution=normal)
          """)
  void recommendsByTheArticle(String activation, String initializer) {
    Initializer recommended = Initializer.recommendedFor(StandardFunction.parse(activation));
    assertEquals(initializer, recommended.toString());
  }

  @Test
  void recommendsForFunctionsFromOutside() {
    Nonlinearity own = Nonlinearity.of("own", x -> Math.max(x, 0), x -> x > 0 ? 1 : 0, 0.0);
    assertEquals(He.normal(), Initializer.recommendedFor(own));
    Nonlinearity sine = Nonlinearity.of("sine", StrictMath::sin, StrictMath::cos);
    // E[sin(z)^2] = (1 - e^-2) / 2, rounded to seven digits.
    double scale = 2 / (1 - StrictMath.exp(-2));
    assertEquals(scale, ((VarianceScaling) Initializer.recommendedFor(sine)).scale(), scale * 5e-7);
  }
}
