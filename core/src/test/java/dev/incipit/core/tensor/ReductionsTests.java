package dev.incipit.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.random.RandomKey;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ReductionsTests {

  /** Return small whole numbers, whose sums are exact in any order. */
  private static Tensor whole(Shape shape, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor result = Tensor.wrap(shape, new float[shape.size() + 4], 3);
    for (int i = 0; i < shape.size(); i++) {
      result.array()[3 + i] = random.nextInt(-50, 50);
    }
    return result;
  }

  @Property(tries = 1000, seed = "51", edgeCases = EdgeCasesMode.NONE)
  void sumAlongAnAxisIsTheSumOfItsSlices(
      @ForAll @Size(min = 1, max = 4) int[] drawn,
      @ForAll @IntRange(max = 3) int anyAxis,
      @ForAll boolean fromEnd,
      @ForAll int seed) {
    Shape shape = Shape.of(Arrays.stream(drawn).map(e -> Math.floorMod(e, 4)).toArray());
    int axis = anyAxis % shape.rank();
    Tensor x = whole(shape, seed);
    Tensor sum = x.sum(fromEnd ? axis - shape.rank() : axis);
    Tensor expected = Tensor.zeros(Reductions.without(shape, axis));
    int inner = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inner *= shape.extent(i);
    }
    float[] numbers = x.toArray();
    for (int i = 0; i < numbers.length; i++) {
      int to = i / (inner * shape.extent(axis)) * inner + i % inner;
      expected.array()[to] += numbers[i];
    }
    assertTrue(expected.bitEquals(sum), () -> x + " axis " + axis + ": " + sum);
  }

  @Test
  void withoutLeavesOneAxisOut() {
    assertEquals(Shape.of(2, 5), Reductions.without(Shape.of(2, 3, 5), 1));
    assertEquals(Shape.of(2, 3), Reductions.without(Shape.of(2, 3, 5), -1));
    assertEquals(Shape.of(), Reductions.without(Shape.of(4), 0));
    assertThrows(IllegalArgumentException.class, () -> Reductions.without(Shape.of(4), 1));
  }

  @Test
  void wholeTensorsReduceToOneNumber() {
    Tensor x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 6});
    assertEquals(12f, x.sum());
    assertEquals(3f, x.mean());
    assertEquals(6f, x.max());
    assertEquals(50f, Reductions.dot(x, x));
    assertEquals(9f, x.rows(1, 2).sum(), "of a view, only its own");
    assertEquals(0f, Tensor.zeros(0).sum());
    assertEquals(Float.NEGATIVE_INFINITY, Tensor.zeros(0).max());
  }

  @Test
  void theMeanOfNothingIsRefused() {
    assertEquals(
        "mean: the tensor must hold an element, but got [0, 2]; check its extents",
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(0, 2).mean()).getMessage());
  }

  @Test
  void dotNeedsEqualShapes() {
    assertEquals(
        "dot: shapes must be equal, but got [2] and [1, 2]; reshape one of them",
        assertThrows(
                ShapeMismatchException.class,
                () -> Reductions.dot(Tensor.zeros(2), Tensor.zeros(1, 2)))
            .getMessage());
  }

  /** Many numbers go another way than few, to the same bits. */
  @Test
  void aSumIsThatOfTheScalarKernelWhateverTheSize() {
    for (int n : new int[] {1_000, 16_384, 16_385, 20_001}) {
      Tensor x = Tensor.zeros(3, n);
      RandomKey.of(n).fillUniform(x, -1, 1);
      Kernels scalar = Kernels.scalar();
      assertEquals(scalar.sum(x.array(), x.offset(), 3 * n), x.sum());
      Tensor first = x.rows(0, 1);
      assertEquals(scalar.sum(x.array(), x.offset(), n), first.sum());
      assertEquals(first.sum(), x.sum(1).get(0), "of a row");
    }
  }

  @Test
  void sumToRefusesAShapeThatDoesNotStretchToIt() {
    assertEquals(
        "sumTo: shapes must be equal, but got [3] and [2, 3]; reshape one of them",
        assertThrows(
                ShapeMismatchException.class,
                () -> Reductions.sumTo(Tensor.zeros(3), Tensor.zeros(2, 3)))
            .getMessage());
    assertThrows(
        ShapeMismatchException.class, () -> Reductions.sumTo(Tensor.zeros(2, 3), Tensor.zeros(2)));
  }

  @Test
  void argmaxIsTheFirstOfTheLargest() {
    Tensor x =
        Tensor.matrix(
            new float[] {1, 3, 3},
            new float[] {-5, -7, -6},
            new float[] {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, 0});
    assertArrayEquals(new int[] {1, 0, 2}, x.argmax());
    assertArrayEquals(new int[] {0, 2}, x.rows(1, 3).argmax());
    assertEquals(0, Tensor.zeros(0, 3).argmax().length);
  }

  @Test
  void argmaxNeedsRowsThatHoldSomething() {
    assertEquals(
        "argmax: rows must hold an element, but got [3, 0]; check the extents",
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(3, 0).argmax())
            .getMessage());
    assertEquals(
        "argmax: the operand must have rank 2, but got [3]; reshape it",
        assertThrows(ShapeMismatchException.class, () -> Tensor.zeros(3).argmax()).getMessage());
  }

  @Test
  void softmaxSharesOutEachRow() {
    Tensor x = Tensor.zeros(2, 2, 4);
    x.fill(3);
    assertTrue(Tensor.full(Shape.of(2, 2, 4), 0.25f).bitEquals(x.softmax()));
    Reductions.softmax(x, x);
    assertEquals(0.25f, x.get(1, 1, 3), "in place");
    assertEquals(Shape.of(2, 0), Tensor.zeros(2, 0).softmax().shape());
  }

  @Test
  void logSumExpOfNothingIsTheLogOfZero() {
    assertArrayEquals(
        new float[] {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY},
        Tensor.zeros(2, 0).logSumExp().toArray());
    assertEquals(Shape.of(2), Tensor.zeros(2, 5).logSumExp().shape());
  }

  @Test
  void crossEntropyOverwritesEveryLoss() {
    Tensor losses = Tensor.full(Shape.of(2), 7f);
    Reductions.crossEntropy(Tensor.zeros(2, 0), Tensor.zeros(2, 0), losses, Share.WHOLE);
    assertArrayEquals(new float[] {0, 0}, losses.toArray());
  }

  @Test
  void columnSumsWriteTheirOutputAnew() {
    Tensor out = Tensor.full(Shape.of(2), 7f);
    Tensor x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
    Reductions.columnSums(x, out, Share.WHOLE);
    assertArrayEquals(new float[] {4, 6}, out.toArray());
    Reductions.columnSums(x.rows(0, 0), out, Share.WHOLE);
    assertArrayEquals(new float[] {0, 0}, out.toArray());
  }
}
