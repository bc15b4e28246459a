package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a few rows of {@code a}, where they lie, with two vectors and a half of columns of
 * {@code b}, or four, or six: the inner loops of {@link VectorFittedGemm}.
 *
 * <p>Copying rows into a panel takes 8 % of a product of 64 columns, for each store of a vector
 * crosses a cache line. Where rows stay in the matrix each needs an address of its own. Up to six
 * of them C2 keeps in registers, and the arithmetic limits these tiles as it does those of {@link
 * VectorRowTiles}; with twelve rows it would take a fifth longer. In turn a step of {@code b} is
 * read once for as few as four rows, so {@code b} must come from a second-level cache at most. 128
 * x 784 x 256 runs at 116 GFLOP/s instead of 107 (Zen 4, limit 117).
 *
 * <p>A hundred columns are four vectors and two and a half. Six and a half at once leave registers
 * for three rows only, and 60 x 784 x 100 ran at 206 GFLOP/s instead of 228, 128 x 784 x 100 at 195
 * instead of 219 (Zen 5): each step of {@code b} came for three rows instead of six. The half has
 * its broadcasts from the whole ones' registers; loaded anew they took 3 %. A processor that
 * computes 512 bits in halves takes half the time for it, one that does not as long as for a whole.
 *
 * <p>The last vector of a row ends with it, and may overlap the one before; rows that a tile has
 * too many repeat the last one. Either computes the same numbers twice, and stores them twice. The
 * largest tiles have no row too many, for finding the rows' addresses takes 3 % of 64 x 64 x 64.
 */
