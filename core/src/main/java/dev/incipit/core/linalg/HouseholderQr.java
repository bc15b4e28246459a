package dev.incipit.core.linalg;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;

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

  private final int rows;
  private final int columns;

  /** Holds the matrix [rows, columns]: in the end r, and below its diagonal the reflections. */
  private final float[] numbers;

  /** Where the matrix begins. */
  private final int origin;

  private final Reflections reflections;

  /** A strip turned on its side [STRIP, rows]. */
  private final float[] strip;

  private HouseholderQr(Tensor a) {
    rows = a.extent(0);
    columns = a.extent(1);
    numbers = a.array();
    origin = a.offset();
    reflections = new Reflections(rows, columns, PANEL);
    strip = new float[Math.min(STRIP, columns) * rows];
    for (int first = 0; first < columns; first += PANEL) {
      int rest = first + width(first);
      factorPanel(first, rest);
      // q^T is the panels' reflections in the order in which they were found, each transposed.
      reflections.apply(first, first, rest, Form.TN, numbers, origin, rest, columns);
    }
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
    return new HouseholderQr(a.copy());
  }

  /**
   * Replace the columns of a matrix by the orthonormal ones of its factorization, in its own
   * memory.
   *
   * @param a matrix [m, n] with m >= n, replaced by q
   * @return the diagonal of r, a new tensor [n]
   * @throws ShapeMismatchException if {@code a} is no matrix, or has more columns than rows
   */
  public static Tensor orthonormalize(Tensor a) {
    requireTall(a);
    HouseholderQr qr = new HouseholderQr(a);
    Tensor diagonal = qr.diagonal();
    qr.expand(a.array(), a.offset());
    return diagonal;
  }

  private static void requireTall(Tensor a) {
    if (a.rank() != 2 || a.extent(0) < a.extent(1)) {
      throw new ShapeMismatchException(
          "qr: the operand must be a matrix with at least as many rows as columns, but got "
              + a.shape()
              + "; reshape or transpose it");
    }
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
    System.arraycopy(numbers, origin, out.array(), out.offset(), rows * columns);
    expand(out.array(), out.offset());
  }

  /**
   * Turn the factorized matrix that begins at {@code at} into q, from the last panel to the first.
   */
  private void expand(float[] q, int at) {
    for (int first = (columns - 1) / PANEL * PANEL; first >= 0 && columns > 0; first -= PANEL) {
      int end = first + width(first);
      reflections.load(first, end, q, at);
      // Columns of the identity, in the panel and to the right of it.
      for (int row = first; row < rows; row++) {
        int begin = at + row * columns;
        Arrays.fill(q, begin + first, begin + (row < end ? columns : end), 0f);
        if (row < end) {
          q[begin + row] = 1f;
        }
      }
      reflections.apply(first, first, end, Form.NN, q, at, first, columns);
    }
  }

  /** Return the upper triangle, a new tensor [n, n] with zeros below the diagonal. */
  public Tensor r() {
    Tensor r = Tensor.zeros(Shape.of(columns, columns));
    for (int i = 0; i < columns; i++) {
      int diagonal = i * columns + i;
      System.arraycopy(numbers, origin + diagonal, r.array(), diagonal, columns - i);
    }
    return r;
  }

  /** Return the diagonal of the upper triangle, a new tensor [n]. */
  public Tensor diagonal() {
    Tensor diagonal = Tensor.zeros(columns);
    for (int i = 0; i < columns; i++) {
      diagonal.array()[i] = numbers[origin + i * columns + i];
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
      reflections.apply(first, from, to, Form.TN, numbers, origin, to, end);
    }
  }

  /**
   * Find the reflections of columns {@code [from, to)}.
   *
   * <p>{@link #numbers} gets the columns of r, and below the diagonal the reflections. The strip is
   * turned on its side for the time, so that a column is contiguous.
   *
   * @param first where the strip's panel begins
   */
  private void factorStrip(int first, int from, int to) {
    int width = to - from;
    int length = rows - from;
    for (int i = 0; i < length; i++) {
      int row = origin + (from + i) * columns + from;
      for (int c = 0; c < width; c++) {
        strip[c * length + i] = numbers[row + c];
      }
    }
    float[] taus = new float[width];
    for (int c = 0; c < width; c++) {
      int column = from + c;
      taus[c] = reflections.find(first, column, strip, c * length + c);
      for (int right = c + 1; right < width; right++) {
        reflections.applyOne(first, column, taus[c], strip, right * length + c);
      }
    }
    reflections.gather(first, from, to, taus);
    for (int i = 0; i < length; i++) {
      int row = origin + (from + i) * columns + from;
      for (int c = 0; c < width; c++) {
        numbers[row + c] = strip[c * length + i];
      }
    }
  }
}
