package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a few rows of {@code a} with up to eight columns of {@code b}: the last columns of a
 * product whose other tiles are made of vectors of 512 bits.
 *
 * <p>A processor that computes such vectors in halves takes half the time for one of 256 bits, and
 * the four columns that 36 leaves after a tile are a third of the product's vectors. (They come
 * here in form TN, where rows are few: {@link VectorTurned} takes those of many.)
 */
final class VectorHalfTiles {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> V =
      S.vectorType().asSubclass(FloatVector.class);
  private static final int L = S.length();
  private static final int ROW = VectorRowTiles.ROW;

  /** The most columns. */
  static final int COLUMNS = L;

  private VectorHalfTiles() {}

  /**
   * Compute {@code c = a b} for one tile, or add it to {@code c}.
   *
   * @param form TN where the numbers of a step lie side by side, as {@link VectorColumnTiles} reads
   *     them, else as {@link VectorRowTiles} does
   * @param rows rows of the tile: 12, 8 or 4
   * @param lda distance of the steps of {@code a} in form TN
   * @param fresh whether {@code c} has no part in the sums
   */
  static void multiply(
      Form form,
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
      int ldc,
      boolean fresh) {
    float[] s = fresh ? null : PartialSums.halves(rows, c, co, ldc);
    switch (form == Form.TN ? -rows : rows) {
      case 12 -> rows12(k, a, ao, b, bo, ldb, c, co, ldc, s);
      case 8 -> rows8(k, a, ao, b, bo, ldb, c, co, ldc, s);
      case 4 -> rows4(k, a, ao, b, bo, ldb, c, co, ldc, s);
      case -12 -> columns12(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      case -8 -> columns8(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
      default -> columns4(k, a, ao, lda, b, bo, ldb, c, co, ldc, s);
    }
  }

  private static void rows12(
      int k,
      float[] a,
      int ao,
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
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * ldb);
      c0 = V.cast(FloatVector.broadcast(S, a[ao + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[ao + p + ROW])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[ao + p + 2 * ROW])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[ao + p + 3 * ROW])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[ao + p + 4 * ROW])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[ao + p + 5 * ROW])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[ao + p + 6 * ROW])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[ao + p + 7 * ROW])).fma(x, c7);
      c8 = V.cast(FloatVector.broadcast(S, a[ao + p + 8 * ROW])).fma(x, c8);
      c9 = V.cast(FloatVector.broadcast(S, a[ao + p + 9 * ROW])).fma(x, c9);
      c10 = V.cast(FloatVector.broadcast(S, a[ao + p + 10 * ROW])).fma(x, c10);
      c11 = V.cast(FloatVector.broadcast(S, a[ao + p + 11 * ROW])).fma(x, c11);
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

  private static void rows8(
      int k,
      float[] a,
      int ao,
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
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * ldb);
      c0 = V.cast(FloatVector.broadcast(S, a[ao + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[ao + p + ROW])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[ao + p + 2 * ROW])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[ao + p + 3 * ROW])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[ao + p + 4 * ROW])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[ao + p + 5 * ROW])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[ao + p + 6 * ROW])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[ao + p + 7 * ROW])).fma(x, c7);
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

  private static void rows4(
      int k,
      float[] a,
      int ao,
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
    if (s != null) {
      c0 = FloatVector.fromArray(S, s, 0);
      c1 = FloatVector.fromArray(S, s, L);
      c2 = FloatVector.fromArray(S, s, 2 * L);
      c3 = FloatVector.fromArray(S, s, 3 * L);
    }
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * ldb);
      c0 = V.cast(FloatVector.broadcast(S, a[ao + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[ao + p + ROW])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[ao + p + 2 * ROW])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[ao + p + 3 * ROW])).fma(x, c3);
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
  }

  private static void columns12(
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
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0 = V.cast(FloatVector.broadcast(S, a[from])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[from + 1])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[from + 2])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[from + 3])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[from + 4])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[from + 5])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[from + 6])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[from + 7])).fma(x, c7);
      c8 = V.cast(FloatVector.broadcast(S, a[from + 8])).fma(x, c8);
      c9 = V.cast(FloatVector.broadcast(S, a[from + 9])).fma(x, c9);
      c10 = V.cast(FloatVector.broadcast(S, a[from + 10])).fma(x, c10);
      c11 = V.cast(FloatVector.broadcast(S, a[from + 11])).fma(x, c11);
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

  private static void columns8(
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
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0 = V.cast(FloatVector.broadcast(S, a[from])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[from + 1])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[from + 2])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[from + 3])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[from + 4])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[from + 5])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[from + 6])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[from + 7])).fma(x, c7);
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

  private static void columns4(
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
    if (s != null) {
      c0 = FloatVector.fromArray(S, s, 0);
      c1 = FloatVector.fromArray(S, s, L);
      c2 = FloatVector.fromArray(S, s, 2 * L);
      c3 = FloatVector.fromArray(S, s, 3 * L);
    }
    int from = ao;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0 = V.cast(FloatVector.broadcast(S, a[from])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[from + 1])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[from + 2])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[from + 3])).fma(x, c3);
      from += lda;
      at += ldb;
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
  }
}
