package dev.incipit.core.linalg;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import java.util.Arrays;

/**
 * The reflections {@code I - tau v v^T} of a matrix's columns, gathered by the panel into {@code I
 * - V T V^T}.
 */
final class Reflections {

  /** Multiplications below which one thread applies a panel alone: some ten microseconds. */
  private static final long LEAST = 1L << 20;

  /** Threads divide columns in these units: whole tiles of a product at every vector width. */
  private static final int COLUMN_UNIT = 32;

  /** Rows whose products are summed in float. */
  private static final int CHUNK = 32;

  private static final Kernels KERNELS = Kernels.active();

  private final int rows;
  private final int columns;

  /** Columns of a panel. */
  private final int panel;

  /** The vectors of a panel as rows [panel, stride]: zeros, a one on the diagonal, the rest. */
  private final float[] vectors;

  /**
   * How far apart the vectors begin: at least the number of rows, but no power of two, for such
   * vectors share the sets of a cache.
   */
  private final int stride;

  /** Panel by panel, -T [columns, panel]: negative, so that applying a panel adds. */
  private final float[] factors;

  /** {@code V^T c} and {@code (-T) V^T c} of a panel [panel, columns]. */
  private final float[] along;

  private final float[] factored;

  /** Products of a strip's vectors with those of its panel, and what some rows add to them. */
  private final double[] products;

  private final float[] partial;

  Reflections(int rows, int columns, int panel) {
    this.rows = rows;
    this.columns = columns;
    this.panel = panel;
    // An odd multiple of 16.
    stride = ((rows + 15) & -16) | 16;
    vectors = new float[Math.min(panel, columns) * stride];
    factors = new float[columns * panel];
    along = new float[panel * columns];
    factored = new float[panel * columns];
    products = new double[panel * panel];
    partial = new float[panel * panel];
  }

  /** Return where the vector of a column has its one, in the panel that begins at {@code first}. */
  private int start(int first, int column) {
    return (column - first) * stride + column;
  }

  /**
   * Find the reflection of a column, from its diagonal down, to a multiple of the first unit
   * vector.
   *
   * <p>Tau is computed from the vector as rounded, so that the reflection stays orthogonal to
   * within tau's own rounding. The sums are in double: squares of floats neither overflow nor
   * vanish there.
   *
   * @param first where its panel begins
   * @param column which column
   * @param x holds it
   * @param at where its diagonal lies, which is replaced by that multiple, and what is below by the
   *     vector
   * @return tau; 0, for the identity, where there is nothing to map
   */
  float find(int first, int column, float[] x, int at) {
    int n = rows - column;
    int v = start(first, column);
    Arrays.fill(vectors, v - (column - first), v, 0f);
    vectors[v] = 1f;
    double square = sumOfSquares(x, at + 1, n - 1);
    if (square == 0) {
      Arrays.fill(vectors, v + 1, v + n, 0f);
      return 0f;
    }
    double head = x[at];
    double norm = Math.sqrt(head * head + square);
    // Away from the head, so that the difference does not cancel.
    double image = head > 0 ? -norm : norm;
    double divisor = head - image;
    for (int i = 1; i < n; i++) {
      x[at + i] = (float) (x[at + i] / divisor);
    }
    x[at] = (float) image;
    System.arraycopy(x, at + 1, vectors, v + 1, n - 1);
    return (float) (2 / (1 + sumOfSquares(x, at + 1, n - 1)));
  }

