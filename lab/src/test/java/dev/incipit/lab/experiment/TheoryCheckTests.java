package dev.incipit.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the verdict on draws to its false-alarm rate, and to what it must catch. */
final class TheoryCheckTests {

  private static TheoryCheck check(String initializer, Tensor weights) {
    return TheoryCheck.of(new Draw(Initializer.parse(initializer), 0, weights));
  }

  /**
   * Of 500 right draws at most one is called wrong: at a rate of 1e-4 two or more have probability
   * 1.2e-3, and the seeds are fixed. Were p-values not uniform, those below 1/100 would be other
   * than 5 of 500: more than 20 have a probability of 1e-7.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "he-normal",
        "normal(mean=-1, std=2.5)",
        "he-uniform",
        "truncated-normal(0.02)",
        "truncated-normal(1, cut=0.1)",
        "sparse(k=15)",
        "orthogonal",
        "nguyen-widrow"
      })
  void doesNotCryWolf(String name) {
    int[] low = new int[6];
    int alarms = 0;
    for (int seed = 0; seed < 500; seed++) {
      Draw draw = Draw.of(Initializer.parse(name), Shape.of(40, 25), seed);
      TheoryCheck check = TheoryCheck.of(draw);
      alarms += check.failures().isEmpty() ? 0 : 1;
      for (int i = 0; i < check.statistics().size(); i++) {
        low[i] += check.statistics().get(i).p().orElse(1) < 0.01 ? 1 : 0;
      }
    }
    assertTrue(alarms <= 1, alarms + " alarms");
    for (int i = 0; i < low.length; i++) {
      assertTrue(low[i] <= 20, "statistic " + i + ": " + low[i]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What is claimed          | what was drawn                     | what gives it away
        "xavier-normal              | he-normal                          | deviation",
        "he-normal                  | he-uniform                         | excess kurtosis",
        "truncated-normal(1)        | truncated-normal(0.88)             | deviation",
        "truncated-normal(1)        | normal(0, 1)                       | weights outside",
        "normal(0, 1)               | normal(0.1, 1)                     | mean",
        "sparse(k=15)               | sparse(k=14)                       | units without 15",
        "orthogonal                 | normal(0, 0.1)                     | largest error of the Gram",
        "nguyen-widrow              | uniform(-0.1, 0.1)                 | largest error of a unit's",
        "identity                   | identity(shift=1)                  | weights that are not",
        "zeros                      | ones                               | weights outside",
      })
  void catchesWrongDraws(String claimed, String drawn, String failure) {
    Tensor weights = Draw.of(Initializer.parse(drawn), Shape.of(100, 100), 3).weights();
    List<String> failures = check(claimed, weights).failures();
    boolean caught = failures.stream().anyMatch(name -> name.startsWith(failure));
    assertTrue(caught, failures::toString);
  }

  /** Two weights in three are not enough for most statistics, and one is not for any deviation. */
  @Test
  void judgesFewWeightsByWhatIsKnown() {
    for (Shape shape : List.of(Shape.of(1, 1), Shape.of(2, 1), Shape.of(9, 11))) {
      for (String name : List.of("he-normal", "he-uniform", "orthogonal", "nguyen-widrow")) {
        Draw draw = Draw.of(Initializer.parse(name), shape, 1);
        assertEquals(List.of(), TheoryCheck.of(draw).failures(), name + shape);
      }
    }
  }

  @Test
  void theDensityOfOrthogonalWeightsIsThatOfACoordinateOnASphere() {
    Draw draw = Draw.of(Initializer.parse("orthogonal(gain=2)"), Shape.of(64, 64), 1);
    Marginal marginal = Marginal.of(draw);
    Histogram histogram = Histogram.of(marginal, 9);
    double expected = 0;
    for (int bin = 0; bin < 9; bin++) {
      expected += histogram.expected(bin).orElseThrow();
      // Five deviations of a count, and some for the midpoint rule.
      double limit = 5 * Math.sqrt(histogram.expected(bin).orElseThrow()) + 10;
      assertEquals(histogram.expected(bin).orElseThrow(), histogram.count(bin), limit);
    }
    assertEquals(64 * 64, expected, 100);
  }
}
