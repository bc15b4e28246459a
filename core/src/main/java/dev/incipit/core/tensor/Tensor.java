package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Unary;
import java.util.Arrays;

/**
 * Numbers in a grid: float32, row-major, contiguous.
 *
 * <p>A tensor is a window on an array. {@link #rows}, {@link #row} and {@link #reshape} give
 * further windows on the same numbers without a copy; arithmetic returns new tensors and leaves its
 * operands as they were. To write into a tensor that exists, see {@link Elementwise}, {@link
 * Reductions} and {@link Products}.
 *
 * <p>Not safe for writing from several threads at once.
 */
public final class Tensor {

  private final float[] array;
  private final int offset;
  private final Shape shape;

  private Tensor(float[] array, int offset, Shape shape) {
    this.array = array;
    this.offset = offset;
    this.shape = shape;
  }

  /**
   * Create a tensor of zeros.
   *
   * @param extents extent of each axis; none for a single number
   * @return a new tensor
   */
  public static Tensor zeros(int... extents) {
    return zeros(Shape.of(extents));
  }

  /**
   * Create a tensor of zeros.
   *
   * @param shape its shape
   * @return a new tensor
   */
  public static Tensor zeros(Shape shape) {
    return new Tensor(new float[shape.size()], 0, shape);
  }

  /**
   * Create a tensor that holds one value everywhere.
   *
   * @param shape its shape
   * @param value the value
   * @return a new tensor
   */
  public static Tensor full(Shape shape, float value) {
    Tensor result = zeros(shape);
    result.fill(value);
    return result;
  }

  /**
   * Create a single number, of rank 0.
   *
   * @param value the number
   * @return a new tensor []
   */
  public static Tensor scalar(float value) {
    return full(Shape.of(), value);
  }

  /**
   * Create a vector from its numbers.
   *
   * @param values the numbers, copied
   * @return a new tensor [values.length]
   */
  public static Tensor vector(float... values) {
    return of(Shape.of(values.length), values);
  }

  /**
   * Create a matrix from its rows.
   *
   * @param rows the rows, equally long, copied
   * @return a new tensor [rows, columns]
   * @throws ShapeMismatchException if the rows differ in length
   */
  public static Tensor matrix(float[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Tensor result = zeros(rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new ShapeMismatchException(
            "matrix: rows must be equally long, but row 0 has %d and row %d has %d; pad or cut them"
                .formatted(columns, i, rows[i].length));
      }
      System.arraycopy(rows[i], 0, result.array, i * columns, columns);
    }
    return result;
  }

  /**
   * Create a tensor from its numbers in row-major order.
   *
   * @param shape its shape
   * @param values the numbers, copied
   * @return a new tensor
   * @throws ShapeMismatchException if their count is not the shape's size
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new ShapeMismatchException(
          "tensor: %s needs %d numbers, but got %d; pass a matching shape"
              .formatted(shape, shape.size(), values.length));
    }
    return wrap(shape, values.clone(), 0);
  }

  /**
   * Lay a tensor over an array without a copy.
   *
   * @param shape the tensor's shape
   * @param array the array that holds its numbers in row-major order
   * @param offset index of the first number
   * @return a tensor that shares the array
   * @throws ShapeMismatchException if the array ends before the tensor does
   */
  public static Tensor wrap(Shape shape, float[] array, int offset) {
    if (offset < 0 || offset > array.length - shape.size()) {
      throw new ShapeMismatchException(
          "tensor: %s needs %d numbers from index %d, but got an array of %d; pass a matching shape"
              .formatted(shape, shape.size(), offset, array.length));
    }
    return new Tensor(array, offset, shape);
  }

  /** Return the shape. */
  public Shape shape() {
    return shape;
  }

  /** Return the number of axes. */
  public int rank() {
    return shape.rank();
  }

  /** Return the number of elements. */
  public int size() {
    return shape.size();
  }

  /** Return the extent of an axis, counted from 0, or from the end when negative. */
  public int extent(int axis) {
    return shape.extent(axis);
  }

  /** Return the array that holds the numbers, shared: a write shows in the tensor. */
  public float[] array() {
    return array;
  }

  /** Return the index of the first number in {@link #array()}. */
  public int offset() {
    return offset;
  }

