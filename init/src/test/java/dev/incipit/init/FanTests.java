package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import org.junit.jupiter.api.Test;

/** Hold the layout of weights. */
final class FanTests {

  @Test
  void readsTheLastTwoAxesAndMultipliesByTheField() {
    assertEquals(new Fan(784, 100), Fan.of(Shape.of(784, 100)));
    assertEquals(new Fan(24, 48), Fan.of(Shape.of(3, 8, 16)));
    assertEquals(new Fan(120, 240), Fan.of(Shape.of(3, 5, 8, 16)));
  }

  @Test
  void emptyTensorsHaveFansAndTheories() {
    assertEquals(new Fan(0, 5), Fan.of(Shape.of(0, 5)));
    assertEquals(1, FanMode.FAN_IN.of(new Fan(0, 5)));
    assertEquals(2.5, FanMode.AVERAGE.of(new Fan(0, 5)));
    assertEquals(1, FanMode.GEOMETRIC.of(new Fan(0, 5)));
    int most = Integer.MAX_VALUE;
    assertEquals(Long.MAX_VALUE, Fan.of(Shape.of(most, most, most, most, 0)).fanIn());
  }

  @Test
  void rejectsRankBelowTwo() {
    for (Shape shape : new Shape[] {Shape.of(), Shape.of(7)}) {
      Exception e =
          assertThrows(
              ShapeMismatchException.class, () -> He.normal().initialize(shape, RandomKey.of(0)));
      assertEquals(
          "fan: weights must have rank 2 or more, [fanIn, fanOut], but got "
              + shape
              + "; a bias has no fan: use zeros or constant(c)",
          e.getMessage());
    }
  }

  @Test
  void rejectsNegativeNumbers() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new Fan(-1, 2));
    assertEquals(
        "fan: fan in and fan out must not be negative, but got -1 and 2; count the connections",
        e.getMessage());
  }
}
