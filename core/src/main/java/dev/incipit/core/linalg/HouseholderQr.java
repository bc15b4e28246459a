package dev.incipit.core.linalg;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;

/**
 * A matrix as the product {@code a = q r} of orthonormal columns and an upper triangle.
 *
 * <p>Each column in turn is mapped to a multiple of a unit vector by a reflection {@code I - tau v
 * v^T}. Reflections are gathered by the panel of 64 columns into {@code I - V T V^T}, so that
 * nearly all the work is matrix products. The diagonal of {@code r} has either sign.
 *
 * <p>Every sum has a fixed order, and threads split columns: the bits depend on the matrix alone. A
 * NaN or an infinity in the matrix spreads over the result.
 *
 * @see <a href="https://doi.org/10.1137/0910005">Schreiber and Van Loan 1989, A storage-efficient
 *     WY representation for products of Householder transformations</a>
 */
public final class HouseholderQr {

  /**
   * Columns of a panel: each reads and writes the rest of the matrix once, which lies beyond the
   * second-level cache, so the products of 32 columns would wait for memory.
   */
  private static final int PANEL = 64;

  /** Columns of a strip, within which reflections are applied one by one. */
  private static final int STRIP = 16;

  /** Multiplications below which one thread applies a panel alone: some ten microseconds. */
  private static final long LEAST = 1L << 20;

  /** Threads divide columns in these units: whole tiles of a product at every vector width. */
  private static final int COLUMN_UNIT = 32;

  private static final Kernels KERNELS = Kernels.active();

  private final int rows;
  private final int columns;

  /** The matrix on its way to r [rows, columns]: in the end its upper triangle. */
  private final float[] upper;

  /** Vectors of the reflections as rows [columns, rows]: zeros, a one on the diagonal, the rest. */
  private final float[] reflectors;

  /** Panel by panel, -T [columns, PANEL]: negative, so that applying a panel adds. */
  private final float[] factors;

  /** {@code V^T c} and {@code (-T) V^T c} of a panel [PANEL, columns]. */
  private final float[] along;

  private final float[] factored;

  /** A strip turned on its side [STRIP, rows]. */
  private final float[] strip;

  private HouseholderQr(int rows, int columns, float[] numbers) {
    this.rows = rows;
    this.columns = columns;
    upper = numbers;
    reflectors = new float[rows * columns];
    factors = new float[columns * PANEL];
    along = new float[PANEL * columns];
    factored = new float[PANEL * columns];
    strip = new float[STRIP * rows];
  }

  /**
   * Factor a matrix.
   *
   * @param a matrix [m, n] with m >= n; it is not changed
   * @return its factorization
   * @throws ShapeMismatchException if {@code a} is no matrix, or has more columns than rows
   */
  public static HouseholderQr of(Tensor a) {
    requireTall(a);
    return factor(a.extent(0), a.extent(1), a.toArray());
  }

  /**
   * Factor a matrix in its own memory, for one that is not needed again.
   *
   * @param a matrix [m, n] with m >= n; its numbers are lost
   * @return its factorization, which keeps the matrix's array
   * @throws ShapeMismatchException if {@code a} is no matrix, or has more columns than rows
   */
  public static HouseholderQr inPlace(Tensor a) {
    requireTall(a);
    boolean isWholeArray = a.offset() == 0 && a.array().length == a.size();
    return factor(a.extent(0), a.extent(1), isWholeArray ? a.array() : a.toArray());
  }

  private static void requireTall(Tensor a) {
    if (a.rank() != 2 || a.extent(0) < a.extent(1)) {
      throw new ShapeMismatchException(
          "qr: the operand must be a matrix with at least as many rows as columns, but got "
              + a.shape()
              + "; reshape or transpose it");
    }
  }

  private static HouseholderQr factor(int rows, int columns, float[] numbers) {
    HouseholderQr qr = new HouseholderQr(rows, columns, numbers);
    for (int first = 0; first < qr.columns; first += PANEL) {
      int rest = first + qr.width(first);
      qr.factorPanel(first, rest);
      // q^T is the panels' reflections in the order in which they were found, each transposed.
      qr.apply(first, first, rest, Form.TN, qr.upper, 0, rest, qr.columns);
    }
    return qr;
  }

  /** Return the orthonormal columns, a new tensor [m, n]. */
  public Tensor q() {
    Tensor q = Tensor.zeros(rows, columns);
    q(q);
    return q;
  }

  /**
   * Write the orthonormal columns.
   *
   * @param out result [m, n]
   * @throws ShapeMismatchException if it has another shape
   */
  public void q(Tensor out) {
    Shape shape = Shape.of(rows, columns);
    if (!out.shape().equals(shape)) {
      throw new ShapeMismatchException(
          "qr: q has shape "
              + shape
              + ", but got an output "
              + out.shape()
              + "; pass a matching one");
    }
    out.fill(0f);
    for (int i = 0; i < columns; i++) {
      out.array()[out.offset() + i * columns + i] = 1f;
    }
    for (int first = (columns - 1) / PANEL * PANEL; first >= 0 && columns > 0; first -= PANEL) {
      // Left of the panel, the rows that it changes are still zero.
      apply(first, first, first + width(first), Form.NN, out.array(), out.offset(), first, columns);
    }
  }

