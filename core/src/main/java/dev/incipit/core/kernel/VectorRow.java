package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies one row of {@code a} with {@code b}, for the forms NN and TN: a batch of one.
 *
 * <p>Nothing is packed, for each number of {@code b} is used once. Up to eight vectors of columns
 * are computed in one pass: as many chains as two units of four cycles each keep busy, and {@code
 * b} comes as one stream of memory. Where the columns are fewer the last vectors hold the beginning
 * of the next row, and their sums are dropped; the last rows of {@code b}, behind which the array
 * may end, and less than one vector of columns are read through a mask.
 */
final class VectorRow {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  private VectorRow() {}

  /** Compute {@code c[j] = sum_p a[p stride] b[p, j]}, or add it to {@code c}. */
  static void multiply(
      int n,
      int k,
      float[] a,
      int ao,
      int stride,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(c, co, co + n, 0f);
    }
    for (int j = 0; j < n; ) {
      int vectors = vectors(n - j);
      int width = Math.min(vectors * L, n - j);
      int steps = width == vectors * L ? k : steps(vectors * L, k, b.length - bo - j, ldb);
      if (width == vectors * L) {
        rows(vectors, k, a, ao, stride, b, bo + j, ldb, c, co + j);
      } else if (steps > 0) {
        float[] t = Panels.ofThread().tile;
        System.arraycopy(c, co + j, t, 0, width);
        rows(vectors, steps, a, ao, stride, b, bo + j, ldb, t, 0);
        System.arraycopy(t, 0, c, co + j, width);
      }
      for (int q = j; steps < k && q < j + width; q += L) {
        edge(
            Math.min(L, n - q),
            k - steps,
            a,
            ao + steps * stride,
            stride,
            b,
            bo + steps * ldb + q,
            ldb,
            c,
            co + q);
      }
      j += width;
    }
  }

  /**
   * Return how many vectors of columns are computed next, 1, 2, 4 or 8: of five 4 and 1, for 8
   * would take longer.
   */
  private static int vectors(int columns) {
    return columns > 5 * L ? 8 : columns > 2 * L ? 4 : columns > L ? 2 : 1;
  }

  /** Return in how many steps whole vectors can be read: none for less than one vector. */
  private static int steps(int width, int k, int available, int ldb) {
    return width == L || available < width ? 0 : Math.min(k, (available - width) / ldb + 1);
  }

  private static void rows(
      int vectors,
      int k,
      float[] a,
      int ao,
      int stride,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co) {
    switch (vectors) {
      case 8 -> row8(k, a, ao, stride, b, bo, ldb, c, co);
      case 4 -> row4(k, a, ao, stride, b, bo, ldb, c, co);
      case 2 -> row2(k, a, ao, stride, b, bo, ldb, c, co);
      default -> row1(k, a, ao, stride, b, bo, ldb, c, co);
    }
  }

  private static void row8(
      int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    FloatVector c0 = FloatVector.fromArray(S, c, co);
    FloatVector c1 = FloatVector.fromArray(S, c, co + L);
    FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
    FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
    FloatVector c4 = FloatVector.fromArray(S, c, co + 4 * L);
    FloatVector c5 = FloatVector.fromArray(S, c, co + 5 * L);
    FloatVector c6 = FloatVector.fromArray(S, c, co + 6 * L);
    FloatVector c7 = FloatVector.fromArray(S, c, co + 7 * L);
    for (int p = 0; p < k; p++) {
      FloatVector v = V.cast(FloatVector.broadcast(S, a[ao + p * stride]));
      int at = bo + p * ldb;
      c0 = v.fma(FloatVector.fromArray(S, b, at), c0);
      c1 = v.fma(FloatVector.fromArray(S, b, at + L), c1);
      c2 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
      c3 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), c3);
      c4 = v.fma(FloatVector.fromArray(S, b, at + 4 * L), c4);
      c5 = v.fma(FloatVector.fromArray(S, b, at + 5 * L), c5);
      c6 = v.fma(FloatVector.fromArray(S, b, at + 6 * L), c6);
      c7 = v.fma(FloatVector.fromArray(S, b, at + 7 * L), c7);
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + L);
    V.cast(c2).intoArray(c, co + 2 * L);
    V.cast(c3).intoArray(c, co + 3 * L);
    V.cast(c4).intoArray(c, co + 4 * L);
    V.cast(c5).intoArray(c, co + 5 * L);
    V.cast(c6).intoArray(c, co + 6 * L);
    V.cast(c7).intoArray(c, co + 7 * L);
  }

  private static void row4(
      int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    FloatVector c0 = FloatVector.fromArray(S, c, co);
    FloatVector c1 = FloatVector.fromArray(S, c, co + L);
    FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
    FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
    for (int p = 0; p < k; p++) {
      FloatVector v = V.cast(FloatVector.broadcast(S, a[ao + p * stride]));
      int at = bo + p * ldb;
      c0 = v.fma(FloatVector.fromArray(S, b, at), c0);
      c1 = v.fma(FloatVector.fromArray(S, b, at + L), c1);
      c2 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
      c3 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), c3);
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + L);
    V.cast(c2).intoArray(c, co + 2 * L);
    V.cast(c3).intoArray(c, co + 3 * L);
  }

  private static void row2(
      int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    FloatVector c0 = FloatVector.fromArray(S, c, co);
    FloatVector c1 = FloatVector.fromArray(S, c, co + L);
    for (int p = 0; p < k; p++) {
      FloatVector v = V.cast(FloatVector.broadcast(S, a[ao + p * stride]));
      int at = bo + p * ldb;
      c0 = v.fma(FloatVector.fromArray(S, b, at), c0);
      c1 = v.fma(FloatVector.fromArray(S, b, at + L), c1);
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + L);
  }

  private static void row1(
      int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    FloatVector sum = FloatVector.fromArray(S, c, co);
    for (int p = 0; p < k; p++) {
      FloatVector v = V.cast(FloatVector.broadcast(S, a[ao + p * stride]));
      sum = v.fma(FloatVector.fromArray(S, b, bo + p * ldb), sum);
    }
    V.cast(sum).intoArray(c, co);
  }

  private static void edge(
      int n, int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    VectorMask<Float> mask = S.indexInRange(0, n);
    FloatVector sum = FloatVector.fromArray(S, c, co, mask);
    for (int p = 0; p < k; p++) {
      FloatVector v = V.cast(FloatVector.broadcast(S, a[ao + p * stride]));
      sum = v.fma(FloatVector.fromArray(S, b, bo + p * ldb, mask), sum);
    }
    V.cast(sum).intoArray(c, co, mask);
  }
}
