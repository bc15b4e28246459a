package dev.incipit.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Unary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class TensorTests {

  /** Return the tensor 0, 1, 2, ... of a shape, as a view inside a larger array. */
  private static Tensor counting(int... extents) {
    Shape shape = Shape.of(extents);
    float[] array = new float[shape.size() + 5];
    Tensor result = Tensor.wrap(shape, array, 2);
    for (int i = 0; i < shape.size(); i++) {
      array[2 + i] = i;
    }
    return result;
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void mismatch(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeMismatchException.class, call).getMessage());
  }

  // Making and reading

  @Test
  void factoriesCopyAndWrapShares() {
    float[] values = {1, 2, 3, 4};
    Tensor copy = Tensor.of(Shape.of(2, 2), values);
    Tensor shared = Tensor.wrap(Shape.of(3), values, 1);
    values[3] = 9;
    assertEquals(4f, copy.get(1, 1));
    assertEquals(9f, shared.get(2));
    assertSame(values, shared.array());
    assertEquals(1, shared.offset());
    assertArrayEquals(new float[] {2, 3, 9}, shared.toArray());
  }

  @Test
  void factoriesFill() {
    assertArrayEquals(new float[] {0, 0}, Tensor.zeros(2).toArray());
    assertArrayEquals(new float[] {7, 7}, Tensor.full(Shape.of(2, 1), 7).toArray());
    assertEquals(3f, Tensor.scalar(3).item());
    assertEquals(Shape.of(2, 1), Tensor.matrix(new float[] {1}, new float[] {2}).shape());
    assertEquals(Shape.of(0, 0), Tensor.matrix().shape());
    assertEquals(Shape.of(2), Tensor.vector(1, 2).shape());
  }

  @Test
  void getAndSetCountInRowMajorOrder() {
    Tensor x = counting(2, 3, 4);
    assertEquals(23f, x.get(1, 2, 3));
    assertEquals(12f, x.get(1, 0, 0));
    x.set(-1f, 0, 1, 2);
    assertEquals(-1f, x.array()[2 + 6]);
  }

  @Test
  void refusesWhatDoesNotFit() {
    mismatch(
        "matrix: rows must be equally long, but row 0 has 2 and row 1 has 1; pad or cut them",
        () -> Tensor.matrix(new float[] {1, 2}, new float[] {3}));
    mismatch(
        "tensor: [2, 2] needs 4 numbers, but got 3; pass a matching shape",
        () -> Tensor.of(Shape.of(2, 2), 1, 2, 3));
    mismatch(
        "tensor: [4] needs 4 numbers from index 2, but got an array of 5; pass a matching shape",
        () -> Tensor.wrap(Shape.of(4), new float[5], 2));
    assertThrows(ShapeMismatchException.class, () -> Tensor.wrap(Shape.of(1), new float[5], -1));
  }

  @Test
  void ofNeedsExactlyAsManyNumbersAsItsShape() {
    mismatch(
        "tensor: [2] needs 2 numbers, but got 3; pass a matching shape",
        () -> Tensor.of(Shape.of(2), 1, 2, 3));
  }

  @Test
  void refusesAnIndexOutside() {
    refused(
        "tensor: index must lie inside [2, 3], but got [2, 0]; indices count from 0",
        () -> counting(2, 3).get(2, 0));
    refused(
        "tensor: index must lie inside [2, 3], but got [-1, 0]; indices count from 0",
        () -> counting(2, 3).set(1f, -1, 0));
    refused(
        "tensor: index must lie inside [2, 3], but got [0]; indices count from 0",
        () -> counting(2, 3).get(0));
    refused(
        "item: the tensor must hold one number, but has shape [2]; use get(index) or toArray()",
        () -> counting(2).item());
  }

  // Views

  @Property(tries = 200, seed = "41", edgeCases = EdgeCasesMode.NONE)
  void viewsShareTheirNumbers(
      @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll @IntRange(max = 4) int first,
      @ForAll @IntRange(max = 5) int count) {
    Tensor x = counting(rows, columns);
    int from = Math.min(first, rows);
    int to = Math.min(from + count, rows);
    Tensor part = x.rows(from, to);
    Tensor flat = part.reshape(-1);
    assertSame(x.array(), flat.array());
    assertEquals(Shape.of(to - from, columns), part.shape());
    for (int i = 0; i < flat.size(); i++) {
      flat.set(-i, i);
      assertEquals(-i, x.get(from + i / columns, i % columns));
      assertEquals(-i, x.row(from + i / columns).get(i % columns));
    }
    for (int i = to; i < rows; i++) {
      assertEquals(i * columns, x.get(i, 0), "rows outside the view stay");
    }
  }

  @Test
  void reshapeComputesOneOpenExtent() {
    assertEquals(Shape.of(3, 4), counting(2, 6).reshape(3, -1).shape());
    assertEquals(Shape.of(), counting(1, 1).reshape().shape());
    assertEquals(Shape.of(0), counting(0, 3).reshape(-1).shape());
  }

  @Test
  void reshapeKeepsTheNumberOfElements() {
    mismatch(
        "reshape: the number of elements must stay, but got [2, 6] to [5, -1]; the extents must"
            + " multiply to 12",
        () -> counting(2, 6).reshape(5, -1));
    mismatch(
        "reshape: the number of elements must stay, but got [2, 6] to [4]; the extents must"
            + " multiply to 12",
        () -> counting(2, 6).reshape(4));
    assertThrows(ShapeMismatchException.class, () -> counting(2, 6).reshape(-1, -1));
    assertThrows(ShapeMismatchException.class, () -> counting(2, 6).reshape(-2, -6));
    assertThrows(ShapeMismatchException.class, () -> counting(0).reshape(0, -1));
    int huge = 1 << 30;
    assertThrows(IllegalArgumentException.class, () -> counting(4).reshape(huge, huge, huge, -1));
  }

  @Test
  void rowsMustLieInside() {
    refused(
        "rows: the range must lie inside the first axis of [2, 3], but got 1..3; from counts from"
            + " 0",
        () -> counting(2, 3).rows(1, 3));
    assertThrows(IllegalArgumentException.class, () -> counting(2, 3).rows(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> counting(2, 3).rows(2, 1));
    assertThrows(IllegalArgumentException.class, () -> counting(2, 3).row(2));
    assertThrows(IllegalArgumentException.class, () -> counting(2, 3).row(Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> Tensor.scalar(1).rows(0, 1));
  }

  @Test
  void copiesAreTheirOwn() {
    Tensor x = counting(2, 2).rows(1, 2);
    Tensor copy = x.copy();
    assertNotSame(x.array(), copy.array());
    assertTrue(copy.bitEquals(x));
    copy.fill(5);
    x.copyFrom(copy);
    assertEquals(5f, x.get(0, 1));
    mismatch(
        "copy: shapes must be equal, but got [2] and [1, 2]; reshape one of them",
        () -> x.copyFrom(Tensor.zeros(2)));
  }

  @Test
  void transposeExchangesRowsAndColumns() {
    Tensor x = counting(2, 3);
    Tensor t = x.transpose();
    assertEquals(Shape.of(3, 2), t.shape());
    assertEquals(x.get(1, 2), t.get(2, 1));
    mismatch(
        "transpose: the operand must have rank 2, but got [3]; reshape it",
        () -> counting(3).transpose());
  }

  // Arithmetic

  @Test
  void arithmeticMakesNewTensors() {
    Tensor x = Tensor.vector(6, 8);
    Tensor y = Tensor.vector(2, 4);
    assertArrayEquals(new float[] {8, 12}, x.add(y).toArray());
    assertArrayEquals(new float[] {4, 4}, x.sub(y).toArray());
    assertArrayEquals(new float[] {12, 32}, x.mul(y).toArray());
    assertArrayEquals(new float[] {3, 2}, x.div(y).toArray());
    assertArrayEquals(new float[] {7, 9}, x.add(1).toArray());
    assertArrayEquals(new float[] {3, 4}, x.mul(0.5f).toArray());
    assertArrayEquals(new float[] {6, 8}, x.toArray());
  }

  @Test
  void functionsMapEveryElement() {
    Tensor x = Tensor.vector(-1, 0, 2);
    assertArrayEquals(new float[] {0, 0, 2}, x.relu().toArray());
    assertEquals(1f, x.exp().get(1));
    assertEquals(0f, x.tanh().get(1));
    assertEquals(0.5f, x.sigmoid().get(1));
    assertEquals(Float.NEGATIVE_INFINITY, x.log().get(1));
    assertArrayEquals(new float[] {1, 0, 4}, x.map(Unary.SQUARE).toArray());
  }

  @Test
  void matmulInItsThreeForms() {
    Tensor a = Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6});
    Tensor b = Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}, new float[] {2, 2});
    Tensor expected = Tensor.matrix(new float[] {7, 8}, new float[] {16, 17});
    assertTrue(expected.bitEquals(a.matmul(b)));
    Tensor out = Tensor.zeros(2, 2);
    Products.matmul(Form.TN, a.transpose(), b, out);
    assertTrue(expected.bitEquals(out));
    Products.matmul(Form.NT, a, b.transpose(), out);
    assertTrue(expected.bitEquals(out));
  }

  @Test
  void anEmptySumOfProductsIsZero() {
    assertTrue(Tensor.zeros(2, 3).bitEquals(Tensor.zeros(2, 0).matmul(Tensor.zeros(0, 3))));
    assertEquals(Shape.of(0, 3), Tensor.zeros(0, 2).matmul(Tensor.zeros(2, 3)).shape());
  }

  @Test
  void matmulSaysWhichDimensionsDisagree() {
    mismatch(
        "matmul: inner dimensions must agree, but got [32, 784] x [512, 10]; transpose or resize"
            + " the right operand",
        () -> Tensor.zeros(32, 784).matmul(Tensor.zeros(512, 10)));
    mismatch(
        "matmul: inner dimensions must agree, but got [3, 2]^T x [4, 5]; transpose or resize the"
            + " right operand",
        () -> Products.matmul(Form.TN, Tensor.zeros(3, 2), Tensor.zeros(4, 5), Tensor.zeros(2, 5)));
    mismatch(
        "matmul: operands must be matrices, but got [3] x [3, 2]; reshape them",
        () -> Tensor.zeros(3).matmul(Tensor.zeros(3, 2)));
    mismatch(
        "matmul: operands must be matrices, but got [3] x [3, 2]; reshape them",
        () -> Products.matmul(Form.NN, Tensor.zeros(3), Tensor.zeros(3, 2), Tensor.zeros(2)));
    mismatch(
        "matmul: the output must have shape [2, 5], but got [5, 2]; pass Tensor.zeros of that"
            + " shape",
        () -> Products.matmul(Form.NN, Tensor.zeros(2, 3), Tensor.zeros(3, 5), Tensor.zeros(5, 2)));
  }

  @Test
  void denseSaysWhichBiasItNeeds() {
    mismatch(
        "dense: the bias must have one number for each column of the weights, but got [3] and"
            + " [3, 2]; pass a bias of shape [2]",
        () ->
            Products.dense(
                Tensor.zeros(4, 3),
                Tensor.zeros(3, 2),
                Tensor.zeros(3),
                Unary.RELU,
                0f,
                Tensor.zeros(4, 2),
                Share.WHOLE));
    mismatch(
        "matmul: operands must be matrices, but got [4, 3] x [3]; reshape them",
        () ->
            Products.dense(
                Tensor.zeros(4, 3),
                Tensor.zeros(3),
                Tensor.zeros(3),
                Unary.RELU,
                0f,
                Tensor.zeros(4, 3),
                Share.WHOLE));
  }

  @Test
  void denseGradientIsTheProductTimesTheSlope() {
    Tensor dz = counting(3, 2);
    Tensor w = counting(4, 2);
    Tensor y = Tensor.full(Shape.of(3, 4), 2f);
    Tensor out = Tensor.zeros(3, 4);
    Products.denseGradient(dz, w, Unary.EXP, 0f, y, out, Share.WHOLE);
    assertTrue(out.bitEquals(dz.matmul(w.transpose()).mul(2f)));
    mismatch(
        "dense gradient: the output must have shape [4, 3], but got [3, 4]; pass Tensor.zeros of"
            + " that shape",
        () ->
            Products.denseGradient(
                dz, w, Unary.EXP, 0f, Tensor.zeros(4, 3), Tensor.zeros(3, 4), Share.WHOLE));
  }

  @Test
  void arithmeticSaysWhichShapesDisagree() {
    mismatch(
        "multiply: shapes must broadcast (aligned extents equal, or one of them 1), but got [2, 3]"
            + " and [2]; reshape or repeat one operand",
        () -> Tensor.zeros(2, 3).mul(Tensor.zeros(2)));
    mismatch(
        "map: the output must have shape [2], but got [3]; pass Tensor.zeros of that shape",
        () -> Elementwise.map(Unary.EXP, 0f, Tensor.zeros(2), Tensor.zeros(3)));
  }

  @Test
  void refusesAnOutputThatWouldCorruptAnOperand() {
    Tensor x = counting(4, 4);
    refused(
        "matmul: the output must not share numbers with an operand, but it does at [4, 4]; pass a"
            + " tensor of its own",
        () -> Products.matmul(Form.NN, x, counting(4, 4), x));
    refused(
        "add: the output must not share numbers with an operand, but it does at [3, 4]; pass a"
            + " tensor of its own",
        () -> Elementwise.binary(Binary.ADD, x.rows(0, 3), x.rows(0, 3), x.rows(1, 4)));
    refused(
        "add: the output must not share numbers with an operand, but it does at [4, 4]; pass a"
            + " tensor of its own",
        () -> Elementwise.binary(Binary.ADD, x.row(0), x, x));
    refused(
        "map: the output must not share numbers with an operand, but it does at [3, 4]; pass a"
            + " tensor of its own",
        () -> Elementwise.map(Unary.EXP, 0f, x.rows(0, 3), x.rows(1, 4)));
    // Neighbours without a common number are no overlap.
    Elementwise.map(Unary.IDENTITY, 0f, x.rows(0, 2), x.rows(2, 4));
    assertArrayEquals(x.row(0).toArray(), x.row(2).toArray());
  }

  // Comparing and printing

  @Test
  void bitEqualsTellsZerosApartAndNansNot() {
    assertFalse(Tensor.vector(0f).bitEquals(Tensor.vector(-0f)));
    Tensor quiet = Tensor.vector(Float.intBitsToFloat(0x7fc00000));
    Tensor other = Tensor.vector(Float.intBitsToFloat(0xffc12345));
    assertTrue(quiet.bitEquals(other));
    assertFalse(Tensor.zeros(2).bitEquals(Tensor.zeros(1, 2)));
    assertTrue(counting(3).bitEquals(Tensor.vector(0, 1, 2)));
  }

  @Test
  void printsShapeAndNumbers() {
    assertEquals("Tensor[] 1.5000", Tensor.scalar(1.5f).toString());
    assertEquals("Tensor[2] [1.0000, NaN]", Tensor.vector(1, Float.NaN).toString());
    assertEquals(
        "Tensor[2, 2] [[1.0000, -Infinity],\n [3.0000, 1.0000e-10]]",
        Tensor.matrix(new float[] {1, Float.NEGATIVE_INFINITY}, new float[] {3, 1e-10f})
            .toString());
    assertEquals("Tensor[2, 0] (empty)", Tensor.zeros(2, 0).toString());
  }

  @Test
  void printsTheEdgesOfLongAxes() {
    assertEquals(
        "Tensor[7] [0.0000, 1.0000, 2.0000, 3.0000, 4.0000, 5.0000, 6.0000]",
        counting(7).toString());
    assertEquals(
        "Tensor[8] [0.0000, 1.0000, 2.0000, ..., 5.0000, 6.0000, 7.0000]", counting(8).toString());
    String million = counting(1000, 1000).toString();
    assertEquals(7, million.lines().count());
    assertEquals(" ...,", million.lines().skip(3).findFirst().orElseThrow());
  }
}
