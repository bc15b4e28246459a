package dev.incipit.core.kernel;

import java.util.Arrays;

/**
 * The specification of a matrix product: per element one chain {@code acc = fma(a, b, acc)}, k
 * ascending.
 *
 * <p>Where the Vector API is absent these loops serve, so they are laid out as C2 vectorizes them.
 * It does so only where every array of a loop is indexed by the loop's variable itself, for it
 * takes {@code x[xo + i]} and {@code y[yo + i]} for the same memory otherwise. Hence rows of {@code
 * b} and of {@code c} are copied to arrays that start at 0; and eight steps of k share the copies.
 */
final class ScalarGemm {

  /** Steps of k at a time. */
  private static final int STEPS = 8;

  /** Columns at a time: with nine rows of them, 18 kB, a block stays in the first-level cache. */
  private static final int COLUMNS = 512;

  /** The copies of a thread, for kernels allocate nothing. */
  private static final ThreadLocal<ScalarGemm> OF_THREAD = ThreadLocal.withInitial(ScalarGemm::new);

  private final float[][] right = new float[STEPS][COLUMNS];
  private final float[] sums = new float[COLUMNS];

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
    if (!accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0f);
      }
    }
    ScalarGemm copies = OF_THREAD.get();
    int row = form == Form.TN ? 1 : lda;
    int step = form == Form.TN ? lda : 1;
    for (int j = 0; j < n; j += COLUMNS) {
      int cols = Math.min(COLUMNS, n - j);
      for (int p = 0; p < k; p += STEPS) {
        int steps = Math.min(STEPS, k - p);
        int at = form == Form.NT ? bo + j * ldb + p : bo + p * ldb + j;
        copies.takeRight(form, steps, cols, b, at, ldb);
        for (int i = 0; i < m; i++) {
          int to = co + i * ldc + j;
          copies.addTo(c, to, cols, a, ao + i * row + p * step, step, steps);
        }
      }
    }
  }

  /** Copy some steps of b, each a row of its columns. */
  private void takeRight(Form form, int steps, int cols, float[] b, int bo, int ldb) {
    for (int s = 0; s < steps; s++) {
      if (form == Form.NT) {
        for (int j = 0; j < cols; j++) {
          right[s][j] = b[bo + j * ldb + s];
        }
      } else {
        System.arraycopy(b, bo + s * ldb, right[s], 0, cols);
      }
    }
  }

  /** Add to a row of c the products of some steps; a's numbers are a distance apart. */
  private void addTo(float[] c, int co, int cols, float[] a, int ao, int distance, int steps) {
    System.arraycopy(c, co, sums, 0, cols);
    if (steps == STEPS) {
      eightSteps(a, ao, distance, right, sums, cols);
    } else {
      for (int s = 0; s < steps; s++) {
        oneStep(a[ao + s * distance], right[s], sums, cols);
      }
    }
    System.arraycopy(sums, 0, c, co, cols);
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
