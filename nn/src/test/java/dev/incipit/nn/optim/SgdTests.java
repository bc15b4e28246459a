package dev.incipit.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold descent against its formula in double. */
final class SgdTests {

  @ParameterizedTest
  @CsvSource({"0.1, 0, 0", "0.1, 0.9, 0", "0.05, 0.5, 0.01", "1, 0, 0.1", "0, 0.9, 0.1"})
  void followsTheFormula(double rate, double momentum, double decay) {
    Course course = new Course();
    double[] w = course.weights();
    double[] v = new double[w.length];
    for (int t = 0; t < Course.STEPS; t++) {
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] + Course.gradient(t, i) + decay * w[i];
        w[i] -= rate * v[i];
      }
    }
    course.run(new Sgd(rate, momentum, decay));
    double[] actual = course.weights();
    for (int i = 0; i < w.length; i++) {
      // Each step rounds three fmas and three settings; weights and velocities stay below 16.
      assertEquals(w[i], actual[i], Course.STEPS * 6 * 16 * 0x1p-24, "weight " + i);
    }
  }

  @Test
  void shortFormsLeaveTheRestAtZero() {
    assertEquals(new Sgd(0.1, 0, 0), Sgd.of(0.1));
    assertEquals(new Sgd(0.1, 0.9, 0), Sgd.of(0.1, 0.9));
  }

  @Test
  void theVelocityBelongsToTheUpdate() {
    Parameter w = new Parameter("w", Tensor.scalar(0f));
    w.gradient().fill(1f);
    Sgd rule = Sgd.of(1, 0.5);
    rule.on(List.of(w)).step();
    rule.on(List.of(w)).step();
    // Two fresh updates, neither of which has momentum yet.
    assertEquals(-2f, w.value().item());
  }

  @ParameterizedTest
  @CsvSource({
    "rate, NaN, 0, 0, NaN",
    "rate, -0.1, 0, 0, -0.1",
    "rate, Infinity, 0, 0, Infinity",
    "rate, 1e39, 0, 0, 1.0E39",
    "momentum, 0.1, NaN, 0, NaN",
    "momentum, 0.1, 1, 0, 1.0",
    "momentum, 0.1, -0.5, 0, -0.5",
    "decay, 0.1, 0, NaN, NaN",
    "decay, 0.1, 0, -1, -1.0",
    "decay, 0.1, 0, Infinity, Infinity"
  })
  void refusesBadSettings(String name, double rate, double momentum, double decay, String value) {
    String end = name.equals("momentum") ? "1.0" : "3.4028234663852886E38";
    assertEquals(
        "sgd: %s must lie in [0.0, %s), but got %s; correct the setting"
            .formatted(name, end, value),
        assertThrows(IllegalArgumentException.class, () -> new Sgd(rate, momentum, decay))
            .getMessage());
  }

  @Test
  void everyOptimizerHasItsTests() {
    Map<Class<?>, Class<?>> tests = Map.of(Sgd.class, SgdTests.class, Adam.class, AdamTests.class);
    assertEquals(
        Set.of(Optimizer.class.getPermittedSubclasses()),
        tests.keySet(),
        "optim: every optimizer needs tests against its formula in double, as SgdTests; write them"
            + " for each that is missing and add them here");
    assertTrue(tests.keySet().stream().allMatch(Class::isRecord), "optimizers are values");
  }
}
