package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies a few rows of {@code a}, where they lie, with 9 to 16 columns of {@code b} as two
 * vectors of 256 bits, or with 17 to 24 as three: inner loops of {@link VectorFittedGemm}. With
 * vectors of 512 bits they serve what {@link VectorSlimTiles#pay} leaves: up to twelve rows, but
 * not eight, and by ten columns up to four.
 *
 * <p>One vector of 512 bits takes a broadcast for each multiply-add; two of half the length share
 * one of half the length. Neither a nor b is copied, nor are tiles of c. 8 x 100 x 10 runs at 52
 * GFLOP/s instead of 30 by the general way, where all vectors have 256 bits at 50 (Zen 4, {@code
 * -XX:UseAVX=2}; 72 is the limit, for of 16 lanes ten count); on a Zen 5 at 69, of which a copy of
 * b for one vector would leave 68.
 *
 * <p>The last vector ends with the row, and overlaps the one before; rows that a tile has too many
 * repeat the last one. Either computes the same numbers twice, and stores them twice.
 */
final class VectorNarrowTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> V =
      S.vectorType().asSubclass(FloatVector.class);
  private static final int L = S.length();

  /** Whether C2 has 32 registers: with 16, five rows are the most ({@link VectorGemm#MR}). */
  private static final boolean TALL = Lanes.FLOAT.length() > L;

  /**
   * What the sums of the smaller tiles start from where c has no part in them. By zeros of their
   * own, which serve the larger tiles of others better, C2 was a register short and moved an
   * address to and from a vector register in each step: 8 x 100 x 10 at 44 GFLOP/s instead of 51,
   * and 2 to 3 % by 256 bits.
   */
  private static final float[] ZEROS = new float[3 * L];

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
      float[] s = fresh ? ZEROS : c;
      int so = fresh ? 0 : to;
      int lds = fresh ? 0 : ldc;
      switch (height) {
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
    if (TALL) {
      return 4;
    }
    int tiles = (rows + 4) / 5;
    return (rows + tiles - 1) / tiles > 4 ? 5 : 4;
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
