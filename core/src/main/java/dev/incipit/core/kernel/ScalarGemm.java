package dev.incipit.core.kernel;

import java.util.Arrays;

/**
 * The specification of a matrix product: per element one chain {@code acc = fma(a, b, acc)}, k
 * ascending.
 *
 * <p>Where the Vector API is absent these loops serve, so they are laid out as C2 vectorizes them.
 * It does so only where every array of a loop is indexed by the loop's variable itself, for it
 * takes {@code x[xo + i]} and {@code y[yo + i]} for the same memory otherwise. Hence rows of {@code
 * b} are copied to arrays that start at 0, eight steps of k at a time, and the sums of {@link
 * #ROWS} rows stay in such arrays until they are complete.
 *
 * <p>Before and behind its vectors such a loop computes up to a vector of numbers one by one, so it
 * has to be long. A product of few columns and more rows is computed as {@code c^T = b^T a^T}: the
 * chain of an element is the same, for the factors of a multiplication may change places. 128 x 100
 * x 10 ran at 7 GFLOP/s otherwise, and at 24 so (Zen 5).
 */
final class ScalarGemm {

  /** Steps of k at a time. */
  private static final int STEPS = 8;

  /** Columns at a time: with nine rows of them, 18 kB, a block stays in the first-level cache. */
  private static final int COLUMNS = 512;

  /**
   * Rows whose sums are kept, 128 kB of a second-level cache: as many share a copy of b. With 32 of
   * them 512 x 512 x 512 ran at 86 GFLOP/s, with 64 at 94, with 128 at 94; where the sums went to
   * {@code c} and back every eight steps, at 63 (Zen 5).
   */
  private static final int ROWS = 64;

  /** The copies of a thread, for kernels allocate nothing. */
  private static final ThreadLocal<ScalarGemm> OF_THREAD = ThreadLocal.withInitial(ScalarGemm::new);

  private final float[][] right = new float[STEPS][COLUMNS];
  private final float[][] sums = new float[ROWS][COLUMNS];

  private ScalarGemm() {}

  static void gemm(
      Form form,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    ScalarGemm copies = OF_THREAD.get();
    int aRow = form == Form.TN ? 1 : lda;
    int aStep = form == Form.TN ? lda : 1;
    int bStep = form == Form.NT ? 1 : ldb;
    int bColumn = form == Form.NT ? ldb : 1;
    if (n <= ROWS && m >= 2 * n) {
      copies.multiply(
          n, m, k, b, bo, bColumn, bStep, a, ao, aStep, aRow, c, co, 1, ldc, accumulate);
    } else {
      copies.multiply(
          m, n, k, a, ao, aRow, aStep, b, bo, bStep, bColumn, c, co, ldc, 1, accumulate);
    }
  }

  /**
   * Multiply matrices of any layout.
   *
   * @param aRow distance of the rows of {@code a}, and so on
   */
  private void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aRow,
      int aStep,
      float[] b,
      int bo,
      int bStep,
      int bColumn,
      float[] c,
      int co,
      int cRow,
      int cColumn,
      boolean accumulate) {
    for (int j = 0; j < n; j += COLUMNS) {
      int cols = Math.min(COLUMNS, n - j);
      for (int i = 0; i < m; i += ROWS) {
        int rows = Math.min(ROWS, m - i);
        int block = co + i * cRow + j * cColumn;
        for (int r = 0; r < rows; r++) {
          if (accumulate) {
            take(cols, c, block + r * cRow, cColumn, sums[r]);
          } else {
            Arrays.fill(sums[r], 0, cols, 0f);
          }
        }
        for (int p = 0; p < k; p += STEPS) {
          int steps = Math.min(STEPS, k - p);
          int from = bo + p * bStep + j * bColumn;
          if (bColumn != 1 && steps == STEPS) {
            turn(cols, b, from, bStep, bColumn, right);
          } else {
            for (int s = 0; s < steps; s++) {
              take(cols, b, from + s * bStep, bColumn, right[s]);
            }
          }
          for (int r = 0; r < rows; r++) {
            add(a, ao + (i + r) * aRow + p * aStep, aStep, steps, right, sums[r], cols);
          }
        }
        for (int r = 0; r < rows; r++) {
          put(cols, sums[r], c, block + r * cRow, cColumn);
        }
      }
    }
  }

  /** Copy eight steps, column by column: where columns lie apart, their steps share a line. */
  private static void turn(int n, float[] x, int xo, int step, int column, float[][] y) {
    float[] y0 = y[0];
    float[] y1 = y[1];
    float[] y2 = y[2];
    float[] y3 = y[3];
    float[] y4 = y[4];
    float[] y5 = y[5];
    float[] y6 = y[6];
    float[] y7 = y[7];
    for (int j = 0; j < n; j++) {
      int at = xo + j * column;
      y0[j] = x[at];
      y1[j] = x[at + step];
      y2[j] = x[at + 2 * step];
      y3[j] = x[at + 3 * step];
      y4[j] = x[at + 4 * step];
      y5[j] = x[at + 5 * step];
      y6[j] = x[at + 6 * step];
      y7[j] = x[at + 7 * step];
    }
  }

  /** Copy numbers that are a distance apart to the start of an array. */
  private static void take(int n, float[] x, int xo, int distance, float[] y) {
    if (distance == 1) {
      System.arraycopy(x, xo, y, 0, n);
    } else {
      for (int j = 0; j < n; j++) {
        y[j] = x[xo + j * distance];
      }
    }
  }

  /** Copy the start of an array to places that are a distance apart. */
  private static void put(int n, float[] x, float[] y, int yo, int distance) {
    if (distance == 1) {
      System.arraycopy(x, 0, y, yo, n);
    } else {
      for (int j = 0; j < n; j++) {
        y[yo + j * distance] = x[j];
      }
    }
  }

  /** Add to sums the products of some steps; a's numbers are a distance apart. */
  private static void add(
      float[] a, int ao, int distance, int steps, float[][] b, float[] sums, int n) {
    if (steps == STEPS) {
      eightSteps(a, ao, distance, b, sums, n);
    } else {
      for (int s = 0; s < steps; s++) {
        oneStep(a[ao + s * distance], b[s], sums, n);
      }
    }
  }

  private static void oneStep(float a, float[] b, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }

  private static void eightSteps(float[] a, int ao, int distance, float[][] b, float[] c, int n) {
    float a0 = a[ao];
    float a1 = a[ao + distance];
    float a2 = a[ao + 2 * distance];
    float a3 = a[ao + 3 * distance];
    float a4 = a[ao + 4 * distance];
    float a5 = a[ao + 5 * distance];
    float a6 = a[ao + 6 * distance];
    float a7 = a[ao + 7 * distance];
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float[] b3 = b[3];
    float[] b4 = b[4];
    float[] b5 = b[5];
    float[] b6 = b[6];
    float[] b7 = b[7];
    for (int j = 0; j < n; j++) {
      float sum = Math.fma(a0, b0[j], c[j]);
      sum = Math.fma(a1, b1[j], sum);
      sum = Math.fma(a2, b2[j], sum);
      sum = Math.fma(a3, b3[j], sum);
      sum = Math.fma(a4, b4[j], sum);
      sum = Math.fma(a5, b5[j], sum);
      sum = Math.fma(a6, b6[j], sum);
      c[j] = Math.fma(a7, b7[j], sum);
    }
  }
}
