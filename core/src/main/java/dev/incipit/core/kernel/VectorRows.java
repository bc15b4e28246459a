package dev.incipit.core.kernel;

/**
 * Softmax and cross-entropy, row by row.
 *
 * <p>Each step is a pass over one row in an array that stays in the first-level cache. Fused into
 * one loop over the 64 lanes of a sum, the steps would exceed what the compiler inlines into one
 * method (some 8,000 bytecodes), and every vector would be boxed.
 */
final class VectorRows {

  private static final ThreadLocal<float[]> ROW = ThreadLocal.withInitial(() -> new float[64]);

  private VectorRows() {}

  static void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      int yr = yo + r * cols;
      VectorArithmetic.subtractRight(x, xr, VectorReductions.max(x, xr, cols), y, yr, cols);
      VectorMaps.exp(y, yr, y, yr, cols);
      VectorArithmetic.divideRight(y, yr, VectorReductions.sum(y, yr, cols), y, yr, cols);
    }
  }

  static void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    float[] row = row(cols);
    for (int r = 0; r < rows; r++) {
      float max = VectorReductions.max(x, xo + r * cols, cols);
      y[yo + r] = max + logOfExpSum(cols, x, xo + r * cols, max, row);
    }
  }

  private static float logOfExpSum(int cols, float[] x, int xr, float max, float[] row) {
    VectorArithmetic.subtractRight(x, xr, max, row, 0, cols);
    VectorMaps.exp(row, 0, row, 0, cols);
    return ScalarFunctions.log(VectorReductions.sum(row, 0, cols));
  }

  static void crossEntropy(
      int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo) {
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

  private static float[] row(int cols) {
    float[] row = ROW.get();
    if (row.length < cols) {
      row = new float[cols];
      ROW.set(row);
    }
    return row;
  }
}
