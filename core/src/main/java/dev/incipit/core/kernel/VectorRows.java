package dev.incipit.core.kernel;

/**
 * Softmax and cross-entropy, row by row.
 *
 * <p>A row of fewer than 64 numbers, such as ten classes, is too short to be worth a vector of its
 * own; {@link NarrowRows} computes many of them at once. Here a row is long, and each step is a
 * pass over it in an array that stays in the first-level cache. Fused into one loop over the 64
 * lanes of a sum, the steps would exceed what the compiler inlines into one method (some 8,000
 * bytecodes), and every vector would be boxed.
 */
final class VectorRows {

  private static final int L = Lanes.FLOAT.length();

  private static final ThreadLocal<float[]> ROW = ThreadLocal.withInitial(() -> new float[0]);

  private VectorRows() {}

  static void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    if (NarrowRows.fit(cols)) {
      NarrowRows.softmax(rows, cols, x, xo, y, yo);
      return;
    }
    float[] row = row(cols);
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      exponentials(cols, x, xr, VectorReductions.max(x, xr, cols), row);
      float sum = VectorReductions.sum(row, 0, cols);
      VectorArithmetic.divideRight(row, 0, sum, y, yo + r * cols, cols);
    }
  }

  static void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    if (NarrowRows.fit(cols)) {
      NarrowRows.logSumExp(rows, cols, x, xo, y, yo);
      return;
    }
    float[] row = row(cols);
    for (int r = 0; r < rows; r++) {
      float max = VectorReductions.max(x, xo + r * cols, cols);
      y[yo + r] = max + logOfExpSum(cols, x, xo + r * cols, max, row);
    }
  }

  static void crossEntropy(
      int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo) {
    if (NarrowRows.fit(cols)) {
      NarrowRows.crossEntropy(rows, cols, x, xo, t, to, loss, lo);
      return;
    }
    float[] row = row(cols);
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      float max = VectorReductions.max(x, xr, cols);
      float log = logOfExpSum(cols, x, xr, max, row);
      VectorArithmetic.subtractRight(x, xr, max, row, 0, cols);
      VectorArithmetic.subtractLeft(log, row, 0, row, 0, cols);
      loss[lo + r] = VectorReductions.dot(t, to + r * cols, row, 0, cols);
    }
  }

  static void crossEntropyGradient(
      int rows,
      int cols,
      float[] x,
      int xo,
      float[] t,
      int to,
      float[] dloss,
      int dlo,
      float[] dx,
      int dxo) {
    if (NarrowRows.fit(cols)) {
      NarrowRows.crossEntropyGradient(rows, cols, x, xo, t, to, dloss, dlo, dx, dxo);
      return;
    }
    for (int r = 0; r < rows; r++) {
      int tr = to + r * cols;
      int dr = dxo + r * cols;
      softmax(1, cols, x, xo + r * cols, dx, dr);
      float mass = VectorReductions.sum(t, tr, cols);
      VectorArithmetic.multiplyRight(dx, dr, mass, dx, dr, cols);
      VectorArithmetic.subtract(dx, dr, t, tr, dx, dr, cols);
      VectorArithmetic.multiplyRight(dx, dr, dloss[dlo + r], dx, dr, cols);
    }
  }

  private static float logOfExpSum(int cols, float[] x, int xr, float max, float[] row) {
    exponentials(cols, x, xr, max, row);
    return ScalarFunctions.log(VectorReductions.sum(row, 0, cols));
  }

  /** Compute {@code row = exp(x - max)}; what fills the last vector up is of no account. */
  private static void exponentials(int cols, float[] x, int xr, float max, float[] row) {
    VectorArithmetic.subtractRight(x, xr, max, row, 0, cols);
    VectorFunctions.exp(row, 0, row, 0, wholeVectors(cols));
  }

  /** Return an array for a row, with room to fill its last vector up. */
  private static float[] row(int cols) {
    float[] row = ROW.get();
    if (row.length < cols) {
      row = new float[wholeVectors(cols)];
      ROW.set(row);
    }
    return row;
  }

  private static int wholeVectors(int n) {
    return (n + L - 1) / L * L;
  }
}
