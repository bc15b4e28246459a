package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies a few rows of {@code a}, where they lie, with 9 to 16 columns of {@code b} as two
 * vectors of 256 bits, or with 17 to 24 as three: inner loops of {@link VectorFittedGemm}, and what
 * the ten classes of a network's last layer are computed by.
 *
 * <p>One vector of 512 bits would take a broadcast for each multiply-add, and a processor that
 * computes such vectors in halves would load as much as it multiplies: 16 cycles for 12 rows
 * instead of 12. Two vectors of half the length share a broadcast of half the length, and a is not
 * copied, nor are tiles of c. 128 x 100 x 10 runs at 57 GFLOP/s instead of 40, 8 x 100 x 10 at 52
 * instead of 30, where all vectors have 256 bits at 57 and 50 (Zen 4, {@code -XX:UseAVX=2}; 72 is
 * the limit, for of 16 lanes ten count).
 *
 * <p>The last vector ends with the row, and overlaps the one before; rows that a tile has too many
 * repeat the last one. Either computes the same numbers twice, and stores them twice.
 */
final class VectorNarrowTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> V =
      S.vectorType().asSubclass(FloatVector.class);
  private static final int L = S.length();

  /**
   * Rows of most tiles: six where C2 has 32 registers (each row needs an address of its own, too),
   * five where it has 16 ({@link VectorGemm#MR}).
   */
  private static final int ROWS = Lanes.FLOAT.length() == L ? 5 : 6;

  private VectorNarrowTiles() {}

  /** Return whether some columns are as many as the tiles of two vectors have. */
  static boolean fit(int n) {
    return n > L && n <= 2 * L;
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}.
   *
   * @param n columns: 9 to 16; up to 24 where all vectors have 256 bits
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
    int last = n - L;
    for (int i = 0; i < m; ) {
      int height = height(n, m - i);
      int rows = Math.min(height, m - i);
      int from = ao + i * lda;
      int to = co + i * ldc;
      float[] s = fresh ? VectorWideTiles.ZEROS : c;
      int so = fresh ? 0 : to;
      int lds = fresh ? 0 : ldc;
      switch (height) {
        case 6 -> tile6x2(rows, k, a, from, lda, b, bo, ldb, last, s, so, lds, c, to, ldc);
        case 5 -> tile5x2(rows, k, a, from, lda, b, bo, ldb, last, s, so, lds, c, to, ldc);
        case 4 -> tile4x2(rows, k, a, from, lda, b, bo, ldb, last, s, so, lds, c, to, ldc);
        default -> tile3x3(rows, k, a, from, lda, b, bo, ldb, last, s, so, lds, c, to, ldc);
      }
      i += rows;
    }
  }

  /** Return the rows of the next tile, of which as few as possible shall be too many. */
  private static int height(int n, int rows) {
    if (n > 2 * L) {
      return 3;
    }
    int tiles = (rows + ROWS - 1) / ROWS;
    return (rows + tiles - 1) / tiles > 4 ? ROWS : 4;
  }

  /**
   * Two steps a round: C2 is short of registers, and what it takes to address a row serves both.
   */
  private static void tile6x2(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] s,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    FloatVector c0e = FloatVector.fromArray(S, s, so);
    FloatVector c0f = FloatVector.fromArray(S, s, so + last);
    FloatVector c1e = FloatVector.fromArray(S, s, so + r1 * lds);
    FloatVector c1f = FloatVector.fromArray(S, s, so + r1 * lds + last);
    FloatVector c2e = FloatVector.fromArray(S, s, so + r2 * lds);
    FloatVector c2f = FloatVector.fromArray(S, s, so + r2 * lds + last);
    FloatVector c3e = FloatVector.fromArray(S, s, so + r3 * lds);
    FloatVector c3f = FloatVector.fromArray(S, s, so + r3 * lds + last);
    FloatVector c4e = FloatVector.fromArray(S, s, so + r4 * lds);
    FloatVector c4f = FloatVector.fromArray(S, s, so + r4 * lds + last);
    FloatVector c5e = FloatVector.fromArray(S, s, so + r5 * lds);
    FloatVector c5f = FloatVector.fromArray(S, s, so + r5 * lds + last);
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int at = bo;
    int p = 0;
    for (; p < k - 1; p += 2) {
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
      x = FloatVector.fromArray(S, b, at + last);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      c4f = v4.fma(x, c4f);
      c5f = v5.fma(x, c5f);
      v0 = V.cast(FloatVector.broadcast(S, a[a0 + p + 1]));
      v1 = V.cast(FloatVector.broadcast(S, a[a1 + p + 1]));
      v2 = V.cast(FloatVector.broadcast(S, a[a2 + p + 1]));
      v3 = V.cast(FloatVector.broadcast(S, a[a3 + p + 1]));
      v4 = V.cast(FloatVector.broadcast(S, a[a4 + p + 1]));
      v5 = V.cast(FloatVector.broadcast(S, a[a5 + p + 1]));
      x = FloatVector.fromArray(S, b, at + ldb);
      c0e = v0.fma(x, c0e);
      c1e = v1.fma(x, c1e);
      c2e = v2.fma(x, c2e);
      c3e = v3.fma(x, c3e);
      c4e = v4.fma(x, c4e);
      c5e = v5.fma(x, c5e);
      x = FloatVector.fromArray(S, b, at + ldb + last);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      c4f = v4.fma(x, c4f);
      c5f = v5.fma(x, c5f);
      at += 2 * ldb;
    }
    if (p < k) {
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
      x = FloatVector.fromArray(S, b, at + last);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      c4f = v4.fma(x, c4f);
      c5f = v5.fma(x, c5f);
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + last);
    V.cast(c4e).intoArray(c, co + r4 * ldc);
    V.cast(c4f).intoArray(c, co + r4 * ldc + last);
    V.cast(c5e).intoArray(c, co + r5 * ldc);
    V.cast(c5f).intoArray(c, co + r5 * ldc + last);
  }

  private static void tile4x2(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] s,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c0e = FloatVector.fromArray(S, s, so);
    FloatVector c0f = FloatVector.fromArray(S, s, so + last);
    FloatVector c1e = FloatVector.fromArray(S, s, so + r1 * lds);
    FloatVector c1f = FloatVector.fromArray(S, s, so + r1 * lds + last);
    FloatVector c2e = FloatVector.fromArray(S, s, so + r2 * lds);
    FloatVector c2f = FloatVector.fromArray(S, s, so + r2 * lds + last);
    FloatVector c3e = FloatVector.fromArray(S, s, so + r3 * lds);
    FloatVector c3f = FloatVector.fromArray(S, s, so + r3 * lds + last);
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
      x = FloatVector.fromArray(S, b, at + last);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + last);
  }

  private static void tile5x2(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] s,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    FloatVector c0e = FloatVector.fromArray(S, s, so);
    FloatVector c0f = FloatVector.fromArray(S, s, so + last);
    FloatVector c1e = FloatVector.fromArray(S, s, so + r1 * lds);
    FloatVector c1f = FloatVector.fromArray(S, s, so + r1 * lds + last);
    FloatVector c2e = FloatVector.fromArray(S, s, so + r2 * lds);
    FloatVector c2f = FloatVector.fromArray(S, s, so + r2 * lds + last);
    FloatVector c3e = FloatVector.fromArray(S, s, so + r3 * lds);
    FloatVector c3f = FloatVector.fromArray(S, s, so + r3 * lds + last);
    FloatVector c4e = FloatVector.fromArray(S, s, so + r4 * lds);
    FloatVector c4f = FloatVector.fromArray(S, s, so + r4 * lds + last);
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector be = FloatVector.fromArray(S, b, at);
      FloatVector bf = FloatVector.fromArray(S, b, at + last);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      c0e = v.fma(be, c0e);
      c0f = v.fma(bf, c0f);
      v = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      c1e = v.fma(be, c1e);
      c1f = v.fma(bf, c1f);
      v = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      c2e = v.fma(be, c2e);
      c2f = v.fma(bf, c2f);
      v = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      c3e = v.fma(be, c3e);
      c3f = v.fma(bf, c3f);
      v = V.cast(FloatVector.broadcast(S, a[a4 + p]));
      c4e = v.fma(be, c4e);
      c4f = v.fma(bf, c4f);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + last);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + last);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + last);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + last);
    V.cast(c4e).intoArray(c, co + r4 * ldc);
    V.cast(c4f).intoArray(c, co + r4 * ldc + last);
  }

  private static void tile3x3(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      int last,
      float[] s,
      int so,
      int lds,
      float[] c,
      int co,
      int ldc) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    FloatVector c0e = FloatVector.fromArray(S, s, so);
    FloatVector c0f = FloatVector.fromArray(S, s, so + L);
    FloatVector c0g = FloatVector.fromArray(S, s, so + last);
    FloatVector c1e = FloatVector.fromArray(S, s, so + r1 * lds);
    FloatVector c1f = FloatVector.fromArray(S, s, so + r1 * lds + L);
    FloatVector c1g = FloatVector.fromArray(S, s, so + r1 * lds + last);
    FloatVector c2e = FloatVector.fromArray(S, s, so + r2 * lds);
    FloatVector c2f = FloatVector.fromArray(S, s, so + r2 * lds + L);
    FloatVector c2g = FloatVector.fromArray(S, s, so + r2 * lds + last);
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector be = FloatVector.fromArray(S, b, at);
      FloatVector bf = FloatVector.fromArray(S, b, at + L);
      FloatVector bg = FloatVector.fromArray(S, b, at + last);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      c0e = v.fma(be, c0e);
      c0f = v.fma(bf, c0f);
      c0g = v.fma(bg, c0g);
      v = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      c1e = v.fma(be, c1e);
      c1f = v.fma(bf, c1f);
      c1g = v.fma(bg, c1g);
      v = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      c2e = v.fma(be, c2e);
      c2f = v.fma(bf, c2f);
      c2g = v.fma(bg, c2g);
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
  }
}
