package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.function.DoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the one formula against numbers computed by hand from the papers. */
final class VarianceScalingTests {

  /** Weights [64, 256]: fan in 64, fan out 256, their mean 160, their geometric mean 128. */
  @ParameterizedTest
  @CsvSource({
    "'variance-scaling(3, fan-in, normal)',     0.046875",
    "'variance-scaling(3, fan-out, normal)',    0.01171875",
    "'variance-scaling(3, average, uniform)',   0.01875",
    "'variance-scaling(3, geometric, uniform)', 0.0234375",
    "he-normal,                0.03125",
    "he-uniform(mode=fan-out), 0.0078125",
    "he-normal(slope=1),       0.015625",
    "he-uniform(slope=0.5),    0.025",
    "xavier-normal,            0.00625",
    "xavier-uniform(gain=2),   0.025",
    "lecun-normal,             0.015625",
    "fan-in-uniform,           0.005208333333333333",
  })
  void varianceIsScaleOverFan(String text, double variance) {
    Theory theory = Initializer.parse(text).theory(Shape.of(64, 256));
    // Uniform ends are a rounded square root, squared again: a few units in the last place.
    assertEquals(variance, theory.variance(), 4 * Math.ulp(variance));
    assertEquals(0, theory.mean());
  }

  /** The ends as the papers print them, computed here in another way. */
  @ParameterizedTest
  @CsvSource({
    "fan-in-uniform, 0.125", // 1 / sqrt(64)
    "xavier-uniform, 0.13693063937629152", // sqrt(6 / 320)
    "he-uniform,     0.30618621784789724", // sqrt(6 / 64)
    "lecun-uniform,  0.21650635094610965", // sqrt(3 / 64), not 3 / sqrt(64)
  })
  void uniformEndsFollowThePapers(String text, double end) {
    Theory theory = Initializer.parse(text).theory(Shape.of(64, 256));
    assertEquals(end, theory.high(), 2 * Math.ulp(end));
    assertEquals(-theory.high(), theory.low());
  }

  /** The variances stand in the ratio 2 exactly; the deviations as floats, one rounding apart. */
  @Property(tries = 500, seed = "2010")
  void onSquareWeightsHeIsXavierTimesTheRootOfTwo(@ForAll @IntRange(min = 1, max = 1 << 15) int n) {
    Fan fan = new Fan(n, n);
    assertEquals(He.normal().variance(fan), 2 * Xavier.normal().variance(fan));
    assertEquals(He.uniform().variance(fan), 2 * Xavier.uniform().variance(fan));
    float he = (float) Math.sqrt(He.normal().variance(fan));
    float xavier = (float) (Math.sqrt(2) * Math.sqrt(Xavier.normal().variance(fan)));
    assertEquals(he, xavier, Math.ulp(he));
  }

  /** Two deviations and two products, each rounded to float: four times 2^-24 of the number. */
  @Test
  void drawsOfOneKeyDifferInScaleOnly() {
    Shape shape = Shape.of(300, 300);
    float[] he = He.normal().initialize(shape, RandomKey.of(1)).toArray();
    float[] xavier = Xavier.normal().initialize(shape, RandomKey.of(1)).toArray();
    for (int i = 0; i < he.length; i++) {
      assertEquals(he[i], Math.sqrt(2) * xavier[i], Math.abs(he[i]) * 0x1p-22);
    }
  }

  @Test
  void countsReceptiveFieldsIntoBothFans() {
    Shape convolution = Shape.of(3, 5, 8, 16);
    assertEquals(2.0 / 120, He.normal().theory(convolution).variance());
    assertEquals(2.0 / 240, He.normal(0, FanMode.FAN_OUT).theory(convolution).variance());
  }

  @Test
  void equalFormulasAreEqualValues() {
    assertEquals(new VarianceScaling(2, FanMode.FAN_IN, Distribution.NORMAL), He.normal());
    assertEquals(LeCun.normal(), He.normal(1));
    assertEquals(VarianceScaling.fanInUniform(), Initializer.parse("fan-in-uniform"));
    assertEquals(Constant.zeros(), Constant.of(-0.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-300, 1e300})
  void refusesParametersThatAreNotPositive(double bad) {
    String numbers = "between 1e-%d and 1e%d, but got " + bad;
    assertRefuses(
        "variance-scaling: scale must be positive, " + numbers.formatted(37, 37),
        scale -> new VarianceScaling(scale, FanMode.FAN_IN, Distribution.NORMAL),
        bad);
    assertRefuses("normal: std must be positive, " + numbers.formatted(37, 37), Normal::of, bad);
    assertRefuses(
        "xavier-uniform: gain must be positive, " + numbers.formatted(18, 18),
        Xavier::uniform,
        bad);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e300})
  void refusesParametersThatAreNotFinite(double bad) {
    assertRefuses(
        "he-uniform: slope must lie between -1e18 and 1e18, but got " + bad, He::uniform, bad);
    assertRefuses("constant: c must lie between -1e37 and 1e37, but got " + bad, Constant::of, bad);
    assertRefuses(
        "uniform: high must lie between -1e37 and 1e37, but got " + bad,
        h -> new Uniform(0, h),
        bad);
  }

  @Test
  void extremesStayFinite() {
    for (Initializer initializer :
        new Initializer[] {
          new Normal(1e37, 1e37),
          new Uniform(-1e37, 1e37),
          new VarianceScaling(1e37, FanMode.FAN_IN, Distribution.NORMAL),
          He.normal(1e18)
        }) {
      Tensor weights = initializer.initialize(Shape.of(1, 10_000), RandomKey.of(0));
      for (float weight : weights.toArray()) {
        assertTrue(Float.isFinite(weight) && weight != 0, initializer::toString);
      }
    }
  }

  private static void assertRefuses(String start, DoubleFunction<Initializer> factory, double bad) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> factory.apply(bad));
    assertTrue(String.valueOf(e.getMessage()).startsWith(start), e::getMessage);
  }
}
