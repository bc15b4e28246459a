package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a few rows of {@code a}, where they lie, with three or four vectors of columns of
 * {@code b}: the inner loops of {@link VectorFittedGemm}.
 *
 * <p>Copying rows into a panel takes 8 % of a product of 64 columns, for each store of a vector
 * crosses a cache line. Where rows stay in the matrix each needs an address of its own. Six of them
 * C2 keeps in registers, and the arithmetic limits that tile as it does those of {@link
 * VectorRowTiles}; eight cost a few moves, which three vectors' arithmetic hides, the better the
 * fewer other numbers a step needs ({@link VectorWholeTiles}), and two vectors' does not (190 at 8
 * x 256 x 64, where four rows of four vectors have 205); with twelve it would take a fifth longer.
 * In turn a step of {@code b} is read once for as few as four rows, so {@code b} must come from a
 * second-level cache at most. 128 x 784 x 256 runs at 116 GFLOP/s instead of 107 (Zen 4, limit
 * 117).
 *
 * <p>A hundred columns are four vectors and three, which overlap; or six, and four columns by
 * {@link VectorQuadTiles} ({@link #eightRows}). Two and a half vectors, for a processor that
 * computes 512 bits in halves, were 2 to 5 % slower on one that does not (128 x 256 x 100: 202
 * GFLOP/s instead of 213, 32 x 256 x 100: 193 instead of 203), for they took as long, by six rows
 * instead of eight, and left 41 to 48 columns to tiles of two vectors (128 x 256 x 48: 191 instead
 * of 243; Zen 5). Two steps a round instead of one made eight rows slower.
 *
 * <p>Few rows see each number of {@code b} once or twice, and how it comes from the second-level
 * cache decides. Eight rows go through 48 columns at a time, all at once: 8 x 784 x 100 ran at 197
 * GFLOP/s instead of 168, 8 x 784 x 256 at 216 instead of 187, and with whole tiles and {@link
 * VectorQuadTiles} at 234 and 246.
 *
 * <p>The last vector of a row ends with it, and may overlap the one before; rows that a tile has
 * too many repeat the last one. Either computes the same numbers twice, and stores them twice. The
 * largest tile has no row too many, for finding the rows' addresses takes 3 % of 64 x 64 x 64.
 */
final class VectorWideTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  /** Columns of a tile of eight rows. */
  static final int EIGHT_COLUMNS = 3 * L;

  /**
   * Steps from which sixteen rows or more go by tiles of eight, where two lie beside each other.
   * 128 x 120 x 100 runs at 234 GFLOP/s so and at 225 otherwise, but 32 x 100 x 50 at 201 and 208
   * (Zen 5).
   */
  private static final int STEPS_OF_TWO = 96;

  /** The same, where there is one. */
  private static final int STEPS_OF_ONE = 128;

  private VectorWideTiles() {}

  /** Return whether a tile is as wide as some columns, or less than a vector wider. */
  static boolean fit(int n) {
    return n > 2 * L && n <= 4 * L;
  }

  /**
   * Return whether tiles of eight rows suit a product whose sums start from zero, with b where it
   * lies.
   *
   * <p>They do if it has as many rows, or few less (six are a tile of their own), and what {@link
   * #EIGHT_COLUMNS} leave of its columns is hardly less than a tile, or a vector at most; or more
   * rows, many steps and one or two such tiles, and few columns are left. A vector or a few columns
   * overlap the tile before, so that sums cannot start from what {@code c} has. (32 x 256 x 100
   * runs at 226 GFLOP/s so and at 217 otherwise, 16 x 256 x 100 at 226 and 206, 32 x 784 x 97 at
   * 225 and 212, but 32 x 64 x 100 at 217 and 223, 12 x 256 x 100 at 196 and 214, 32 x 784 x 148 at
   * 189 and 198: Zen 5.)
   */
  static boolean eightRows(int m, int n, int k) {
    int rest = n % EIGHT_COLUMNS;
    if (m == 5 || m == 7 || m == 8) {
      return n > EIGHT_COLUMNS && (rest <= L || fit(rest));
    }
    boolean few = n > EIGHT_COLUMNS && n < 3 * EIGHT_COLUMNS && m >= 2 * VectorQuadTiles.ROWS;
    int steps = n > 2 * EIGHT_COLUMNS ? STEPS_OF_TWO : STEPS_OF_ONE;
    return few && k >= steps && VectorQuadTiles.take(m, rest, k);
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}.
   *
   * @param n columns, which {@link #fit}; or, where {@code fresh}, at most a vector beside a tile,
   *     of whose columns some are computed anew
   * @param fresh whether {@code c} has no part in the sums
   */
  static void multiply(
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
      boolean fresh) {
    if (VectorQuadTiles.take(m, n, k)) {
      VectorQuadTiles.multiply(m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc);
      return;
    }
    int vectors = n > 3 * L ? 4 : n > L ? 3 : 1;
    int last = n - L;
    boolean whole = last == (vectors - 1) * L;
    for (int i = 0; i < m; ) {
      int height = height(vectors, m - i);
      int rows = Math.min(height, m - i);
      int from = ao + i * lda;
      int to = co + i * ldc;
      float[] s = fresh ? null : PartialSums.of(height, rows, vectors, last, c, to, ldc);
      // Named by rows and vectors.
      switch (10 * height + vectors) {
        case 64 -> tile6x4(k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        case 83 -> {
          if (whole) {
            VectorWholeTiles.tile8x3(rows, k, a, from, lda, b, bo, ldb, c, to, ldc, s);
          } else {
            tile8x3(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
          }
        }
        case 81 -> tile8x1(rows, k, a, from, lda, b, bo + last, ldb, c, to + last, ldc);
        case 43 -> tile4x3(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        default -> {
          if (whole) {
            VectorWholeTiles.tile4x4(rows, k, a, from, lda, b, bo, ldb, c, to, ldc, s);
          } else {
            tile4x4(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
          }
        }
      }
      i += rows;
    }
  }

  /** Return the rows of the next tile, of which as few as possible shall be too many. */
  private static int height(int vectors, int rows) {
    if (vectors < 4) {
      return vectors == 3 && rows <= 4 ? 4 : 8;
    }
    return rows > 5 && rows != 7 && rows != 8 && rows != 11 ? 6 : 4;
  }

  private static void tile6x4(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
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
    int a0 = ao;
    int a1 = ao + lda;
    int a2 = ao + 2 * lda;
    int a3 = ao + 3 * lda;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector v0 = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      FloatVector v1 = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      FloatVector v2 = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      FloatVector v3 = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      FloatVector v4 = V.cast(FloatVector.broadcast(S, a[a4 + p]));
      FloatVector v5 = V.cast(FloatVector.broadcast(S, a[a5 + p]));
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0e = v0.fma(x, c0e);
      c1e = v1.fma(x, c1e);
      c2e = v2.fma(x, c2e);
      c3e = v3.fma(x, c3e);
      c4e = v4.fma(x, c4e);
      c5e = v5.fma(x, c5e);
      x = FloatVector.fromArray(S, b, at + L);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      c4f = v4.fma(x, c4f);
      c5f = v5.fma(x, c5f);
      x = FloatVector.fromArray(S, b, at + 2 * L);
      c0g = v0.fma(x, c0g);
      c1g = v1.fma(x, c1g);
      c2g = v2.fma(x, c2g);
      c3g = v3.fma(x, c3g);
      c4g = v4.fma(x, c4g);
      c5g = v5.fma(x, c5g);
      x = FloatVector.fromArray(S, b, at + last);
      c0h = v0.fma(x, c0h);
      c1h = v1.fma(x, c1h);
      c2h = v2.fma(x, c2h);
      c3h = v3.fma(x, c3h);
      c4h = v4.fma(x, c4h);
      c5h = v5.fma(x, c5h);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + ldc);
    V.cast(c1f).intoArray(c, co + ldc + L);
    V.cast(c1g).intoArray(c, co + ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + ldc + last);
    V.cast(c2e).intoArray(c, co + 2 * ldc);
    V.cast(c2f).intoArray(c, co + 2 * ldc + L);
    V.cast(c2g).intoArray(c, co + 2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + 2 * ldc + last);
    V.cast(c3e).intoArray(c, co + 3 * ldc);
    V.cast(c3f).intoArray(c, co + 3 * ldc + L);
    V.cast(c3g).intoArray(c, co + 3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + 3 * ldc + last);
    V.cast(c4e).intoArray(c, co + 4 * ldc);
    V.cast(c4f).intoArray(c, co + 4 * ldc + L);
    V.cast(c4g).intoArray(c, co + 4 * ldc + 2 * L);
    V.cast(c4h).intoArray(c, co + 4 * ldc + last);
    V.cast(c5e).intoArray(c, co + 5 * ldc);
    V.cast(c5f).intoArray(c, co + 5 * ldc + L);
    V.cast(c5g).intoArray(c, co + 5 * ldc + 2 * L);
    V.cast(c5h).intoArray(c, co + 5 * ldc + last);
  }

  private static void tile4x4(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] c,
      int co,
      int ldc,
      float @Nullable [] s) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
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
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector v0 = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      FloatVector v1 = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      FloatVector v2 = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      FloatVector v3 = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0e = v0.fma(x, c0e);
      c1e = v1.fma(x, c1e);
      c2e = v2.fma(x, c2e);
      c3e = v3.fma(x, c3e);
      x = FloatVector.fromArray(S, b, at + L);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      x = FloatVector.fromArray(S, b, at + 2 * L);
      c0g = v0.fma(x, c0g);
      c1g = v1.fma(x, c1g);
      c2g = v2.fma(x, c2g);
      c3g = v3.fma(x, c3g);
      x = FloatVector.fromArray(S, b, at + last);
      c0h = v0.fma(x, c0h);
      c1h = v1.fma(x, c1h);
      c2h = v2.fma(x, c2h);
      c3h = v3.fma(x, c3h);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + r3 * ldc + last);
  }

  private static void tile8x3(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] c,
      int co,
      int ldc,
      float @Nullable [] s) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    int r6 = Math.min(6, rows - 1);
    int r7 = Math.min(7, rows - 1);
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c4e = V.cast(FloatVector.zero(S));
    FloatVector c4f = V.cast(FloatVector.zero(S));
    FloatVector c4g = V.cast(FloatVector.zero(S));
    FloatVector c5e = V.cast(FloatVector.zero(S));
    FloatVector c5f = V.cast(FloatVector.zero(S));
    FloatVector c5g = V.cast(FloatVector.zero(S));
    FloatVector c6e = V.cast(FloatVector.zero(S));
    FloatVector c6f = V.cast(FloatVector.zero(S));
    FloatVector c6g = V.cast(FloatVector.zero(S));
    FloatVector c7e = V.cast(FloatVector.zero(S));
    FloatVector c7f = V.cast(FloatVector.zero(S));
    FloatVector c7g = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c1e = FloatVector.fromArray(S, s, 3 * L);
      c1f = FloatVector.fromArray(S, s, 4 * L);
      c1g = FloatVector.fromArray(S, s, 5 * L);
      c2e = FloatVector.fromArray(S, s, 6 * L);
      c2f = FloatVector.fromArray(S, s, 7 * L);
      c2g = FloatVector.fromArray(S, s, 8 * L);
      c3e = FloatVector.fromArray(S, s, 9 * L);
      c3f = FloatVector.fromArray(S, s, 10 * L);
      c3g = FloatVector.fromArray(S, s, 11 * L);
      c4e = FloatVector.fromArray(S, s, 12 * L);
      c4f = FloatVector.fromArray(S, s, 13 * L);
      c4g = FloatVector.fromArray(S, s, 14 * L);
      c5e = FloatVector.fromArray(S, s, 15 * L);
      c5f = FloatVector.fromArray(S, s, 16 * L);
      c5g = FloatVector.fromArray(S, s, 17 * L);
      c6e = FloatVector.fromArray(S, s, 18 * L);
      c6f = FloatVector.fromArray(S, s, 19 * L);
      c6g = FloatVector.fromArray(S, s, 20 * L);
      c7e = FloatVector.fromArray(S, s, 21 * L);
      c7f = FloatVector.fromArray(S, s, 22 * L);
      c7g = FloatVector.fromArray(S, s, 23 * L);
    }
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int a6 = ao + r6 * lda;
    int a7 = ao + r7 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, at);
      FloatVector y = FloatVector.fromArray(S, b, at + L);
      FloatVector z = FloatVector.fromArray(S, b, at + last);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      c0e = v.fma(x, c0e);
      c0f = v.fma(y, c0f);
      c0g = v.fma(z, c0g);
      v = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      c1e = v.fma(x, c1e);
      c1f = v.fma(y, c1f);
      c1g = v.fma(z, c1g);
      v = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      c2e = v.fma(x, c2e);
      c2f = v.fma(y, c2f);
      c2g = v.fma(z, c2g);
      v = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      c3e = v.fma(x, c3e);
      c3f = v.fma(y, c3f);
      c3g = v.fma(z, c3g);
      v = V.cast(FloatVector.broadcast(S, a[a4 + p]));
      c4e = v.fma(x, c4e);
      c4f = v.fma(y, c4f);
      c4g = v.fma(z, c4g);
      v = V.cast(FloatVector.broadcast(S, a[a5 + p]));
      c5e = v.fma(x, c5e);
      c5f = v.fma(y, c5f);
      c5g = v.fma(z, c5g);
      v = V.cast(FloatVector.broadcast(S, a[a6 + p]));
      c6e = v.fma(x, c6e);
      c6f = v.fma(y, c6f);
      c6g = v.fma(z, c6g);
      v = V.cast(FloatVector.broadcast(S, a[a7 + p]));
      c7e = v.fma(x, c7e);
      c7f = v.fma(y, c7f);
      c7g = v.fma(z, c7g);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + last);
    V.cast(c4e).intoArray(c, co + r4 * ldc);
    V.cast(c4f).intoArray(c, co + r4 * ldc + L);
    V.cast(c4g).intoArray(c, co + r4 * ldc + last);
    V.cast(c5e).intoArray(c, co + r5 * ldc);
    V.cast(c5f).intoArray(c, co + r5 * ldc + L);
    V.cast(c5g).intoArray(c, co + r5 * ldc + last);
    V.cast(c6e).intoArray(c, co + r6 * ldc);
    V.cast(c6f).intoArray(c, co + r6 * ldc + L);
    V.cast(c6g).intoArray(c, co + r6 * ldc + last);
    V.cast(c7e).intoArray(c, co + r7 * ldc);
    V.cast(c7f).intoArray(c, co + r7 * ldc + L);
    V.cast(c7g).intoArray(c, co + r7 * ldc + last);
  }

  private static void tile4x3(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] c,
      int co,
      int ldc,
      float @Nullable [] s) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c1e = FloatVector.fromArray(S, s, 3 * L);
      c1f = FloatVector.fromArray(S, s, 4 * L);
      c1g = FloatVector.fromArray(S, s, 5 * L);
      c2e = FloatVector.fromArray(S, s, 6 * L);
      c2f = FloatVector.fromArray(S, s, 7 * L);
      c2g = FloatVector.fromArray(S, s, 8 * L);
      c3e = FloatVector.fromArray(S, s, 9 * L);
      c3f = FloatVector.fromArray(S, s, 10 * L);
      c3g = FloatVector.fromArray(S, s, 11 * L);
    }
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector v0 = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      FloatVector v1 = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      FloatVector v2 = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      FloatVector v3 = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0e = v0.fma(x, c0e);
      c1e = v1.fma(x, c1e);
      c2e = v2.fma(x, c2e);
      c3e = v3.fma(x, c3e);
      x = FloatVector.fromArray(S, b, at + L);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      x = FloatVector.fromArray(S, b, at + last);
      c0g = v0.fma(x, c0g);
      c1g = v1.fma(x, c1g);
      c2g = v2.fma(x, c2g);
      c3g = v3.fma(x, c3g);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + last);
  }

  /** Sums start from zero, for the vector has columns of the tile before. */
  private static void tile8x1(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    int r6 = Math.min(6, rows - 1);
    int r7 = Math.min(7, rows - 1);
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c4e = V.cast(FloatVector.zero(S));
    FloatVector c5e = V.cast(FloatVector.zero(S));
    FloatVector c6e = V.cast(FloatVector.zero(S));
    FloatVector c7e = V.cast(FloatVector.zero(S));
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int a6 = ao + r6 * lda;
    int a7 = ao + r7 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, at);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      c0e = v.fma(x, c0e);
      v = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      c1e = v.fma(x, c1e);
      v = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      c2e = v.fma(x, c2e);
      v = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      c3e = v.fma(x, c3e);
      v = V.cast(FloatVector.broadcast(S, a[a4 + p]));
      c4e = v.fma(x, c4e);
      v = V.cast(FloatVector.broadcast(S, a[a5 + p]));
      c5e = v.fma(x, c5e);
      v = V.cast(FloatVector.broadcast(S, a[a6 + p]));
      c6e = v.fma(x, c6e);
      v = V.cast(FloatVector.broadcast(S, a[a7 + p]));
      c7e = v.fma(x, c7e);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c4e).intoArray(c, co + r4 * ldc);
    V.cast(c5e).intoArray(c, co + r5 * ldc);
    V.cast(c6e).intoArray(c, co + r6 * ldc);
    V.cast(c7e).intoArray(c, co + r7 * ldc);
  }
}
