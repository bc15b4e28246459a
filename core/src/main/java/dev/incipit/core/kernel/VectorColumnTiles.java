package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a few rows of {@code a}, which lie transposed, step by step, with one or two vectors
 * of columns of {@code b}: the inner loops of {@link VectorGemm} for the form TN, but for what
 * {@link VectorWideColumnTiles} take.
 *
 * <p>The same as {@link VectorRowTiles} but for the place of {@code a}'s numbers: those of one step
 * lie side by side, as they do in a transposed matrix and in a panel copied from it.
 *
 * <p>Both offsets are carried from step to step. Multiplied anew in each, C2 was a register short,
 * moved the address of {@code b} to and from a vector register, and lost 7 %; in {@link
 * VectorRowTiles} it is carrying that costs the tiles of twelve rows 8 % (Zen 4, JDK 25, 512 bits).
 */
final class VectorColumnTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  private VectorColumnTiles() {}

  /**
   * Compute {@code c = a b} for one tile, or add it to {@code c}.
   *
   * @param rows rows of the tile: 5 or 4 with vectors of 256 bits, else 12, 8 or 4
   * @param lda distance of the steps of {@code a}: {@code rows} in a panel, else the matrix's
   * @param narrow whether one vector of columns is wanted; a tile of four rows computes two all the
   *     same, for its broadcasts, not its arithmetic, are what takes the time
   * @param fresh whether {@code c} has no part in the sums
   */
  static void multiply(
      int rows,
      boolean narrow,
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
    int vectors = narrow && rows > 4 ? 1 : 2;
    int last = (vectors - 1) * L;
    float[] s = fresh ? null : PartialSums.of(rows, rows, vectors, last, c, co, ldc);
    switch (narrow ? -rows : rows) {
      case 12 -> tile12x2(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case -12 -> tile12x1(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case -8 -> tile8x1(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case 8 -> tile8x2(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case 5 -> tile5x2(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case -5 -> tile5x1(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      default -> tile4x2(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
    }
  }

  private static void tile12x2(
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
    FloatVector c0x = V.cast(FloatVector.zero(S));
    FloatVector c0y = V.cast(FloatVector.zero(S));
    FloatVector c1x = V.cast(FloatVector.zero(S));
    FloatVector c1y = V.cast(FloatVector.zero(S));
    FloatVector c2x = V.cast(FloatVector.zero(S));
    FloatVector c2y = V.cast(FloatVector.zero(S));
    FloatVector c3x = V.cast(FloatVector.zero(S));
    FloatVector c3y = V.cast(FloatVector.zero(S));
    FloatVector c4x = V.cast(FloatVector.zero(S));
    FloatVector c4y = V.cast(FloatVector.zero(S));
    FloatVector c5x = V.cast(FloatVector.zero(S));
    FloatVector c5y = V.cast(FloatVector.zero(S));
    FloatVector c6x = V.cast(FloatVector.zero(S));
    FloatVector c6y = V.cast(FloatVector.zero(S));
    FloatVector c7x = V.cast(FloatVector.zero(S));
    FloatVector c7y = V.cast(FloatVector.zero(S));
    FloatVector c8x = V.cast(FloatVector.zero(S));
    FloatVector c8y = V.cast(FloatVector.zero(S));
    FloatVector c9x = V.cast(FloatVector.zero(S));
    FloatVector c9y = V.cast(FloatVector.zero(S));
    FloatVector c10x = V.cast(FloatVector.zero(S));
    FloatVector c10y = V.cast(FloatVector.zero(S));
    FloatVector c11x = V.cast(FloatVector.zero(S));
    FloatVector c11y = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0x = FloatVector.fromArray(S, s, 0);
      c0y = FloatVector.fromArray(S, s, L);
      c1x = FloatVector.fromArray(S, s, 2 * L);
      c1y = FloatVector.fromArray(S, s, 3 * L);
      c2x = FloatVector.fromArray(S, s, 4 * L);
      c2y = FloatVector.fromArray(S, s, 5 * L);
      c3x = FloatVector.fromArray(S, s, 6 * L);
      c3y = FloatVector.fromArray(S, s, 7 * L);
      c4x = FloatVector.fromArray(S, s, 8 * L);
      c4y = FloatVector.fromArray(S, s, 9 * L);
      c5x = FloatVector.fromArray(S, s, 10 * L);
      c5y = FloatVector.fromArray(S, s, 11 * L);
      c6x = FloatVector.fromArray(S, s, 12 * L);
      c6y = FloatVector.fromArray(S, s, 13 * L);
      c7x = FloatVector.fromArray(S, s, 14 * L);
      c7y = FloatVector.fromArray(S, s, 15 * L);
      c8x = FloatVector.fromArray(S, s, 16 * L);
      c8y = FloatVector.fromArray(S, s, 17 * L);
      c9x = FloatVector.fromArray(S, s, 18 * L);
      c9y = FloatVector.fromArray(S, s, 19 * L);
      c10x = FloatVector.fromArray(S, s, 20 * L);
      c10y = FloatVector.fromArray(S, s, 21 * L);
      c11x = FloatVector.fromArray(S, s, 22 * L);
      c11y = FloatVector.fromArray(S, s, 23 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector by = FloatVector.fromArray(S, b, at + L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4x = v.fma(bx, c4x);
      c4y = v.fma(by, c4y);
      v = V.cast(FloatVector.broadcast(S, a[from + 5]));
      c5x = v.fma(bx, c5x);
      c5y = v.fma(by, c5y);
      v = V.cast(FloatVector.broadcast(S, a[from + 6]));
      c6x = v.fma(bx, c6x);
      c6y = v.fma(by, c6y);
      v = V.cast(FloatVector.broadcast(S, a[from + 7]));
      c7x = v.fma(bx, c7x);
      c7y = v.fma(by, c7y);
      v = V.cast(FloatVector.broadcast(S, a[from + 8]));
      c8x = v.fma(bx, c8x);
      c8y = v.fma(by, c8y);
      v = V.cast(FloatVector.broadcast(S, a[from + 9]));
      c9x = v.fma(bx, c9x);
      c9y = v.fma(by, c9y);
      v = V.cast(FloatVector.broadcast(S, a[from + 10]));
      c10x = v.fma(bx, c10x);
      c10y = v.fma(by, c10y);
      v = V.cast(FloatVector.broadcast(S, a[from + 11]));
      c11x = v.fma(bx, c11x);
      c11y = v.fma(by, c11y);
      from += lda;
      at += ldb;
    }
    V.cast(c0x).intoArray(c, co);
    V.cast(c0y).intoArray(c, co + L);
    V.cast(c1x).intoArray(c, co + ldc);
    V.cast(c1y).intoArray(c, co + ldc + L);
    V.cast(c2x).intoArray(c, co + 2 * ldc);
    V.cast(c2y).intoArray(c, co + 2 * ldc + L);
    V.cast(c3x).intoArray(c, co + 3 * ldc);
    V.cast(c3y).intoArray(c, co + 3 * ldc + L);
    V.cast(c4x).intoArray(c, co + 4 * ldc);
    V.cast(c4y).intoArray(c, co + 4 * ldc + L);
    V.cast(c5x).intoArray(c, co + 5 * ldc);
    V.cast(c5y).intoArray(c, co + 5 * ldc + L);
    V.cast(c6x).intoArray(c, co + 6 * ldc);
    V.cast(c6y).intoArray(c, co + 6 * ldc + L);
    V.cast(c7x).intoArray(c, co + 7 * ldc);
    V.cast(c7y).intoArray(c, co + 7 * ldc + L);
    V.cast(c8x).intoArray(c, co + 8 * ldc);
    V.cast(c8y).intoArray(c, co + 8 * ldc + L);
    V.cast(c9x).intoArray(c, co + 9 * ldc);
    V.cast(c9y).intoArray(c, co + 9 * ldc + L);
    V.cast(c10x).intoArray(c, co + 10 * ldc);
    V.cast(c10y).intoArray(c, co + 10 * ldc + L);
    V.cast(c11x).intoArray(c, co + 11 * ldc);
    V.cast(c11y).intoArray(c, co + 11 * ldc + L);
  }

  private static void tile8x2(
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
    FloatVector c0x = V.cast(FloatVector.zero(S));
    FloatVector c0y = V.cast(FloatVector.zero(S));
    FloatVector c1x = V.cast(FloatVector.zero(S));
    FloatVector c1y = V.cast(FloatVector.zero(S));
    FloatVector c2x = V.cast(FloatVector.zero(S));
    FloatVector c2y = V.cast(FloatVector.zero(S));
    FloatVector c3x = V.cast(FloatVector.zero(S));
    FloatVector c3y = V.cast(FloatVector.zero(S));
    FloatVector c4x = V.cast(FloatVector.zero(S));
    FloatVector c4y = V.cast(FloatVector.zero(S));
    FloatVector c5x = V.cast(FloatVector.zero(S));
    FloatVector c5y = V.cast(FloatVector.zero(S));
    FloatVector c6x = V.cast(FloatVector.zero(S));
    FloatVector c6y = V.cast(FloatVector.zero(S));
    FloatVector c7x = V.cast(FloatVector.zero(S));
    FloatVector c7y = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0x = FloatVector.fromArray(S, s, 0);
      c0y = FloatVector.fromArray(S, s, L);
      c1x = FloatVector.fromArray(S, s, 2 * L);
      c1y = FloatVector.fromArray(S, s, 3 * L);
      c2x = FloatVector.fromArray(S, s, 4 * L);
      c2y = FloatVector.fromArray(S, s, 5 * L);
      c3x = FloatVector.fromArray(S, s, 6 * L);
      c3y = FloatVector.fromArray(S, s, 7 * L);
      c4x = FloatVector.fromArray(S, s, 8 * L);
      c4y = FloatVector.fromArray(S, s, 9 * L);
      c5x = FloatVector.fromArray(S, s, 10 * L);
      c5y = FloatVector.fromArray(S, s, 11 * L);
      c6x = FloatVector.fromArray(S, s, 12 * L);
      c6y = FloatVector.fromArray(S, s, 13 * L);
      c7x = FloatVector.fromArray(S, s, 14 * L);
      c7y = FloatVector.fromArray(S, s, 15 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector by = FloatVector.fromArray(S, b, at + L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4x = v.fma(bx, c4x);
      c4y = v.fma(by, c4y);
      v = V.cast(FloatVector.broadcast(S, a[from + 5]));
      c5x = v.fma(bx, c5x);
      c5y = v.fma(by, c5y);
      v = V.cast(FloatVector.broadcast(S, a[from + 6]));
      c6x = v.fma(bx, c6x);
      c6y = v.fma(by, c6y);
      v = V.cast(FloatVector.broadcast(S, a[from + 7]));
      c7x = v.fma(bx, c7x);
      c7y = v.fma(by, c7y);
      from += lda;
      at += ldb;
    }
    V.cast(c0x).intoArray(c, co);
    V.cast(c0y).intoArray(c, co + L);
    V.cast(c1x).intoArray(c, co + ldc);
    V.cast(c1y).intoArray(c, co + ldc + L);
    V.cast(c2x).intoArray(c, co + 2 * ldc);
    V.cast(c2y).intoArray(c, co + 2 * ldc + L);
    V.cast(c3x).intoArray(c, co + 3 * ldc);
    V.cast(c3y).intoArray(c, co + 3 * ldc + L);
    V.cast(c4x).intoArray(c, co + 4 * ldc);
    V.cast(c4y).intoArray(c, co + 4 * ldc + L);
    V.cast(c5x).intoArray(c, co + 5 * ldc);
    V.cast(c5y).intoArray(c, co + 5 * ldc + L);
    V.cast(c6x).intoArray(c, co + 6 * ldc);
    V.cast(c6y).intoArray(c, co + 6 * ldc + L);
    V.cast(c7x).intoArray(c, co + 7 * ldc);
    V.cast(c7y).intoArray(c, co + 7 * ldc + L);
  }

  private static void tile4x2(
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
    FloatVector c0x = V.cast(FloatVector.zero(S));
    FloatVector c0y = V.cast(FloatVector.zero(S));
    FloatVector c1x = V.cast(FloatVector.zero(S));
    FloatVector c1y = V.cast(FloatVector.zero(S));
    FloatVector c2x = V.cast(FloatVector.zero(S));
    FloatVector c2y = V.cast(FloatVector.zero(S));
    FloatVector c3x = V.cast(FloatVector.zero(S));
    FloatVector c3y = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0x = FloatVector.fromArray(S, s, 0);
      c0y = FloatVector.fromArray(S, s, L);
      c1x = FloatVector.fromArray(S, s, 2 * L);
      c1y = FloatVector.fromArray(S, s, 3 * L);
      c2x = FloatVector.fromArray(S, s, 4 * L);
      c2y = FloatVector.fromArray(S, s, 5 * L);
      c3x = FloatVector.fromArray(S, s, 6 * L);
      c3y = FloatVector.fromArray(S, s, 7 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector by = FloatVector.fromArray(S, b, at + L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      from += lda;
      at += ldb;
    }
    V.cast(c0x).intoArray(c, co);
    V.cast(c0y).intoArray(c, co + L);
    V.cast(c1x).intoArray(c, co + ldc);
    V.cast(c1y).intoArray(c, co + ldc + L);
    V.cast(c2x).intoArray(c, co + 2 * ldc);
    V.cast(c2y).intoArray(c, co + 2 * ldc + L);
    V.cast(c3x).intoArray(c, co + 3 * ldc);
    V.cast(c3y).intoArray(c, co + 3 * ldc + L);
  }

  private static void tile12x1(
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
    FloatVector c0 = V.cast(FloatVector.zero(S));
    FloatVector c1 = V.cast(FloatVector.zero(S));
    FloatVector c2 = V.cast(FloatVector.zero(S));
    FloatVector c3 = V.cast(FloatVector.zero(S));
    FloatVector c4 = V.cast(FloatVector.zero(S));
    FloatVector c5 = V.cast(FloatVector.zero(S));
    FloatVector c6 = V.cast(FloatVector.zero(S));
    FloatVector c7 = V.cast(FloatVector.zero(S));
    FloatVector c8 = V.cast(FloatVector.zero(S));
    FloatVector c9 = V.cast(FloatVector.zero(S));
    FloatVector c10 = V.cast(FloatVector.zero(S));
    FloatVector c11 = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0 = FloatVector.fromArray(S, s, 0);
      c1 = FloatVector.fromArray(S, s, L);
      c2 = FloatVector.fromArray(S, s, 2 * L);
      c3 = FloatVector.fromArray(S, s, 3 * L);
      c4 = FloatVector.fromArray(S, s, 4 * L);
      c5 = FloatVector.fromArray(S, s, 5 * L);
      c6 = FloatVector.fromArray(S, s, 6 * L);
      c7 = FloatVector.fromArray(S, s, 7 * L);
      c8 = FloatVector.fromArray(S, s, 8 * L);
      c9 = FloatVector.fromArray(S, s, 9 * L);
      c10 = FloatVector.fromArray(S, s, 10 * L);
      c11 = FloatVector.fromArray(S, s, 11 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0 = v.fma(bx, c0);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1 = v.fma(bx, c1);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2 = v.fma(bx, c2);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3 = v.fma(bx, c3);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4 = v.fma(bx, c4);
      v = V.cast(FloatVector.broadcast(S, a[from + 5]));
      c5 = v.fma(bx, c5);
      v = V.cast(FloatVector.broadcast(S, a[from + 6]));
      c6 = v.fma(bx, c6);
      v = V.cast(FloatVector.broadcast(S, a[from + 7]));
      c7 = v.fma(bx, c7);
      v = V.cast(FloatVector.broadcast(S, a[from + 8]));
      c8 = v.fma(bx, c8);
      v = V.cast(FloatVector.broadcast(S, a[from + 9]));
      c9 = v.fma(bx, c9);
      v = V.cast(FloatVector.broadcast(S, a[from + 10]));
      c10 = v.fma(bx, c10);
      v = V.cast(FloatVector.broadcast(S, a[from + 11]));
      c11 = v.fma(bx, c11);
      from += lda;
      at += ldb;
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
    V.cast(c4).intoArray(c, co + 4 * ldc);
    V.cast(c5).intoArray(c, co + 5 * ldc);
    V.cast(c6).intoArray(c, co + 6 * ldc);
    V.cast(c7).intoArray(c, co + 7 * ldc);
    V.cast(c8).intoArray(c, co + 8 * ldc);
    V.cast(c9).intoArray(c, co + 9 * ldc);
    V.cast(c10).intoArray(c, co + 10 * ldc);
    V.cast(c11).intoArray(c, co + 11 * ldc);
  }

  private static void tile8x1(
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
    FloatVector c0 = V.cast(FloatVector.zero(S));
    FloatVector c1 = V.cast(FloatVector.zero(S));
    FloatVector c2 = V.cast(FloatVector.zero(S));
    FloatVector c3 = V.cast(FloatVector.zero(S));
    FloatVector c4 = V.cast(FloatVector.zero(S));
    FloatVector c5 = V.cast(FloatVector.zero(S));
    FloatVector c6 = V.cast(FloatVector.zero(S));
    FloatVector c7 = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0 = FloatVector.fromArray(S, s, 0);
      c1 = FloatVector.fromArray(S, s, L);
      c2 = FloatVector.fromArray(S, s, 2 * L);
      c3 = FloatVector.fromArray(S, s, 3 * L);
      c4 = FloatVector.fromArray(S, s, 4 * L);
      c5 = FloatVector.fromArray(S, s, 5 * L);
      c6 = FloatVector.fromArray(S, s, 6 * L);
      c7 = FloatVector.fromArray(S, s, 7 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0 = v.fma(bx, c0);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1 = v.fma(bx, c1);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2 = v.fma(bx, c2);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3 = v.fma(bx, c3);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4 = v.fma(bx, c4);
      v = V.cast(FloatVector.broadcast(S, a[from + 5]));
      c5 = v.fma(bx, c5);
      v = V.cast(FloatVector.broadcast(S, a[from + 6]));
      c6 = v.fma(bx, c6);
      v = V.cast(FloatVector.broadcast(S, a[from + 7]));
      c7 = v.fma(bx, c7);
      from += lda;
      at += ldb;
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
    V.cast(c4).intoArray(c, co + 4 * ldc);
    V.cast(c5).intoArray(c, co + 5 * ldc);
    V.cast(c6).intoArray(c, co + 6 * ldc);
    V.cast(c7).intoArray(c, co + 7 * ldc);
  }

  private static void tile5x2(
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
    FloatVector c0x = V.cast(FloatVector.zero(S));
    FloatVector c0y = V.cast(FloatVector.zero(S));
    FloatVector c1x = V.cast(FloatVector.zero(S));
    FloatVector c1y = V.cast(FloatVector.zero(S));
    FloatVector c2x = V.cast(FloatVector.zero(S));
    FloatVector c2y = V.cast(FloatVector.zero(S));
    FloatVector c3x = V.cast(FloatVector.zero(S));
    FloatVector c3y = V.cast(FloatVector.zero(S));
    FloatVector c4x = V.cast(FloatVector.zero(S));
    FloatVector c4y = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0x = FloatVector.fromArray(S, s, 0);
      c0y = FloatVector.fromArray(S, s, L);
      c1x = FloatVector.fromArray(S, s, 2 * L);
      c1y = FloatVector.fromArray(S, s, 3 * L);
      c2x = FloatVector.fromArray(S, s, 4 * L);
      c2y = FloatVector.fromArray(S, s, 5 * L);
      c3x = FloatVector.fromArray(S, s, 6 * L);
      c3y = FloatVector.fromArray(S, s, 7 * L);
      c4x = FloatVector.fromArray(S, s, 8 * L);
      c4y = FloatVector.fromArray(S, s, 9 * L);
    }
    int at = bo;
    int from = ao;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector by = FloatVector.fromArray(S, b, at + L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4x = v.fma(bx, c4x);
      c4y = v.fma(by, c4y);
      at += ldb;
      from += lda;
    }
    V.cast(c0x).intoArray(c, co);
    V.cast(c0y).intoArray(c, co + L);
    V.cast(c1x).intoArray(c, co + ldc);
    V.cast(c1y).intoArray(c, co + ldc + L);
    V.cast(c2x).intoArray(c, co + 2 * ldc);
    V.cast(c2y).intoArray(c, co + 2 * ldc + L);
    V.cast(c3x).intoArray(c, co + 3 * ldc);
    V.cast(c3y).intoArray(c, co + 3 * ldc + L);
    V.cast(c4x).intoArray(c, co + 4 * ldc);
    V.cast(c4y).intoArray(c, co + 4 * ldc + L);
  }

  private static void tile5x1(
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
    FloatVector c0 = V.cast(FloatVector.zero(S));
    FloatVector c1 = V.cast(FloatVector.zero(S));
    FloatVector c2 = V.cast(FloatVector.zero(S));
    FloatVector c3 = V.cast(FloatVector.zero(S));
    FloatVector c4 = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0 = FloatVector.fromArray(S, s, 0);
      c1 = FloatVector.fromArray(S, s, L);
      c2 = FloatVector.fromArray(S, s, 2 * L);
      c3 = FloatVector.fromArray(S, s, 3 * L);
      c4 = FloatVector.fromArray(S, s, 4 * L);
    }
    int at = bo;
    int from = ao;
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, at);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[from]));
      c0 = v.fma(bx, c0);
      v = V.cast(FloatVector.broadcast(S, a[from + 1]));
      c1 = v.fma(bx, c1);
      v = V.cast(FloatVector.broadcast(S, a[from + 2]));
      c2 = v.fma(bx, c2);
      v = V.cast(FloatVector.broadcast(S, a[from + 3]));
      c3 = v.fma(bx, c3);
      v = V.cast(FloatVector.broadcast(S, a[from + 4]));
      c4 = v.fma(bx, c4);
      at += ldb;
      from += lda;
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
    V.cast(c4).intoArray(c, co + 4 * ldc);
  }
}
