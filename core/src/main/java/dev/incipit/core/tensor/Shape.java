package dev.incipit.core.tensor;

import java.util.Arrays;

/**
 * Extents of a tensor's axes, outermost first.
 *
 * <p>A shape of rank 0 is a single number; an axis of extent 0 makes an empty tensor. Shapes are
 * values: immutable, and equal when their extents are.
 */
public final class Shape {

  private static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] extents;
  private final int size;

  private Shape(int[] extents, int size) {
    this.extents = extents;
    this.size = size;
  }

  /**
   * Create a shape from its extents.
   *
   * @param extents extent of each axis, outermost first; none for a single number
   * @return the shape
   * @throws IllegalArgumentException if an extent is negative, or the number of elements exceeds
   *     what one array can hold
   */
  public static Shape of(int... extents) {
    if (extents.length == 0) {
      return SCALAR;
    }
    int[] copy = extents.clone();
    boolean empty = false;
    for (int extent : copy) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "shape: extents must not be negative, but got "
                + Arrays.toString(copy)
                + "; pass the size of each axis");
      }
      empty |= extent == 0;
    }
    long size = empty ? 0 : 1;
    for (int extent : copy) {
      size *= extent;
      // The JVM's largest array is a few elements short of 2^31.
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "shape: at most 2147483639 elements fit one tensor, but got "
                + Arrays.toString(copy)
                + "; split the data into several tensors");
      }
    }
    return new Shape(copy, (int) size);
  }

  /** Return the number of axes. */
  public int rank() {
    return extents.length;
  }

  /** Return the number of elements: the product of all extents, 1 for rank 0. */
  public int size() {
    return size;
  }

  /**
   * Return the extent of one axis.
   *
   * @param axis axis from 0, or from the end when negative: -1 is the innermost
   * @return its extent
   * @throws IllegalArgumentException if there is no such axis
   */
  public int extent(int axis) {
    return extents[axis(axis)];
  }

  /**
   * Resolve an axis that may be counted from the end.
   *
   * @param axis axis from 0, or from the end when negative
   * @return the axis from 0
   * @throws IllegalArgumentException if there is no such axis
   */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + rank() : axis;
    if (rank() == 0) {
      throw new IllegalArgumentException(
          "shape: a single number has no axis, but got axis " + axis + "; reshape it first");
    }
    if (resolved < 0 || resolved >= rank()) {
      throw new IllegalArgumentException(
          "shape: axis must lie in -"
              + rank()
              + ".."
              + (rank() - 1)
              + ", but got "
              + axis
              + " for "
              + this
              + "; choose an axis the tensor has");
    }
    return resolved;
  }

  /** Return a copy of the extents, outermost first. */
  public int[] extents() {
    return extents.clone();
  }

  /**
   * Return the shape to which two operands broadcast.
   *
   * <p>Axes are aligned from the innermost; an axis of extent 1, or a missing one, stretches to the
   * other's extent.
   *
   * @param operation name of the operation, for the message of a mismatch
   * @param left shape of the left operand
   * @param right shape of the right operand
   * @return the common shape
   * @throws ShapeMismatchException if two aligned extents differ and neither is 1
   */
  public static Shape broadcast(String operation, Shape left, Shape right) {
    if (left.equals(right)) {
      return left;
    }
    int rank = Math.max(left.rank(), right.rank());
    int[] result = new int[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      int l = fromEnd <= left.rank() ? left.extents[left.rank() - fromEnd] : 1;
      int r = fromEnd <= right.rank() ? right.extents[right.rank() - fromEnd] : 1;
      if (l != r && l != 1 && r != 1) {
        throw new ShapeMismatchException(
            operation
                + ": shapes must broadcast (aligned extents equal, or one of them 1), but got "
                + left
                + " and "
                + right
                + "; reshape or repeat one operand");
      }
      result[rank - fromEnd] = l == 1 ? r : l;
    }
    return of(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  /** Return the extents in brackets, as in {@code [32, 784]}. */
  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