  /** Return a new array of the numbers in row-major order. */
  public float[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + size());
  }

  /**
   * Return one number.
   *
   * @param index position on each axis
   * @return the number there
   * @throws IllegalArgumentException if the position lies outside, or has the wrong rank
   */
  public float get(int... index) {
    return array[at(index)];
  }

  /**
   * Set one number.
   *
   * @param value the number
   * @param index position on each axis
   * @throws IllegalArgumentException if the position lies outside, or has the wrong rank
   */
  public void set(float value, int... index) {
    array[at(index)] = value;
  }

  private int at(int... index) {
    boolean inside = index.length == rank();
    int at = 0;
    for (int axis = 0; inside && axis < index.length; axis++) {
      inside = index[axis] >= 0 && index[axis] < shape.extent(axis);
      at = at * shape.extent(axis) + index[axis];
    }
    if (!inside) {
      throw new IllegalArgumentException(
          "tensor: index must lie inside %s, but got %s; indices count from 0"
              .formatted(shape, Arrays.toString(index)));
    }
    return offset + at;
  }

  /**
   * Return the number of a tensor that holds just one.
   *
   * @throws IllegalArgumentException if it holds none or several
   */
  public float item() {
    if (size() != 1) {
      throw new IllegalArgumentException(
          "item: the tensor must hold one number, but has shape "
              + shape
              + "; use get(index) or toArray()");
    }
    return array[offset];
  }

  /** Set every number to one value. */
  public void fill(float value) {
    Arrays.fill(array, offset, offset + size(), value);
  }

  /** Return a new tensor with the same numbers. */
  public Tensor copy() {
    return new Tensor(toArray(), 0, shape);
  }

  /**
   * Overwrite the numbers with those of another tensor.
   *
   * @param source tensor of equal shape
   * @throws ShapeMismatchException if the shapes differ
   */
  public void copyFrom(Tensor source) {
    Checks.sameShape("copy", source.shape, shape);
    System.arraycopy(source.array, source.offset, array, offset, size());
  }

  /**
   * Return a window on the same numbers with another shape.
   *
   * @param extents new extents; one of them may be -1 and is then computed
   * @return a view
   * @throws ShapeMismatchException if the number of elements would change
   */
  public Tensor reshape(int... extents) {
    int[] resolved = extents.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < resolved.length; i++) {
      if (resolved[i] == -1 && open < 0) {
        open = i;
      } else {
        known *= resolved[i];
      }
    }
    if (open >= 0 && known > 0 && size() % known == 0) {
      resolved[open] = (int) (size() / known);
    }
    boolean fits = Arrays.stream(resolved).noneMatch(extent -> extent < 0);
    if (!fits || Shape.of(resolved).size() != size()) {
      throw new ShapeMismatchException(
          "reshape: the number of elements must stay, but got "
              + shape
              + " to "
              + Arrays.toString(extents)
              + "; the extents must multiply to "
              + size());
    }
    return new Tensor(array, offset, Shape.of(resolved));
  }

  /**
   * Return a window on a range along the first axis.
   *
   * @param from first index
   * @param to index after the last
   * @return a view [to - from, ...]
   * @throws IllegalArgumentException if the range is not inside the first axis
   */
  public Tensor rows(int from, int to) {
    if (rank() == 0 || from < 0 || to < from || to > extent(0)) {
      throw new IllegalArgumentException(
          "rows: the range must lie inside the first axis of %s, but got %d..%d; from counts from 0"
              .formatted(shape, from, to));
    }
    int[] extents = shape.extents();
    extents[0] = to - from;
    Shape part = Shape.of(extents);
    int stride = extent(0) == 0 ? 0 : size() / extent(0);
    return new Tensor(array, offset + from * stride, part);
  }

  /**
   * Return a window on one entry of the first axis, without that axis.
   *
   * @param index which entry
   * @return a view of one rank less
   * @throws IllegalArgumentException if there is no such entry
   */
  public Tensor row(int index) {
    Tensor part = rows(index, index + 1);
    int[] extents = shape.extents();
    return new Tensor(array, part.offset, Shape.of(Arrays.copyOfRange(extents, 1, extents.length)));
  }

  /**
   * Return a new matrix with rows and columns exchanged.
   *
   * @return a new tensor [columns, rows]
   * @throws ShapeMismatchException if this is not a matrix
   */
  public Tensor transpose() {
    Checks.rank("transpose", 2, shape);
    int rows = extent(0);
    int columns = extent(1);
    Tensor result = zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result.array[j * rows + i] = array[offset + i * columns + j];
      }
    }
    return result;
  }

  /** Return {@code this + other}, broadcast where extents are 1. */
  public Tensor add(Tensor other) {
    return binary(Binary.ADD, other);
  }

  /** Return {@code this - other}, broadcast where extents are 1. */
  public Tensor sub(Tensor other) {
    return binary(Binary.SUBTRACT, other);
  }

  /** Return {@code this * other} element by element, broadcast where extents are 1. */
  public Tensor mul(Tensor other) {
    return binary(Binary.MULTIPLY, other);
  }

  /** Return {@code this / other} element by element, broadcast where extents are 1. */
  public Tensor div(Tensor other) {
    return binary(Binary.DIVIDE, other);
  }

  /** Return {@code this + number}. */
  public Tensor add(float number) {
    return add(scalar(number));
  }

  /** Return {@code this * number}. */
  public Tensor mul(float number) {
    return mul(scalar(number));
  }

  private Tensor binary(Binary op, Tensor other) {
    Tensor result = zeros(Shape.broadcast(Checks.name(op), shape, other.shape));
    Elementwise.binary(op, this, other, result);
    return result;
  }

  /** Return {@code f} of every element; for a function with a parameter see {@link Elementwise}. */
  public Tensor map(Unary f) {
    Tensor result = zeros(shape);
    Elementwise.map(f, 0f, this, result);
    return result;
  }

  /** Return {@code e^x} of every element, within 1 unit in the last place. */
  public Tensor exp() {
    return map(Unary.EXP);
  }

  /** Return the natural logarithm of every element, within 1 unit in the last place. */
  public Tensor log() {
    return map(Unary.LOG);
  }

  /** Return the hyperbolic tangent of every element, within 2 units in the last place. */
  public Tensor tanh() {
    return map(Unary.TANH);
  }

  /** Return {@code 1 / (1 + e^-x)} of every element, within 2 units in the last place. */
  public Tensor sigmoid() {
    return map(Unary.SIGMOID);
  }

  /** Return {@code max(x, 0)} of every element; NaN stays NaN. */
  public Tensor relu() {
    return map(Unary.RELU);
  }

  /**
   * Return the matrix product {@code this * other}.
   *
   * @param other right operand [k, n]
   * @return a new tensor [m, n], for this [m, k]
   * @throws ShapeMismatchException if an operand is no matrix, or inner dimensions differ
   */
  public Tensor matmul(Tensor other) {
    Tensor result = zeros(Products.shape(Form.NN, shape, other.shape));
    Products.matmul(Form.NN, this, other, result);
    return result;
  }

  /** Return the sum of all elements, in the fixed order of {@code Kernels}. */
  public float sum() {
    return Reductions.sum(this);
  }

  /**
   * Return the mean of all elements.
   *
   * @throws IllegalArgumentException if there are none
   */
  public float mean() {
    return Reductions.mean(this);
  }

  /** Return the largest element; negative infinity if there is none, NaN if one is NaN. */
  public float max() {
    return Reductions.max(this);
  }

  /**
   * Return sums along one axis.
   *
   * @param axis the axis to sum away, from the end when negative
   * @return a new tensor without that axis
   */
  public Tensor sum(int axis) {
    Tensor result = zeros(Reductions.without(shape, axis));
    Reductions.sum(this, axis, result);
    return result;
  }

  /** Return {@code exp(x) / sum exp(x)} along the innermost axis. */
  public Tensor softmax() {
    Tensor result = zeros(shape);
    Reductions.softmax(this, result);
    return result;
  }

  /** Return {@code ln sum exp(x)} along the innermost axis, which goes away. */
  public Tensor logSumExp() {
    Tensor result = zeros(Reductions.without(shape, -1));
    Reductions.logSumExp(this, result);
    return result;
  }

  /** Return the index of the largest element of each row [rows, columns]: the first, if several. */
  public int[] argmax() {
    return Reductions.argmax(this);
  }

  /** Return whether shape and every bit agree, all NaNs counting as one value. */
  public boolean bitEquals(Tensor other) {
    if (!shape.equals(other.shape)) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      int mine = Float.floatToIntBits(array[offset + i]);
      if (mine != Float.floatToIntBits(other.array[other.offset + i])) {
        return false;
      }
    }
    return true;
  }

  /** Return shape and numbers in nested brackets; long axes show their first and last three. */
  @Override
  public String toString() {
    return TensorText.of(this);
  }
}
