package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies rows of {@code a}, which lie transposed in the matrix, step by step, with four vectors
 * of columns of {@code b}: the inner loops of {@link VectorFittedGemm} for the form TN.
 *
 * <p>The numbers of one step lie side by side, so that all rows have one address; a step of six
 * rows takes ten loads, where one of twelve rows and two vectors ({@link VectorColumnTiles}) takes
 * fourteen, for the same multiply-adds. But four vectors of a step of {@code b} are twice as many:
 * it pays while they stay in the first-level cache, or come from the second as one stream.
 */
final class VectorWideColumnTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  /** Columns of a tile. */
  private static final int COLUMNS = 4 * L;

  /**
   * Up to as many steps, four vectors of b stay in a first-level cache of 48 kB (128 x 64 floats,
   * 32 kB), beside a's lines. 256 x 256 x 256 ran at 252 GFLOP/s instead of 257 (Zen 5).
   */
  private static final int STEPS = 128;

  /**
   * Up to as many numbers (512 kB), a comes from a second-level cache of 1 MB, a line a step, which
   * serves two or three tiles. 784 x 128 x 256 runs at 269 GFLOP/s instead of 257, 1024 x 1024 x
   * 1024 would at 246 instead of 253, even copied (Zen 5).
   */
  private static final int SMALL_A = 1 << 17;

  private VectorWideColumnTiles() {}

  /**
   * Return whether a product goes this way: by vectors of 512 bits, four rows or more of whole
   * tiles, with few steps or one tile's columns, of a small a.
   *
   * <p>256 x 64 x 128 runs at 268 GFLOP/s instead of 250, 64 x 64 x 64 at 276 instead of 273, 33 x
   * 64 x 64 at 264 instead of 192, 64 x 1024 x 64 at 274 instead of 250 (Zen 5).
   */
  static boolean take(Form form, int m, int n, int k, int lda) {
    boolean fits = L == 16 && form == Form.TN && m >= 4 && n % COLUMNS == 0;
    return fits && (k <= STEPS || n == COLUMNS) && (long) k * lda <= SMALL_A;
  }

  /**
   * Return how many columns to leave to other tiles, so that the ones before go this way.
   *
   * <p>Those left of few rows may not be turned: the product may be one that was ({@link
   * VectorTurned#ROWS}).
   */
  static int rest(Form form, int m, int n, int k, int lda) {
    int rest = n % COLUMNS;
    boolean stays = m >= VectorTurned.ROWS || VectorTurned.columns(form, m, rest, k) == 0;
    return rest < n && stays && take(form, m, n - rest, k, lda) ? rest : 0;
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}, for the columns of one tile.
   *
   * @param lda distance of the steps of {@code a}
   * @param fresh whether {@code c} has no part in the sums
   */
  static void multiply(
      int m,
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
      boolean fresh) {
    for (int i = 0, height; i < m; i += height) {
      height = height(m - i);
      int from = ao + i;
      int to = co + i * ldc;
      float[] s = fresh ? null : PartialSums.of(height, height, 4, 3 * L, c, to, ldc);
      switch (height) {
        case 6 -> tile6x4(k, a, from, lda, b, bo, ldb, c, to, ldc, s);
        case 4 -> tile4x4(k, a, from, lda, b, bo, ldb, c, to, ldc, s);
        default -> tile1x4(k, a, from, lda, b, bo, ldb, c, to, s);
      }
    }
  }

  /** Return the rows of the next tile: six, or four, or one, so that few are of one. */
  private static int height(int rows) {
    return switch (rows) {
      case 1, 2, 3 -> 1;
      case 4, 5, 8, 9 -> 4;
      default -> 6;
    };
  }

  private static void tile6x4(
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
      float @Nullable [] s) {
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c0h = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c1h = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c2h = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c3h = V.cast(FloatVector.zero(S));
    FloatVector c4e = V.cast(FloatVector.zero(S));
    FloatVector c4f = V.cast(FloatVector.zero(S));
    FloatVector c4g = V.cast(FloatVector.zero(S));
    FloatVector c4h = V.cast(FloatVector.zero(S));
    FloatVector c5e = V.cast(FloatVector.zero(S));
    FloatVector c5f = V.cast(FloatVector.zero(S));
    FloatVector c5g = V.cast(FloatVector.zero(S));
    FloatVector c5h = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c0h = FloatVector.fromArray(S, s, 3 * L);
      c1e = FloatVector.fromArray(S, s, 4 * L);
      c1f = FloatVector.fromArray(S, s, 5 * L);
      c1g = FloatVector.fromArray(S, s, 6 * L);
      c1h = FloatVector.fromArray(S, s, 7 * L);
      c2e = FloatVector.fromArray(S, s, 8 * L);
      c2f = FloatVector.fromArray(S, s, 9 * L);
      c2g = FloatVector.fromArray(S, s, 10 * L);
      c2h = FloatVector.fromArray(S, s, 11 * L);
      c3e = FloatVector.fromArray(S, s, 12 * L);
      c3f = FloatVector.fromArray(S, s, 13 * L);
      c3g = FloatVector.fromArray(S, s, 14 * L);
      c3h = FloatVector.fromArray(S, s, 15 * L);
      c4e = FloatVector.fromArray(S, s, 16 * L);
      c4f = FloatVector.fromArray(S, s, 17 * L);
      c4g = FloatVector.fromArray(S, s, 18 * L);
      c4h = FloatVector.fromArray(S, s, 19 * L);
      c5e = FloatVector.fromArray(S, s, 20 * L);
      c5f = FloatVector.fromArray(S, s, 21 * L);
      c5g = FloatVector.fromArray(S, s, 22 * L);
      c5h = FloatVector.fromArray(S, s, 23 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector e = FloatVector.fromArray(S, b, at);
      FloatVector f = FloatVector.fromArray(S, b, at + L);
      FloatVector g = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector h = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0e = v.fma(e, c0e);
      c0f = v.fma(f, c0f);
      c0g = v.fma(g, c0g);
      c0h = v.fma(h, c0h);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1e = v.fma(e, c1e);
      c1f = v.fma(f, c1f);
      c1g = v.fma(g, c1g);
      c1h = v.fma(h, c1h);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2e = v.fma(e, c2e);
      c2f = v.fma(f, c2f);
      c2g = v.fma(g, c2g);
      c2h = v.fma(h, c2h);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3e = v.fma(e, c3e);
      c3f = v.fma(f, c3f);
      c3g = v.fma(g, c3g);
      c3h = v.fma(h, c3h);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4e = v.fma(e, c4e);
      c4f = v.fma(f, c4f);
      c4g = v.fma(g, c4g);
      c4h = v.fma(h, c4h);
      v = V.cast(FloatVector.broadcast(S, a[from + 5]));
      c5e = v.fma(e, c5e);
      c5f = v.fma(f, c5f);
      c5g = v.fma(g, c5g);
      c5h = v.fma(h, c5h);
      from += lda;
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + 3 * L);
    V.cast(c1e).intoArray(c, co + ldc);
    V.cast(c1f).intoArray(c, co + ldc + L);
    V.cast(c1g).intoArray(c, co + ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + ldc + 3 * L);
    V.cast(c2e).intoArray(c, co + 2 * ldc);
    V.cast(c2f).intoArray(c, co + 2 * ldc + L);
    V.cast(c2g).intoArray(c, co + 2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + 2 * ldc + 3 * L);
    V.cast(c3e).intoArray(c, co + 3 * ldc);
    V.cast(c3f).intoArray(c, co + 3 * ldc + L);
    V.cast(c3g).intoArray(c, co + 3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + 3 * ldc + 3 * L);
    V.cast(c4e).intoArray(c, co + 4 * ldc);
    V.cast(c4f).intoArray(c, co + 4 * ldc + L);
    V.cast(c4g).intoArray(c, co + 4 * ldc + 2 * L);
    V.cast(c4h).intoArray(c, co + 4 * ldc + 3 * L);
    V.cast(c5e).intoArray(c, co + 5 * ldc);
    V.cast(c5f).intoArray(c, co + 5 * ldc + L);
    V.cast(c5g).intoArray(c, co + 5 * ldc + 2 * L);
    V.cast(c5h).intoArray(c, co + 5 * ldc + 3 * L);
  }

  private static void tile4x4(
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
      float @Nullable [] s) {
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c0h = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c1h = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c2h = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c3h = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c0h = FloatVector.fromArray(S, s, 3 * L);
      c1e = FloatVector.fromArray(S, s, 4 * L);
      c1f = FloatVector.fromArray(S, s, 5 * L);
      c1g = FloatVector.fromArray(S, s, 6 * L);
      c1h = FloatVector.fromArray(S, s, 7 * L);
      c2e = FloatVector.fromArray(S, s, 8 * L);
      c2f = FloatVector.fromArray(S, s, 9 * L);
      c2g = FloatVector.fromArray(S, s, 10 * L);
      c2h = FloatVector.fromArray(S, s, 11 * L);
      c3e = FloatVector.fromArray(S, s, 12 * L);
      c3f = FloatVector.fromArray(S, s, 13 * L);
      c3g = FloatVector.fromArray(S, s, 14 * L);
      c3h = FloatVector.fromArray(S, s, 15 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector e = FloatVector.fromArray(S, b, at);
      FloatVector f = FloatVector.fromArray(S, b, at + L);
      FloatVector g = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector h = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0e = v.fma(e, c0e);
      c0f = v.fma(f, c0f);
      c0g = v.fma(g, c0g);
      c0h = v.fma(h, c0h);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1e = v.fma(e, c1e);
      c1f = v.fma(f, c1f);
      c1g = v.fma(g, c1g);
      c1h = v.fma(h, c1h);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2e = v.fma(e, c2e);
      c2f = v.fma(f, c2f);
      c2g = v.fma(g, c2g);
      c2h = v.fma(h, c2h);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3e = v.fma(e, c3e);
      c3f = v.fma(f, c3f);
      c3g = v.fma(g, c3g);
      c3h = v.fma(h, c3h);
      from += lda;
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + 3 * L);
    V.cast(c1e).intoArray(c, co + ldc);
    V.cast(c1f).intoArray(c, co + ldc + L);
    V.cast(c1g).intoArray(c, co + ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + ldc + 3 * L);
    V.cast(c2e).intoArray(c, co + 2 * ldc);
    V.cast(c2f).intoArray(c, co + 2 * ldc + L);
    V.cast(c2g).intoArray(c, co + 2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + 2 * ldc + 3 * L);
    V.cast(c3e).intoArray(c, co + 3 * ldc);
    V.cast(c3f).intoArray(c, co + 3 * ldc + L);
    V.cast(c3g).intoArray(c, co + 3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + 3 * ldc + 3 * L);
  }

  private static void tile1x4(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      float @Nullable [] s) {
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c0h = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c0h = FloatVector.fromArray(S, s, 3 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector e = FloatVector.fromArray(S, b, at);
      FloatVector f = FloatVector.fromArray(S, b, at + L);
      FloatVector g = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector h = FloatVector.fromArray(S, b, at + 3 * L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0e = v.fma(e, c0e);
      c0f = v.fma(f, c0f);
      c0g = v.fma(g, c0g);
      c0h = v.fma(h, c0h);
      from += lda;
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + 3 * L);
  }
}
