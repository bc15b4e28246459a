package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products, or their last columns, computed the other way round, {@code c^T = b^T a^T}, where that
 * saves more than the transposition of {@code c} costs.
 *
 * <p>Turned, a product of form NT is of form NT again, one of form TN of form TN; the chain of an
 * element is the same, for the factors of a multiplication may change places.
 */
final class VectorTurned {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  /**
   * Columns that are few in form TN. 128 x 100 x 10 ran at 33 GFLOP/s by vectors of 256 bits (six
   * rows a tile, 32 registers) and at 20 by 128 (six rows), and turned at 59 and 37; 128 x 100 x 16
   * at 60 and 29, and turned at 70 and 41 (Zen 4).
   */
  private static final int FEW = 16;

  /**
   * Columns that are few where steps are at least {@link #STEPS}. 128 x 128 x 20 runs at 213
   * GFLOP/s instead of 145, 784 x 64 x 24 at 193 instead of 167, but 50 x 16 x 24 at 71 instead of
   * 90; by {@code -XX:UseAVX=2} 64 x 64 x 20 at 101 instead of 78, by 128 bits 784 x 64 x 24 at 58
   * instead of 66 (Zen 5).
   */
  private static final int SEVERAL = L >= 8 ? 24 : FEW;

  private static final int STEPS = 32;

  /**
   * Up to as many numbers of a, last columns are turned in form TN: it passes by once more, and not
   * from memory. 4096 x 1024 x 100 lost 3 %, 1024 x 784 x 100 and 2048 x 512 x 200 gained 4 % (Zen
   * 5).
   */
  private static final int PASSING = 1 << 21;

  /**
   * Rows from which last columns are turned in form TN: a tile of two vectors, and more than {@link
   * #SEVERAL}, so that what was turned is not turned back: it has fewer rows.
   */
  static final int ROWS = 32;

  private VectorTurned() {}

  /**
   * Return how many columns of a product, its last ones, to turn: all, those beyond whole vectors,
   * or none.
   *
   * <p>In form NT the right operand is transposed: turned, that is the smaller {@code a}, and
   * {@code c}: 32 x 784 x 100 took 62 us instead of 82 (Zen 4, 512 bits). Up to half a vector of
   * rows too many lanes would be idle: 8 rows take 43 us instead of 39.
   *
   * <p>In form TN no operand is transposed; but a tile of few columns has few vectors to share a
   * broadcast, and idle lanes, and turned it has rows instead: 128 x 256 x 10 takes 8 us instead of
   * 18. So has what is left beyond whole vectors, if it is at most half of one: 100 x 128 x 100
   * runs at 227 GFLOP/s instead of 206, 784 x 64 x 36 at 206 instead of 164; 49 to 64 columns,
   * which one tile holds, at 154 instead of 159 with 32 steps and at 185 instead of 173 with 128
   * (Zen 5; by {@code -XX:UseAVX=2} 256 x 64 x 36 at 102 instead of 86, by 128 bits nothing gains).
   */
  static int columns(Form form, int m, int n, int k) {
    return switch (form) {
      case NN -> 0;
      case NT -> m > L / 2 && (long) m * (k + n) < (long) n * k ? n : 0;
      case TN -> {
        if (n <= (k < STEPS ? FEW : SEVERAL) && m > 2 * n) {
          yield n;
        }
        boolean many = L >= 8 && m >= ROWS && n > 2 * L && (long) k * m <= PASSING;
        boolean oneTile = n > 3 * L && n <= 4 * L;
        yield many && n % L <= L / 2 && !oneTile ? n % L : 0;
      }
    };
  }

  /** Compute {@code c = a b}, or add it to {@code c}. */
  static void multiply(
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
    Panels panels = Panels.ofThread();
    int ldt = Panels.roundUp(m);
    float[] t = panels.turned(ldt * Panels.roundUp(n));
    float[] block = panels.tile;
    if (accumulate) {
      for (int i = 0; i < m; i += L) {
        for (int j = 0; j < n; j += L) {
          int rows = Math.min(L, m - i);
          copy(rows, Math.min(L, n - j), c, co + i * ldc + j, ldc, block, 0, L);
          VectorTranspose.block(block, 0, L, rows, t, j * ldt + i, ldt);
        }
      }
    }
    VectorKernels.INSTANCE.gemm(form, n, m, k, b, bo, ldb, a, ao, lda, t, 0, ldt, accumulate);
    for (int i = 0; i < m; i += L) {
      for (int j = 0; j < n; j += L) {
        int to = co + i * ldc + j;
        if (m - i >= L && n - j >= L) {
          VectorTranspose.block(t, j * ldt + i, ldt, L, c, to, ldc);
        } else {
          VectorTranspose.block(t, j * ldt + i, ldt, L, block, 0, L);
          copy(Math.min(L, m - i), Math.min(L, n - j), block, 0, L, c, to, ldc);
        }
      }
    }
  }

  /** Copy the corner of a block. */
  private static void copy(
      int rows, int width, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    VectorMask<Float> mask = S.indexInRange(0, width);
    for (int i = 0; i < rows; i++) {
      V.cast(FloatVector.fromArray(S, x, xo + i * ldx, mask)).intoArray(y, yo + i * ldy, mask);
    }
  }
}
