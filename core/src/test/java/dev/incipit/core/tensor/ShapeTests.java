package dev.incipit.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class ShapeTests {

  @Test
  void knowsItsExtentsFromBothEnds() {
    Shape shape = Shape.of(2, 3, 5);
    assertEquals(3, shape.rank());
    assertEquals(30, shape.size());
    assertEquals(2, shape.extent(0));
    assertEquals(5, shape.extent(-1));
    assertEquals(2, shape.extent(-3));
    assertEquals(1, shape.axis(-2));
    assertEquals("[2, 3, 5]", shape.toString());
  }

  @Test
  void rankZeroIsOneNumber() {
    assertEquals(0, Shape.of().rank());
    assertEquals(1, Shape.of().size());
    assertEquals("[]", Shape.of().toString());
  }

  @Test
  void anExtentOfZeroMakesItEmptyHoweverLargeTheOthers() {
    assertEquals(0, Shape.of(1 << 30, 1 << 30, 1 << 30, 0).size());
  }

  @Test
  void isAValue() {
    assertEquals(Shape.of(2, 3), Shape.of(2, 3));
    assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
    assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
    assertNotEquals(Shape.of(1), Shape.of());
    int[] extents = {2, 3};
    Shape shape = Shape.of(extents);
    extents[0] = 9;
    shape.extents()[1] = 9;
    assertArrayEquals(new int[] {2, 3}, shape.extents());
  }

  @Test
  void refusesNegativeExtents() {
    assertEquals(
        "shape: extents must not be negative, but got [2, -1]; pass the size of each axis",
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, -1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Shape.of(0, -1));
  }

  @Test
  void refusesMoreElementsThanAnArrayHolds() {
    assertEquals(Integer.MAX_VALUE - 8, Shape.of(Integer.MAX_VALUE - 8).size());
    assertEquals(
        "shape: at most 2147483639 elements fit one tensor, but got [65536, 65536]; split the data"
            + " into several tensors",
        assertThrows(IllegalArgumentException.class, () -> Shape.of(65536, 65536)).getMessage());
    int huge = Integer.MAX_VALUE;
    assertThrows(IllegalArgumentException.class, () -> Shape.of(huge, huge, huge, huge));
  }

  @Test
  void refusesAnAxisItDoesNotHave() {
    assertEquals(
        "shape: axis must lie in -2..1, but got 2 for [4, 5]; choose an axis the tensor has",
        assertThrows(IllegalArgumentException.class, () -> Shape.of(4, 5).extent(2)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Shape.of(4, 5).axis(-3));
    assertThrows(IllegalArgumentException.class, () -> Shape.of().extent(0));
  }

  @Test
  void broadcastsFromTheInnermostAxis() {
    assertEquals(Shape.of(4, 2, 3), Shape.broadcast("add", Shape.of(2, 3), Shape.of(4, 1, 1)));
    assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 3), Shape.of()));
    assertEquals(Shape.of(2, 0), Shape.broadcast("add", Shape.of(2, 1), Shape.of(0)));
  }

  @Test
  void refusesShapesThatDoNotBroadcast() {
    assertEquals(
        "add: shapes must broadcast (aligned extents equal, or one of them 1), but got [2, 3] and"
            + " [2]; reshape or repeat one operand",
        assertThrows(
                ShapeMismatchException.class,
                () -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2)))
            .getMessage());
    assertThrows(
        ShapeMismatchException.class, () -> Shape.broadcast("add", Shape.of(0), Shape.of(2)));
  }
}
