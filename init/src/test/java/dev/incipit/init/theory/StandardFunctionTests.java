package dev.incipit.init.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.init.theory.StandardFunction.Kind;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold the functions of the literature against values computed elsewhere, and their slopes. */
final class StandardFunctionTests {

  static Stream<StandardFunction> functions() {
    return Stream.concat(
        Stream.of(Kind.values()).map(StandardFunction::of),
        Stream.of(StandardFunction.leakyRelu(0.3), StandardFunction.elu(0.5)));
  }

  /**
   * Values at -0.75, 1.5 and -6 by mpmath 1.3 with 30 digits, from the textbook formulas. A few
   * roundings each: 4 units in the last place; 100 for gelu at -6, where the argument of erfc is
   * rounded and {@code e^(-x^2/2)} magnifies that {@code x^2 = 36} times.
   */
  @ParameterizedTest
  @CsvSource({
    "sigmoid,         0.320821300824607027,  0.81757447619364366, 0.00247262315663477433",
    "tanh,            -0.635148952387287319, 0.905148253644866438, -0.999987711650795571",
    "relu,            0,                     1.5,                 0",
    "leaky-relu(0.1), -0.075,                1.5,                 -0.6",
    "elu,             -0.527633447258985293, 1.5,                 -0.997521247823333642",
    "selu,            -0.927632015835051226, 1.57605148103322074, -1.75374144827945573",
    "gelu,            -0.169970514282651149, 1.3997891980967129,  -5.91952587022618884e-9",
    "silu,            -0.24061597561845527,  1.22636171429046549, -0.014835738939808646",
    "mish,            -0.27649471450546518,  1.40337826639580258, -0.0148540804794249937",
    "softplus,        0.386871006114899944,  1.70141327798275241, 0.00247568513773044953",
    "softsign,        -0.428571428571428571, 0.6,                 -0.857142857142857143",
  })
  void valuesAreThoseOfMpmath(String name, double left, double right, double far) {
    StandardFunction f = StandardFunction.parse(name);
    assertEquals(left, f.value(-0.75), 4 * Math.ulp(left));
    assertEquals(right, f.value(1.5), 4 * Math.ulp(right));
    int units = name.equals("gelu") ? 100 : 4;
    assertEquals(far, f.value(-6), units * Math.ulp(far));
  }

  /** By mpmath 1.3 with 30 digits; 2e-15 of the value is what the class promises. */
  @ParameterizedTest
  @CsvSource({
    "0.1,  0.1124629160182848922,  0.8875370839817151078",
    "0.49, 0.51166826118852309921, 0.48833173881147690079",
    "0.5,  0.52049987781304653768, 0.47950012218695346232",
    "1,    0.84270079294971486934, 0.15729920705028513066",
    "2,    0.99532226501895273416, 0.0046777349810472658379",
    "3.5,  0.99999925690162765859, 7.4309837234141274552e-7",
    "6,    0.99999999999999997848, 2.1519736712498913117e-17",
    "6.28, 1,                      6.610653977656802599613656e-19",
    "6.5,  0.99999999999999999996, 3.8421483271206474699e-20",
    "10,   1,                      2.088487583762544757e-45",
    "20,   1,                      5.3958656116079009289e-176",
    "26,   1,                      5.6631924088561428465e-296",
  })
  void errorFunctionIsThatOfMpmath(double x, double erf, double erfc) {
    assertEquals(erf, Erf.erf(x), 2e-15 * erf);
    assertEquals(-erf, Erf.erf(-x), 2e-15 * erf);
    assertEquals(erfc, Erf.erfc(x), 2e-15 * erfc);
    assertEquals(1 + erf, Erf.erfc(-x), 4e-15);
  }

  @Property(tries = 2000, seed = "1968")
  void errorFunctionRises(@ForAll @DoubleRange(min = -6, max = 6) double x) {
    assertTrue(Erf.erf(x + 1e-3) >= Erf.erf(x));
    assertEquals(1, Erf.erf(x) + Erf.erfc(x), 4e-15);
  }

  /**
   * A central difference over h = 1e-5 is off by {@code h^2 |f'''| / 6}, f''' below 4, and by the
   * rounding of f (below 10) over h: together below 4e-10.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void derivativesAreSlopes(StandardFunction f) {
    double h = 1e-5;
    for (double x = -9.87; x < 10; x += 0.1) {
      double slope = (f.value(x + h) - f.value(x - h)) / (2 * h);
      assertEquals(slope, f.derivative(x), 4e-10, f + " at " + x);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void staysFiniteFarOut(StandardFunction f) {
    for (double x : new double[] {-1e4, -800, -40, 40, 800, 1e4}) {
      assertTrue(Math.abs(f.value(x)) <= 1.1e4 && Math.abs(f.derivative(x)) <= 1.1, f + " at " + x);
    }
    assertTrue(Double.isNaN(f.value(Double.NaN)), f + " hides NaN");
  }

  @Property(tries = 1000, seed = "1968")
  void symmetriesHold(@ForAll @DoubleRange(min = -30, max = 30) double x) {
    for (Kind odd : List.of(Kind.IDENTITY, Kind.TANH, Kind.SOFTSIGN)) {
      assertEquals(-StandardFunction.of(odd).value(x), StandardFunction.of(odd).value(-x));
    }
    for (Kind swish : List.of(Kind.SILU, Kind.GELU, Kind.SOFTPLUS)) {
      // f(x) - f(-x) = x: a share p of x, and the other share 1 - p.
      StandardFunction f = StandardFunction.of(swish);
      assertEquals(x, f.value(x) - f.value(-x), 1e-15 * Math.abs(x) + 1e-15);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void printsAndParses(StandardFunction f) {
    assertEquals(f, StandardFunction.parse(f.toString()));
  }

  @Test
  void refusesUnknownNamesAndParameters() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> StandardFunction.parse("swosh"));
    assertEquals(
        "nonlinearity: the name must be known, but got \"swosh\"; choose from identity, sigmoid,"
            + " tanh, relu, leaky-relu, elu, selu, gelu, silu, mish, softplus, softsign,"
            + " leaky-relu(slope), elu(alpha)",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> StandardFunction.parse("elu(x)"));
    assertThrows(IllegalArgumentException.class, () -> StandardFunction.parse("elu(1"));
    Exception p =
        assertThrows(IllegalArgumentException.class, () -> StandardFunction.leakyRelu(Double.NaN));
    assertEquals(
        "nonlinearity: the parameter must lie between -1e18 and 1e18, and be 0 but for leaky-relu"
            + " and elu, but got NaN for leaky-relu; 0.01 is customary for leaky-relu, 1 for elu",
        p.getMessage());
    assertThrows(IllegalArgumentException.class, () -> StandardFunction.parse("tanh(2)"));
  }

  @Test
  void takesFunctionsFromOutside() {
    Nonlinearity cube = Nonlinearity.of("cube", x -> x * x * x, x -> 3 * x * x, 0.0);
    assertEquals("cube", cube.toString());
    assertEquals(27, cube.value(3));
    assertEquals(27, cube.derivative(3));
    assertEquals(List.of(0.0), cube.kinks());
    assertEquals(cube, cube.canonical());
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Nonlinearity.of("step", x -> x, x -> 1, Double.NaN));
    assertEquals(
        "nonlinearity: kinks must be finite, but got [NaN] for step; leave out what lies at"
            + " infinity",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Nonlinearity.of(" ", x -> x, x -> 1));
  }
}