final class VectorWideTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> H =
      HALF.vectorType().asSubclass(FloatVector.class);

  /** Columns of a tile of two vectors and a half, and the distance of its sums' rows. */
  private static final int ROW_2_HALF = 2 * L + HALF.length();

  private VectorWideTiles() {}

  /** Return whether a tile is as wide as some columns, or hardly wider. */
  static boolean fit(int n) {
    return (n > 2 * L && n <= ROW_2_HALF) || (n > 3 * L && n <= 4 * L) || (n > 5 * L && n <= 6 * L);
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}.
   *
   * @param n columns, which {@link #fit}
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
    int vectors = n > 4 * L ? 6 : n > ROW_2_HALF ? 4 : 2;
    int last = n - (vectors == 2 ? HALF.length() : L);
    for (int i = 0; i < m; ) {
      int height = height(vectors, m - i);
      int rows = Math.min(height, m - i);
      int from = ao + i * lda;
      int to = co + i * ldc;
      float[] s = null;
      if (!fresh) {
        s =
            vectors == 2
                ? PartialSums.halves(height, rows, 5, last, c, to, ldc)
                : PartialSums.of(height, rows, vectors, last, c, to, ldc);
      }
      // Named by rows and vectors.
      switch (10 * height + vectors) {
        case 64 -> tile6x4(k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        case 44 -> tile4x4(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        case 62 -> tile6x2Half(k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        case 42 -> tile4x2Half(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
        default -> tile4x6(rows, k, a, from, lda, b, bo, ldb, last, c, to, ldc, s);
      }
      i += rows;
    }
  }

  /** Return the rows of the next tile, of which as few as possible shall be too many. */
  private static int height(int vectors, int rows) {
    boolean tall = rows > 5 && rows != 7 && rows != 8 && rows != 11;
    return tall && vectors <= 4 ? 6 : 4;
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

  private static void tile4x6(
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
    FloatVector c0i = V.cast(FloatVector.zero(S));
    FloatVector c0j = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c1h = V.cast(FloatVector.zero(S));
    FloatVector c1i = V.cast(FloatVector.zero(S));
    FloatVector c1j = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c2h = V.cast(FloatVector.zero(S));
    FloatVector c2i = V.cast(FloatVector.zero(S));
    FloatVector c2j = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c3h = V.cast(FloatVector.zero(S));
    FloatVector c3i = V.cast(FloatVector.zero(S));
    FloatVector c3j = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c0h = FloatVector.fromArray(S, s, 3 * L);
      c0i = FloatVector.fromArray(S, s, 4 * L);
      c0j = FloatVector.fromArray(S, s, 5 * L);
      c1e = FloatVector.fromArray(S, s, 6 * L);
      c1f = FloatVector.fromArray(S, s, 7 * L);
      c1g = FloatVector.fromArray(S, s, 8 * L);
      c1h = FloatVector.fromArray(S, s, 9 * L);
      c1i = FloatVector.fromArray(S, s, 10 * L);
      c1j = FloatVector.fromArray(S, s, 11 * L);
      c2e = FloatVector.fromArray(S, s, 12 * L);
      c2f = FloatVector.fromArray(S, s, 13 * L);
      c2g = FloatVector.fromArray(S, s, 14 * L);
      c2h = FloatVector.fromArray(S, s, 15 * L);
      c2i = FloatVector.fromArray(S, s, 16 * L);
      c2j = FloatVector.fromArray(S, s, 17 * L);
      c3e = FloatVector.fromArray(S, s, 18 * L);
      c3f = FloatVector.fromArray(S, s, 19 * L);
      c3g = FloatVector.fromArray(S, s, 20 * L);
      c3h = FloatVector.fromArray(S, s, 21 * L);
      c3i = FloatVector.fromArray(S, s, 22 * L);
      c3j = FloatVector.fromArray(S, s, 23 * L);
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
      x = FloatVector.fromArray(S, b, at + 3 * L);
      c0h = v0.fma(x, c0h);
      c1h = v1.fma(x, c1h);
      c2h = v2.fma(x, c2h);
      c3h = v3.fma(x, c3h);
      x = FloatVector.fromArray(S, b, at + 4 * L);
      c0i = v0.fma(x, c0i);
      c1i = v1.fma(x, c1i);
      c2i = v2.fma(x, c2i);
      c3i = v3.fma(x, c3i);
      x = FloatVector.fromArray(S, b, at + last);
      c0j = v0.fma(x, c0j);
      c1j = v1.fma(x, c1j);
      c2j = v2.fma(x, c2j);
      c3j = v3.fma(x, c3j);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + 3 * L);
    V.cast(c0i).intoArray(c, co + 4 * L);
    V.cast(c0j).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + r1 * ldc + 3 * L);
    V.cast(c1i).intoArray(c, co + r1 * ldc + 4 * L);
    V.cast(c1j).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + r2 * ldc + 3 * L);
    V.cast(c2i).intoArray(c, co + r2 * ldc + 4 * L);
    V.cast(c2j).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + r3 * ldc + 3 * L);
    V.cast(c3i).intoArray(c, co + r3 * ldc + 4 * L);
    V.cast(c3j).intoArray(c, co + r3 * ldc + last);
  }

  // Two widths in one loop, here and below: each vector is cast to its own, so that C2 need not ask
  // the profile.

  private static void tile6x2Half(
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
    FloatVector c0h = H.cast(FloatVector.zero(HALF));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1h = H.cast(FloatVector.zero(HALF));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2h = H.cast(FloatVector.zero(HALF));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3h = H.cast(FloatVector.zero(HALF));
    FloatVector c4e = V.cast(FloatVector.zero(S));
    FloatVector c4f = V.cast(FloatVector.zero(S));
    FloatVector c4h = H.cast(FloatVector.zero(HALF));
    FloatVector c5e = V.cast(FloatVector.zero(S));
    FloatVector c5f = V.cast(FloatVector.zero(S));
    FloatVector c5h = H.cast(FloatVector.zero(HALF));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0h = FloatVector.fromArray(HALF, s, 2 * L);
      c1e = FloatVector.fromArray(S, s, ROW_2_HALF);
      c1f = FloatVector.fromArray(S, s, ROW_2_HALF + L);
      c1h = FloatVector.fromArray(HALF, s, ROW_2_HALF + 2 * L);
      c2e = FloatVector.fromArray(S, s, 2 * ROW_2_HALF);
      c2f = FloatVector.fromArray(S, s, 2 * ROW_2_HALF + L);
      c2h = FloatVector.fromArray(HALF, s, 2 * ROW_2_HALF + 2 * L);
      c3e = FloatVector.fromArray(S, s, 3 * ROW_2_HALF);
      c3f = FloatVector.fromArray(S, s, 3 * ROW_2_HALF + L);
      c3h = FloatVector.fromArray(HALF, s, 3 * ROW_2_HALF + 2 * L);
      c4e = FloatVector.fromArray(S, s, 4 * ROW_2_HALF);
      c4f = FloatVector.fromArray(S, s, 4 * ROW_2_HALF + L);
      c4h = FloatVector.fromArray(HALF, s, 4 * ROW_2_HALF + 2 * L);
      c5e = FloatVector.fromArray(S, s, 5 * ROW_2_HALF);
      c5f = FloatVector.fromArray(S, s, 5 * ROW_2_HALF + L);
      c5h = FloatVector.fromArray(HALF, s, 5 * ROW_2_HALF + 2 * L);
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
      x = FloatVector.fromArray(HALF, b, at + last);
      c0h = H.cast(v0.reinterpretShape(HALF, 0)).fma(x, c0h);
      c1h = H.cast(v1.reinterpretShape(HALF, 0)).fma(x, c1h);
      c2h = H.cast(v2.reinterpretShape(HALF, 0)).fma(x, c2h);
      c3h = H.cast(v3.reinterpretShape(HALF, 0)).fma(x, c3h);
      c4h = H.cast(v4.reinterpretShape(HALF, 0)).fma(x, c4h);
      c5h = H.cast(v5.reinterpretShape(HALF, 0)).fma(x, c5h);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    H.cast(c0h).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + ldc);
    V.cast(c1f).intoArray(c, co + ldc + L);
    H.cast(c1h).intoArray(c, co + ldc + last);
    V.cast(c2e).intoArray(c, co + 2 * ldc);
    V.cast(c2f).intoArray(c, co + 2 * ldc + L);
    H.cast(c2h).intoArray(c, co + 2 * ldc + last);
    V.cast(c3e).intoArray(c, co + 3 * ldc);
    V.cast(c3f).intoArray(c, co + 3 * ldc + L);
    H.cast(c3h).intoArray(c, co + 3 * ldc + last);
    V.cast(c4e).intoArray(c, co + 4 * ldc);
    V.cast(c4f).intoArray(c, co + 4 * ldc + L);
    H.cast(c4h).intoArray(c, co + 4 * ldc + last);
    V.cast(c5e).intoArray(c, co + 5 * ldc);
    V.cast(c5f).intoArray(c, co + 5 * ldc + L);
    H.cast(c5h).intoArray(c, co + 5 * ldc + last);
  }

  private static void tile4x2Half(
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
    FloatVector c0h = H.cast(FloatVector.zero(HALF));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1h = H.cast(FloatVector.zero(HALF));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2h = H.cast(FloatVector.zero(HALF));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3h = H.cast(FloatVector.zero(HALF));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0h = FloatVector.fromArray(HALF, s, 2 * L);
      c1e = FloatVector.fromArray(S, s, ROW_2_HALF);
      c1f = FloatVector.fromArray(S, s, ROW_2_HALF + L);
      c1h = FloatVector.fromArray(HALF, s, ROW_2_HALF + 2 * L);
      c2e = FloatVector.fromArray(S, s, 2 * ROW_2_HALF);
      c2f = FloatVector.fromArray(S, s, 2 * ROW_2_HALF + L);
      c2h = FloatVector.fromArray(HALF, s, 2 * ROW_2_HALF + 2 * L);
      c3e = FloatVector.fromArray(S, s, 3 * ROW_2_HALF);
      c3f = FloatVector.fromArray(S, s, 3 * ROW_2_HALF + L);
      c3h = FloatVector.fromArray(HALF, s, 3 * ROW_2_HALF + 2 * L);
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
      x = FloatVector.fromArray(HALF, b, at + last);
      c0h = H.cast(v0.reinterpretShape(HALF, 0)).fma(x, c0h);
      c1h = H.cast(v1.reinterpretShape(HALF, 0)).fma(x, c1h);
      c2h = H.cast(v2.reinterpretShape(HALF, 0)).fma(x, c2h);
      c3h = H.cast(v3.reinterpretShape(HALF, 0)).fma(x, c3h);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    H.cast(c0h).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    H.cast(c1h).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    H.cast(c2h).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    H.cast(c3h).intoArray(c, co + r3 * ldc + last);
  }
}
