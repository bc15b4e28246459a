package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.init.Gain;
import dev.incipit.init.Initializer;
import dev.incipit.init.theory.MeanField;
import dev.incipit.init.theory.StandardFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Activations are the nonlinearities that theory speaks of. */
final class ActivationTheoryTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          identity        | lecun-normal
          sigmoid         | xavier-normal
          tanh            | xavier-normal
          relu            | he-normal
          leaky-relu(0.1) | he-normal(slope=0.1)
          """)
  void theoryKnowsEachByItsName(String name, String initializer) {
    Activation activation = Activation.parse(name);
    StandardFunction known = StandardFunction.parse(name);
    assertEquals(known, activation.canonical());
    assertEquals(known.kinks(), activation.kinks());
    assertEquals(initializer, Initializer.recommendedFor(activation).toString());
    assertEquals(Gain.of(known), Gain.of(activation));
    assertEquals(Gain.chi(known), Gain.chi(activation));
    assertEquals(new MeanField(known, 1, 0), new MeanField(activation, 1, 0));
    for (double x : new double[] {-2, 0.5, 3}) {
      assertEquals(known.value(x), activation.value(x));
      assertEquals(known.derivative(x), activation.derivative(x));
    }
  }

  @Test
  void exampleOfTheDocumentationRuns() {
    MeanField field = new MeanField(Activation.tanh(), 1.5, 0.3);
    double chi1 = field.equilibrium().orElseThrow().chi1();
    // mpmath 1.3, 30 digits; twelve are promised.
    assertEquals(1.06098126414092, chi1, 1e-12);
  }

  /** E[|z|^2] = 1, E[z^4] = 3, E[e^(2z)] = e^2; the quadrature promises twelve digits. */
  @Test
  void otherFunctionsHaveTheirGainWhereItExists() {
    assertEquals(1, Gain.of(Activation.parse("abs")), 1e-12);
    assertEquals(1, Gain.chi(Activation.parse("abs")), 1e-12);
    assertEquals(1 / Math.sqrt(3), Gain.of(Activation.parse("square")), 1e-12);
    assertEquals(StrictMath.exp(-1), Gain.of(Activation.parse("exp")), 1e-12);
    for (String name : List.of("sqrt", "log")) {
      Activation activation = Activation.parse(name);
      Exception e = assertThrows(IllegalArgumentException.class, () -> Gain.of(activation));
      assertEquals(
          "gain: the mean square of f(z), z ~ N(0, 1), must be positive and finite, but got NaN for"
              + " "
              + name
              + "; choose a function that is not zero and grows more slowly than e^(x^2/4)",
          e.getMessage());
    }
  }
}
