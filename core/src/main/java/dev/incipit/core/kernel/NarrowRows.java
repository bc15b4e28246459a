package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Softmax and cross-entropy of rows of fewer than 64 numbers, sixteen rows at once.
 *
 * <p>A block of rows is transposed, so that a lane is a row: maxima, sums and quotients are then
 * whole vectors from column to column, whatever the number of columns. Lanes beyond the last row
 * compute with what the block before left there, and nobody reads them.
 *
 * <p>Each of a sum's 64 lanes holds one number at most, and its tree is taken over the columns.
 * Where a row is short, lanes are missing and count as +0; adding that to every lane once, at the
 * beginning, gives the same sum: it turns -0 into +0, as some missing lane would have done.
 *
 * <p>Steps are methods on arrays that stay in the first-level cache: a method this small is
 * compiled well wherever it is called from, and no vector passes between two of them.
 */
final class NarrowRows {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  /** Rows of a block: the lanes of the widest vector. */
  private static final int R = 16;

  private static final ThreadLocal<NarrowRows> OF_THREAD = ThreadLocal.withInitial(NarrowRows::new);

  private final float[] logits = new float[Kernels.SUM_LANES * R];
  private final float[] powers = new float[Kernels.SUM_LANES * R];
  private final float[] targets = new float[Kernels.SUM_LANES * R];
  private final float[] tree = new float[Kernels.SUM_LANES * R];
  private final float[] max = new float[R];
  private final float[] sum = new float[R];
  private final float[] weight = new float[R];

  private NarrowRows() {}

  static boolean fit(int cols) {
    return cols < Kernels.SUM_LANES;
  }

  static void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    NarrowRows block = OF_THREAD.get();
    for (int r = 0; r < rows; r += R) {
      int n = Math.min(R, rows - r);
      block.softmax(n, cols, x, xo + r * cols);
      store(n, cols, block.powers, y, yo + r * cols);
    }
  }

  static void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    NarrowRows block = OF_THREAD.get();
    for (int r = 0; r < rows; r += R) {
      int n = Math.min(R, rows - r);
      block.logOfExpSum(n, cols, x, xo + r * cols);
      VectorArithmetic.add(block.max, 0, block.sum, 0, y, yo + r, n);
    }
  }

  static void crossEntropy(
      int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo) {
    NarrowRows block = OF_THREAD.get();
    for (int r = 0; r < rows; r += R) {
      int n = Math.min(R, rows - r);
      block.logOfExpSum(n, cols, x, xo + r * cols);
      load(n, cols, t, to + r * cols, block.targets);
      products(cols, block.targets, block.sum, block.logits, block.powers);
      sum(cols, block.powers, block.tree, block.sum);
      System.arraycopy(block.sum, 0, loss, lo + r, n);
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
    NarrowRows block = OF_THREAD.get();
    for (int r = 0; r < rows; r += R) {
      int n = Math.min(R, rows - r);
      block.softmax(n, cols, x, xo + r * cols);
      load(n, cols, t, to + r * cols, block.targets);
      sum(cols, block.targets, block.tree, block.sum);
      System.arraycopy(dloss, dlo + r, block.weight, 0, n);
      differences(cols, block.sum, block.targets, block.weight, block.powers);
      store(n, cols, block.powers, dx, dxo + r * cols);
    }
  }

  private void softmax(int n, int cols, float[] x, int xo) {
    exponentials(n, cols, x, xo);
    quotients(cols, powers, sum);
  }

  private void logOfExpSum(int n, int cols, float[] x, int xo) {
    exponentials(n, cols, x, xo);
    // One by one: so few that a vector loop would wait for its compilation for thousands of steps.
    for (int r = 0; r < n; r++) {
      sum[r] = ScalarFunctions.log(sum[r]);
    }
  }

  /** Compute {@code logits = x - max}, {@code powers = exp(logits)} and their sums. */
  private void exponentials(int n, int cols, float[] x, int xo) {
    load(n, cols, x, xo, logits);
    shift(cols, logits, max);
    VectorFunctions.exp(logits, 0, powers, 0, cols * R);
    sum(cols, powers, tree, sum);
  }

  private static void load(int rows, int cols, float[] x, int xo, float[] block) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < cols; j++) {
        block[j * R + r] = x[xo + r * cols + j];
      }
    }
  }

  private static void store(int rows, int cols, float[] block, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < cols; j++) {
        y[yo + r * cols + j] = block[j * R + r];
      }
    }
  }

  /** Find the rows' maxima, and subtract each from its row. */
  private static void shift(int cols, float[] x, float[] max) {
    for (int q = 0; q < R; q += L) {
      FloatVector m = V.cast(FloatVector.broadcast(S, Float.NEGATIVE_INFINITY));
      for (int i = q; i < cols * R; i += R) {
        m = m.max(FloatVector.fromArray(S, x, i));
      }
      for (int i = q; i < cols * R; i += R) {
        V.cast(V.cast(FloatVector.fromArray(S, x, i)).sub(m)).intoArray(x, i);
      }
      V.cast(m).intoArray(max, q);
    }
  }

  /** Sum each row by the pairwise tree. */
  private static void sum(int cols, float[] x, float[] tree, float[] sum) {
    int n = cols * R;
    for (int i = 0; i < n; i += L) {
      V.cast(V.cast(FloatVector.fromArray(S, x, i)).add(0f)).intoArray(tree, i);
    }
    for (int w = Kernels.SUM_LANES / 2 * R; w >= R; w /= 2) {
      for (int i = 0; i < Math.min(w, n - w); i += L) {
        V.cast(V.cast(FloatVector.fromArray(S, tree, i)).add(FloatVector.fromArray(S, tree, i + w)))
            .intoArray(tree, i);
      }
      n = Math.min(n, w);
    }
    for (int q = 0; q < R; q += L) {
      FloatVector total = cols == 0 ? FloatVector.zero(S) : FloatVector.fromArray(S, tree, q);
      V.cast(total).intoArray(sum, q);
    }
  }

  private static void quotients(int cols, float[] x, float[] divisor) {
    for (int q = 0; q < R; q += L) {
      FloatVector d = FloatVector.fromArray(S, divisor, q);
      for (int i = q; i < cols * R; i += R) {
        V.cast(V.cast(FloatVector.fromArray(S, x, i)).div(d)).intoArray(x, i);
      }
    }
  }

  /** Compute {@code y = t (log - x)}, the terms of the cross-entropy. */
  private static void products(int cols, float[] t, float[] log, float[] x, float[] y) {
    FloatVector zero = FloatVector.zero(S);
    for (int q = 0; q < R; q += L) {
      FloatVector l = V.cast(FloatVector.fromArray(S, log, q));
      for (int i = q; i < cols * R; i += R) {
        V.cast(
                V.cast(FloatVector.fromArray(S, t, i))
                    .fma(l.sub(FloatVector.fromArray(S, x, i)), zero))
            .intoArray(y, i);
      }
    }
  }

  /** Compute {@code y = (y mass - t) weight}, the gradient from the probabilities. */
  private static void differences(int cols, float[] mass, float[] t, float[] weight, float[] y) {
    for (int q = 0; q < R; q += L) {
      FloatVector m = FloatVector.fromArray(S, mass, q);
      FloatVector w = FloatVector.fromArray(S, weight, q);
      for (int i = q; i < cols * R; i += R) {
        V.cast(
                V.cast(FloatVector.fromArray(S, y, i))
                    .mul(m)
                    .sub(FloatVector.fromArray(S, t, i))
                    .mul(w))
            .intoArray(y, i);
      }
    }
  }
}
