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
 * v^T}. Reflections are gathered by the panel of 32 columns into {@code I - V T V^T}, so that
 * nearly all the work is matrix products. The diagonal of {@code r} has either sign.
 *
 * <p>Every sum has a fixed order, and threads split columns: the bits depend on the matrix alone. A
 * NaN or an infinity in the matrix spreads over the result.
 *
 * @see <a href="https://doi.org/10.1137/0910005">Schreiber and Van Loan 1989, A storage-efficient
 *     WY representation for products of Householder transformations</a>
 */
public final class HouseholderQr {

  /** Columns of a panel: wide enough for fast products, and its own work stays small beside. */
  private static final int PANEL = 32;

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

  private HouseholderQr(Tensor a) {
    rows = a.extent(0);
    columns = a.extent(1);
    upper = a.toArray();
    reflectors = new float[a.size()];
    factors = new float[columns * PANEL];
  }

  /**
   * Factor a matrix.
   *
   * @param a matrix [m, n] with m >= n; it is not changed
   * @return its factorization
   * @throws ShapeMismatchException if {@code a} is no matrix, or has more columns than rows
   */
  public static HouseholderQr of(Tensor a) {
    if (a.rank() != 2 || a.extent(0) < a.extent(1)) {
      throw new ShapeMismatchException(
          "qr: the operand must be a matrix with at least as many rows as columns, but got "
              + a.shape()
              + "; reshape or transpose it");
    }
    HouseholderQr qr = new HouseholderQr(a);
    for (int first = 0; first < qr.columns; first += PANEL) {
      qr.factorPanel(first);
      int rest = first + qr.width(first);
      // q^T is the panels' reflections in the order in which they were found, each transposed.
      qr.applyPanel(first, Form.TN, qr.upper, rest);
    }
    return qr;
  }

  /** Return the orthonormal columns, a new tensor [m, n]. */
  public Tensor q() {
    Tensor q = Tensor.zeros(rows, columns);
    for (int i = 0; i < columns; i++) {
      q.array()[i * columns + i] = 1f;
    }
    for (int first = (columns - 1) / PANEL * PANEL; first >= 0 && columns > 0; first -= PANEL) {
      // Left of the panel, the rows that it changes are still zero.
      applyPanel(first, Form.NN, q.array(), first);
    }
    return q;
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

  private int width(int first) {
    return Math.min(PANEL, columns - first);
  }

  /**
   * Find the reflections of a panel.
   *
   * <p>They are written to {@link #reflectors} and {@link #factors}; {@link #upper} gets the
   * panel's columns of r. The panel is turned on its side for the time, so that a column is
   * contiguous.
   */
  private void factorPanel(int first) {
    int width = width(first);
    int length = rows - first;
    float[] panel = new float[width * length];
    for (int i = 0; i < length; i++) {
      for (int c = 0; c < width; c++) {
        panel[c * length + i] = upper[(first + i) * columns + first + c];
      }
    }
    for (int c = 0; c < width; c++) {
      int v = (first + c) * rows + first + c;
      int below = length - c;
      float tau = reflect(panel, c * length + c, v, below);
      for (int right = c + 1; right < width; right++) {
        int x = right * length + c;
        float along = KERNELS.dot(reflectors, v, panel, x, below);
        KERNELS.axpy(-tau * along, reflectors, v, panel, x, below);
      }
      gather(first, c, tau);
    }
    for (int c = 0; c < width; c++) {
      for (int i = 0; i <= c; i++) {
        upper[(first + i) * columns + first + c] = panel[c * length + i];
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

  /** Add a reflection to its panel's -T: {@code T[:c, c] = -tau T[:c, :c] (V^T v)[:c]}. */
  private void gather(int first, int c, float tau) {
    int v = (first + c) * rows + first + c;
    double[] along = new double[c];
    for (int l = 0; l < c; l++) {
      along[l] = KERNELS.dot(reflectors, v - (c - l) * rows, reflectors, v, rows - first - c);
    }
    for (int i = 0; i < c; i++) {
      double sum = 0;
      for (int l = i; l < c; l++) {
        sum += factors[(first + i) * PANEL + l] * along[l];
      }
      factors[(first + i) * PANEL + c] = (float) (-tau * sum);
    }
    factors[(first + c) * PANEL + c] = -tau;
  }

  /**
   * Apply a panel's reflections to the columns of a matrix [rows, columns] from {@code left} on.
   */
  private void applyPanel(int first, Form form, float[] matrix, int left) {
    int extent = columns - left;
    float[] along = new float[width(first) * extent];
    float[] factored = new float[along.length];
    if ((long) along.length * (rows - first) < LEAST) {
      applyPanel(first, form, matrix, left, along, factored, Share.WHOLE);
    } else {
      Workers.run(share -> applyPanel(first, form, matrix, left, along, factored, share));
    }
  }

  /**
   * Compute one thread's columns of {@code c + V ((-T) (V^T c))}, with T transposed for {@code TN}.
   */
  private void applyPanel(
      int first,
      Form form,
      float[] matrix,
      int left,
      float[] along,
      float[] factored,
      Share share) {
    int width = width(first);
    int length = rows - first;
    int v = first * rows + first;
    int t = first * PANEL;
    int extent = columns - left;
    int from = share.from(extent, COLUMN_UNIT);
    int n = share.to(extent, COLUMN_UNIT) - from;
    int c = first * columns + left + from;
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
        from,
        extent,
        false);
    KERNELS.gemm(
        form, width, n, width, factors, t, PANEL, along, from, extent, factored, from, extent,
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
        from,
        extent,
        matrix,
        c,
        columns,
        true);
  }
}