  /** Return the upper triangle, a new tensor [n, n] with zeros below the diagonal. */
  public Tensor r() {
    Tensor r = Tensor.zeros(Shape.of(columns, columns));
    for (int i = 0; i < columns; i++) {
      int diagonal = i * columns + i;
      System.arraycopy(upper, diagonal, r.array(), diagonal, columns - i);
    }
    return r;
  }

  /** Return the diagonal of the upper triangle, a new tensor [n]. */
  public Tensor diagonal() {
    Tensor diagonal = Tensor.zeros(columns);
    for (int i = 0; i < columns; i++) {
      diagonal.array()[i] = upper[i * columns + i];
    }
    return diagonal;
  }

  private int width(int first) {
    return Math.min(PANEL, columns - first);
  }

  /** Find the reflections of a panel, and apply those of each strip to the panel's rest. */
  private void factorPanel(int first, int end) {
    for (int from = first; from < end; from += STRIP) {
      int to = Math.min(from + STRIP, end);
      factorStrip(first, from, to);
      apply(first, from, to, Form.TN, upper, 0, to, end);
    }
  }

  /**
   * Find the reflections of columns {@code [from, to)}.
   *
   * <p>They are written to {@link #reflectors} and {@link #factors}; {@link #upper} gets the
   * columns of r. The strip is turned on its side for the time, so that a column is contiguous.
   *
   * @param first where the strip's panel begins
   */
  private void factorStrip(int first, int from, int to) {
    int width = to - from;
    int length = rows - from;
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < width; c++) {
        strip[c * length + i] = upper[(from + i) * columns + from + c];
      }
    }
    float[] taus = new float[width];
    for (int c = 0; c < width; c++) {
      int v = (from + c) * rows + from + c;
      int below = length - c;
      float tau = reflect(strip, c * length + c, v, below);
      for (int right = c + 1; right < width; right++) {
        int x = right * length + c;
        float product = KERNELS.dot(reflectors, v, strip, x, below);
        KERNELS.axpy(-tau * product, reflectors, v, strip, x, below);
      }
      taus[c] = tau;
    }
    gather(first, from, to, taus);
    for (int c = 0; c < width; c++) {
      for (int i = 0; i <= c; i++) {
        upper[(from + i) * columns + from + c] = strip[c * length + i];
      }
    }
  }

  /**
   * Find the reflection of {@code x[at .. at + n)} to a multiple of the first unit vector.
   *
   * <p>Tau is computed from the vector as rounded, so that the reflection stays orthogonal to
   * within tau's own rounding. The sums are in double: squares of floats neither overflow nor
   * vanish there.
   *
   * @param x the column, whose first number is replaced by that multiple
   * @param v where in {@link #reflectors} the vector goes
   * @return tau; 0, for the identity, where there is nothing to map
   */
  private float reflect(float[] x, int at, int v, int n) {
    reflectors[v] = 1f;
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
      reflectors[v + i] = component;
      sum += (double) component * component;
    }
    x[at] = (float) image;
    return (float) (2 / sum);
  }

  /**
   * Add a strip's reflections to its panel's -T, one after the other: {@code T[:c, c] = -tau T[:c,
   * :c] (V^T v)[:c]}, summed in double, for the vectors of a matrix that is nearly singular are
   * nearly parallel, and T is large there.
   */
  private void gather(int first, int from, int to, float[] taus) {
    double[] products = new double[to - first];
    for (int c = from - first; c < to - first; c++) {
      float tau = taus[first + c - from];
      int v = (first + c) * rows + first + c;
      for (int l = 0; l < c; l++) {
        products[l] = KERNELS.dot(reflectors, v - (c - l) * rows, reflectors, v, rows - first - c);
      }
      for (int i = 0; i < c; i++) {
        double sum = 0;
        int t = (first + i) * PANEL;
        for (int l = i; l < c; l++) {
          sum += factors[t + l] * products[l];
        }
        factors[t + c] = (float) (-tau * sum);
      }
      factors[(first + c) * PANEL + c] = -tau;
    }
  }

  /**
   * Apply the reflections of columns {@code [from, to)}, of the panel that begins at {@code first},
   * to the columns {@code [left, right)} of a matrix [rows, columns] that starts at {@code origin}.
   */
  private void apply(
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
    int v = from * rows + from;
    int t = from * PANEL + from - first;
    int begin = left + share.from(right - left, COLUMN_UNIT);
    int n = left + share.to(right - left, COLUMN_UNIT) - begin;
    int c = origin + from * columns + begin;
    KERNELS.gemm(
        Form.NN,
        width,
        n,
        length,
        reflectors,
        v,
        rows,
        matrix,
        c,
        columns,
        along,
        begin,
        columns,
        false);
    KERNELS.gemm(
        form, width, n, width, factors, t, PANEL, along, begin, columns, factored, begin, columns,
        false);
    KERNELS.gemm(
        Form.TN,
        length,
        n,
        width,
        reflectors,
        v,
        rows,
        factored,
        begin,
        columns,
        matrix,
        c,
        columns,
        true);
  }
}
