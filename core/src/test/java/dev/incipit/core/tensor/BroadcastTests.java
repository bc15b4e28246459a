package dev.incipit.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Binary;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Arithmetic on operands of different shapes, against a reference index by index. */
final class BroadcastTests {

  /** Two shapes that fit together. */
  record Operands(Shape left, Shape right) {}

  @Property(tries = 4000, seed = "31", edgeCases = EdgeCasesMode.NONE)
  void everyElementMeetsItsPartners(
      @ForAll("operands") Operands operands, @ForAll Binary op, @ForAll int seed) {
    Tensor x = random(operands.left(), seed);
    Tensor y = random(operands.right(), seed + 1);
    Shape shape = Shape.broadcast("test", x.shape(), y.shape());
    // A view at an odd offset of a larger array, so that a stray write shows.
    float[] array = new float[shape.size() + 8];
    Tensor out = Tensor.wrap(shape, array, 3);
    Elementwise.binary(op, x, y, out);
    int[] index = new int[shape.rank()];
    for (int i = 0; i < shape.size(); i++) {
      float left = x.get(project(index, x.shape()));
      float right = y.get(project(index, y.shape()));
      float expected =
          switch (op) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
          };
      assertEquals(expected, out.get(index));
      next(index, shape);
    }
    for (int i = 0; i < array.length; i++) {
      assertTrue((i >= 3 && i < 3 + shape.size()) || array[i] == 0f, "a write outside the output");
    }
  }

  @Property(tries = 2000, seed = "32", edgeCases = EdgeCasesMode.NONE)
  void sumToCollectsWhatBroadcastingSpread(
      @ForAll("operands") Operands operands, @ForAll int seed) {
    Shape large = Shape.broadcast("test", operands.left(), operands.right());
    Shape small = operands.left();
    // Whole numbers, whose sums are exact in any order.
    Tensor x = random(large, seed);
    for (int i = 0; i < x.size(); i++) {
      x.array()[x.offset() + i] = Math.round(x.array()[x.offset() + i] * 100);
    }
    Tensor expected = Tensor.zeros(small);
    int[] index = new int[large.rank()];
    for (int i = 0; i < large.size(); i++) {
      int[] to = project(index, small);
      expected.set(expected.get(to) + x.get(index), to);
      next(index, large);
    }
    Tensor out = Tensor.full(small, Float.NaN);
    Reductions.sumTo(x, out);
    assertTrue(expected.bitEquals(out), () -> expected + " but got " + out);
  }

  @Example
  void anOperandMayBeOverwrittenByTheResult() {
    Tensor x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
    Elementwise.binary(Binary.SUBTRACT, x, Tensor.vector(1, 10), x);
    assertTrue(x.bitEquals(Tensor.matrix(new float[] {0, -8}, new float[] {2, -6})));
  }

  private static Tensor random(Shape shape, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor result = Tensor.wrap(shape, new float[shape.size() + 5], 2);
    for (int i = 0; i < shape.size(); i++) {
      result.array()[2 + i] = (float) random.nextDouble(-9, 9);
    }
    return result;
  }

  private static int[] project(int[] index, Shape shape) {
    int[] result = new int[shape.rank()];
    for (int axis = 0; axis < result.length; axis++) {
      int from = index[index.length - result.length + axis];
      result[axis] = shape.extent(axis) == 1 ? 0 : from;
    }
    return result;
  }

  private static void next(int[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0 && ++index[axis] == shape.extent(axis); axis--) {
      index[axis] = 0;
    }
  }

  /** Two shapes that broadcast: rank 0 to 4, extents 0 to 3, some stretched, outer ones missing. */
  @Provide
  Arbitrary<Operands> operands() {
    Arbitrary<int[]> extents =
        Arbitraries.integers().between(0, 3).array(int[].class).ofMinSize(0).ofMaxSize(4);
    return extents.flatMap(
        full -> Combinators.combine(operand(full), operand(full)).as(Operands::new));
  }

  private static Arbitrary<Shape> operand(int[] full) {
    Arbitrary<Integer> missing = Arbitraries.integers().between(0, full.length);
    Arbitrary<Integer> stretched = Arbitraries.integers().between(0, (1 << full.length) - 1);
    return missing.flatMap(
        gone ->
            stretched.map(
                mask -> {
                  int[] extents = new int[full.length - gone];
                  for (int i = 0; i < extents.length; i++) {
                    extents[i] = (mask >> i & 1) == 1 ? 1 : full[gone + i];
                  }
                  return Shape.of(extents);
                }));
  }
}
