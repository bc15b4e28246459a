package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;

/**
 * Functions of one element at a time, reductions and updates of weights, each with the arrays it
 * reads and writes.
 */
public enum Operation {
  /** {@code y = max(x, 0)}. */
  RELU(2, 2, 1),
  /** {@code z = x + y}. */
  ADD(3, 3, 1),
  /** {@code y = 0.5 x}. */
  SCALE(2, 2, 1),
  /** {@code y = 1 - x}. */
  COMPLEMENT(2, 2, 1),
  /** {@code y = fma(alpha, x, y)}: two reads and a write of two arrays. */
  AXPY(2, 3, 2),
  /** The sum of x. */
  SUM(1, 1, 1),
  /** The sum of x y. */
  DOT(2, 2, 2),
  /** The largest x. */
  MAX(1, 1, 1),
  /** The gradient of PReLU's slope. */
  SLOPE_GRADIENT(2, 2, 2),
  /** The column sums of {@code x[n / 64, 64]}. */
  COLUMN_SUMS(1, 1, 1),
  /** {@code x = max(x + bias, 0)} in rows of 64. */
  BIAS_RELU(1, 2, 2),
  /** A step of descent with momentum: gradient, velocity, weights. */
  MOMENTUM(3, 5, 6),
  /** A step of Adam: gradient, two moments, weights. */
  ADAM(4, 7, 0),
  /** {@code y = e^x}. */
  EXP(2, 2, 0),
  /** {@code y = ln x}. */
  LOG(2, 2, 0),
  /** {@code y = tanh x}. */
  TANH(2, 2, 0),
  /** {@code y = 1 / (1 + e^-x)}. */
  SIGMOID(2, 2, 0);

  private static final int COLUMNS = 64;

  private final int arrays;
  private final int passes;
  private final int flops;

  Operation(int arrays, int passes, int flops) {
    this.arrays = arrays;
    this.passes = passes;
    this.flops = flops;
  }

  /** Return the number of arrays that make up the working set. */
  public int arrays() {
    return arrays;
  }

  /** Return the bytes read and written for one element. */
  public int bytes() {
    return Float.BYTES * passes;
  }

  /** Return the operations on one element, a multiply-add being two; 0 where nobody counts them. */
  public int flops() {
    return flops;
  }

  /**
   * Compute on {@code n} elements from {@code offset}.
   *
   * @param a the arrays, in the order of the formula
   * @param small room for {@link #COLUMNS} numbers: a bias, or the result of a reduction
   */
  void apply(Kernels by, float[][] a, float[] small, int offset, int n) {
    float[] x = a[0];
    float[] y = a[a.length > 1 ? 1 : 0];
    float[] z = a[a.length > 2 ? 2 : 0];
    int rows = n / COLUMNS;
    switch (this) {
      case RELU -> by.map(Unary.RELU, 0f, x, offset, y, offset, n);
      case ADD -> by.binary(Binary.ADD, x, offset, y, offset, z, offset, n);
      case SCALE -> by.binaryRight(Binary.MULTIPLY, x, offset, 0.5f, y, offset, n);
      case COMPLEMENT -> by.binaryLeft(Binary.SUBTRACT, 1f, x, offset, y, offset, n);
      case AXPY -> by.axpy(1e-6f, x, offset, y, offset, n);
      case SUM -> small[0] = by.sum(x, offset, n);
      case DOT -> small[0] = by.dot(x, offset, y, offset, n);
      case MAX -> small[0] = by.max(x, offset, n);
      case SLOPE_GRADIENT -> small[0] = by.slopeGradient(x, offset, y, offset, n);
      case COLUMN_SUMS -> by.columnSums(rows, COLUMNS, x, offset, COLUMNS, small, 0);
      case BIAS_RELU -> by.biasMap(Unary.RELU, 0f, rows, COLUMNS, small, 0, x, offset, COLUMNS);
      case MOMENTUM -> by.momentumStep(1e-6f, 0.9f, 1e-4f, x, offset, y, offset, z, offset, n);
      case ADAM ->
          by.adamStep(
              1e-6f, 0.9f, 0.999f, 1e-8f, 1f, 1e-4f, x, offset, y, offset, z, offset, a[3], offset,
              n);
      case EXP -> by.map(Unary.EXP, 0f, x, offset, y, offset, n);
      case LOG -> by.map(Unary.LOG, 0f, x, offset, y, offset, n);
      case TANH -> by.map(Unary.TANH, 0f, x, offset, y, offset, n);
      case SIGMOID -> by.map(Unary.SIGMOID, 0f, x, offset, y, offset, n);
    }
  }
}