  /** Sum squares in double, four sums side by side, which one alone would make wait. */
  private static double sumOfSquares(float[] x, int at, int n) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < n - 3; i += 4) {
      sum0 += (double) x[at + i] * x[at + i];
      sum1 += (double) x[at + i + 1] * x[at + i + 1];
      sum2 += (double) x[at + i + 2] * x[at + i + 2];
      sum3 += (double) x[at + i + 3] * x[at + i + 3];
    }
    for (; i < n; i++) {
      sum0 += (double) x[at + i] * x[at + i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  /** Apply the reflection of a column to another: to its numbers from that diagonal's row down. */
  void applyOne(int first, int column, float tau, float[] x, int at) {
    int n = rows - column;
    int v = start(first, column);
    float product = KERNELS.dot(vectors, v, x, at, n);
    KERNELS.axpy(-tau * product, vectors, v, x, at, n);
  }

  /**
   * Add a strip's reflections to its panel's -T, one after the other: {@code T[:c, c] = -tau T[:c,
   * :c] (V^T v)[:c]}, summed in double, for the vectors of a matrix that is nearly singular are
   * nearly parallel, and T is large there. V^T v is a product of matrices for a few rows at a time:
   * over all of them its sums, chains in float, would lose as much again.
   */
  void gather(int first, int from, int to, float[] taus) {
    int before = to - first;
    int size = (to - from) * before;
    Arrays.fill(products, 0, size, 0);
    // Above the strip its vectors are zero.
    for (int row = from; row < rows; row += CHUNK) {
      KERNELS.gemm(
          Form.NT,
          to - from,
          before,
          Math.min(CHUNK, rows - row),
          vectors,
          (from - first) * stride + row,
          stride,
          vectors,
          row,
          stride,
          partial,
          0,
          before,
          false);
      for (int i = 0; i < size; i++) {
        products[i] += partial[i];
      }
    }
    for (int c = from - first; c < before; c++) {
      float tau = taus[first + c - from];
      int product = (first + c - from) * before;
      for (int i = 0; i < c; i++) {
        double sum = 0;
        int t = (first + i) * panel;
        for (int l = i; l < c; l++) {
          sum += factors[t + l] * products[product + l];
        }
        factors[t + c] = (float) (-tau * sum);
      }
      factors[(first + c) * panel + c] = -tau;
    }
  }

  /** Take the vectors of columns {@code [first, end)} from below a matrix's diagonal. */
  void load(int first, int end, float[] matrix, int origin) {
    int width = end - first;
    for (int row = first; row < rows; row++) {
      int at = origin + row * columns + first;
      int below = Math.min(row - first, width);
      for (int c = 0; c < below; c++) {
        vectors[c * stride + row] = matrix[at + c];
      }
      if (row < end) {
        vectors[below * stride + row] = 1f;
        for (int c = below + 1; c < width; c++) {
          vectors[c * stride + row] = 0f;
        }
      }
    }
  }

  /**
   * Apply the reflections of columns {@code [from, to)}, of the panel that begins at {@code first},
   * to the columns {@code [left, right)} of a matrix [rows, columns] that starts at {@code origin}.
   */
  void apply(
      int first, int from, int to, Form form, float[] matrix, int origin, int left, int right) {
    long work = (long) (to - from) * (right - left) * (rows - from);
    if (work < LEAST) {
      apply(first, from, to, form, matrix, origin, left, right, Share.WHOLE);
    } else {
      Workers.run(share -> apply(first, from, to, form, matrix, origin, left, right, share));
    }
  }

  /**
   * Compute one thread's columns of {@code c + V ((-T) (V^T c))}, with T transposed for {@code TN}.
   */
  private void apply(
      int first,
      int from,
      int to,
      Form form,
      float[] matrix,
      int origin,
      int left,
      int right,
      Share share) {
    int width = to - from;
    int length = rows - from;
    int v = start(first, from);
    int t = from * panel + from - first;
    int begin = left + share.from(right - left, COLUMN_UNIT);
    int n = left + share.to(right - left, COLUMN_UNIT) - begin;
    int c = origin + from * columns + begin;
    KERNELS.gemm(
        Form.NN, width, n, length, vectors, v, stride, matrix, c, columns, along, begin, columns,
        false);
    KERNELS.gemm(
        form, width, n, width, factors, t, panel, along, begin, columns, factored, begin, columns,
        false);
    KERNELS.gemm(
        Form.TN, length, n, width, vectors, v, stride, factored, begin, columns, matrix, c, columns,
        true);
  }
}
