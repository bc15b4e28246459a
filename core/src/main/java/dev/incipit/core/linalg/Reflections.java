package dev.incipit.core.linalg;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;

/**
 * The reflections {@code I - tau v v^T} of a matrix's columns, gathered by the panel into {@code I
 * - V T V^T}.
 */
final class Reflections {

  /** Multiplications below which one thread applies a panel alone: some ten microseconds. */
  private static final long LEAST = 1L << 20;

  /** Threads divide columns in these units: whole tiles of a product at every vector width. */
  private static final int COLUMN_UNIT = 32;

  private static final Kernels KERNELS = Kernels.active();

  private final int rows;
  private final int columns;

  /** Columns of a panel. */
  private final int panel;

  /** The vectors as rows [columns, rows]: zeros, a one on the diagonal, the rest. */
  private final float[] vectors;

  /** Panel by panel, -T [columns, panel]: negative, so that applying a panel adds. */
  private final float[] factors;

  /** {@code V^T c} and {@code (-T) V^T c} of a panel [panel, columns]. */
  private final float[] along;

  private final float[] factored;

  Reflections(int rows, int columns, int panel) {
    this.rows = rows;
    this.columns = columns;
    this.panel = panel;
    vectors = new float[rows * columns];
    factors = new float[columns * panel];
    along = new float[panel * columns];
    factored = new float[panel * columns];
  }

  /** Return where a column's vector has its one. */
  private int start(int column) {
    return column * rows + column;
  }

  /**
   * Find the reflection of a column, from its diagonal down, to a multiple of the first unit
   * vector.
   *
   * <p>Tau is computed from the vector as rounded, so that the reflection stays orthogonal to
   * within tau's own rounding. The sums are in double: squares of floats neither overflow nor
   * vanish there.
   *
   * @param column which column
   * @param x holds it
   * @param at where its diagonal lies, which is replaced by that multiple
   * @return tau; 0, for the identity, where there is nothing to map
   */
  float find(int column, float[] x, int at) {
    int n = rows - column;
    int v = start(column);
    vectors[v] = 1f;
    double square = 0;
    for (int i = 1; i < n; i++) {
      square += (double) x[at + i] * x[at + i];
    }
    if (square == 0) {
      return 0f;
    }
    double head = x[at];
    double norm = Math.sqrt(head * head + square);
    // Away from the head, so that the difference does not cancel.
    double image = head > 0 ? -norm : norm;
    double sum = 1;
    for (int i = 1; i < n; i++) {
      float component = (float) (x[at + i] / (head - image));
      vectors[v + i] = component;
      sum += (double) component * component;
    }
    x[at] = (float) image;
    return (float) (2 / sum);
  }

  /** Apply the reflection of a column to another: to its numbers from that diagonal's row down. */
  void applyOne(int column, float tau, float[] x, int at) {
    int n = rows - column;
    float product = KERNELS.dot(vectors, start(column), x, at, n);
    KERNELS.axpy(-tau * product, vectors, start(column), x, at, n);
  }

  /**
   * Add a strip's reflections to its panel's -T, one after the other: {@code T[:c, c] = -tau T[:c,
   * :c] (V^T v)[:c]}, summed in double, for the vectors of a matrix that is nearly singular are
   * nearly parallel, and T is large there.
   */
  void gather(int first, int from, int to, float[] taus) {
    double[] products = new double[to - first];
    for (int c = from - first; c < to - first; c++) {
      float tau = taus[first + c - from];
      int v = start(first + c);
      for (int l = 0; l < c; l++) {
        products[l] = KERNELS.dot(vectors, v - (c - l) * rows, vectors, v, rows - first - c);
      }
      for (int i = 0; i < c; i++) {
        double sum = 0;
        int t = (first + i) * panel;
        for (int l = i; l < c; l++) {
          sum += factors[t + l] * products[l];
        }
        factors[t + c] = (float) (-tau * sum);
      }
      factors[(first + c) * panel + c] = -tau;
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
    int v = start(from);
    int t = from * panel + from - first;
    int begin = left + share.from(right - left, COLUMN_UNIT);
    int n = left + share.to(right - left, COLUMN_UNIT) - begin;
    int c = origin + from * columns + begin;
    KERNELS.gemm(
        Form.NN, width, n, length, vectors, v, rows, matrix, c, columns, along, begin, columns,
        false);
    KERNELS.gemm(
        form, width, n, width, factors, t, panel, along, begin, columns, factored, begin, columns,
        false);
    KERNELS.gemm(
        Form.TN, length, n, width, vectors, v, rows, factored, begin, columns, matrix, c, columns,
        true);
  }
}
