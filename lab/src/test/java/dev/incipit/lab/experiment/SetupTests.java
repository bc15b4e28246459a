package dev.incipit.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTests {

  @Test
  void theDefaultsAreTheDepthsOfThePaperAndOneMoreOverFiveSeeds() {
    assertEquals(List.of(22, 30, 50), Setup.full().depths());
    assertTrue(Setup.full().seeds() >= 5);
    assertTrue(Setup.quick().seeds() >= 5, "fewer seeds can never give p < 0.01");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1})
  void refusesARateThatIsNoRate(double rate) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Setup(List.of(3), 8, 5, 0, 1, 8, rate, 0.9, 1.5, 2));
    assertEquals(
        "he-vs-xavier: rate: it must lie between 0 and 100, but got " + rate, e.getMessage());
  }

  @Test
  void refusesDepthsThatAreEmptyTooSmallOrNamedTwice() {
    for (List<Integer> depths : List.of(List.<Integer>of(), List.of(1), List.of(5, 5))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Setup(depths, 8, 5, 0, 1, 8, 0.1, 0.9, 1.5, 2),
          () -> depths.toString());
    }
  }
}
