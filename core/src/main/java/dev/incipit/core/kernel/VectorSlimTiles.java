package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies eight rows of {@code a}, where they lie, with 9 to 16 columns of {@code b} as one
 * vector of 512 bits: an inner loop of {@link VectorFittedGemm}, and what the ten classes of a
 * network's last layer are computed by.
 *
 * <p>Rows of {@code b} lie {@link #DISTANCE} apart, as {@link Panels#fittedB} copies them: C2 takes
 * the checks of an index out of the loop only where each step adds a constant to it. What a row has
 * beyond its columns is computed, and stored where the next row of {@code c} follows at once, which
 * overwrites it. Elsewhere sums go through an array, and from there as two vectors of 256 bits to
 * {@code c}, the second of which ends with the row and overlaps the first.
 *
 * <p>A multiply-add takes a broadcast of its own, and the loads are the limit: five cycles a step,
 * where two vectors of 256 bits, which share a broadcast, take eight. 128 x 100 x 10 runs at 111
 * GFLOP/s instead of 74 (at 103 where every row goes through the array), 128 x 784 x 10 at 112
 * instead of 77 (Zen 5; with b where it lies at 79, by ten rows at 85, by twelve at 93). A
 * processor that computes 512 bits in halves loads one such broadcast a cycle, and takes about as
 * long either way.
 */
final class VectorSlimTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> H =
      HALF.vectorType().asSubclass(FloatVector.class);

  /** Distance of the rows of b. */
  private static final int DISTANCE = L;

  /** Up to as many rows, but for a whole tile, a copy of b costs more than it saves. */
  private static final int FEW = 12;

  /** Rows of a tile. */
  private static final int ROWS = 8;

  private VectorSlimTiles() {}

  /** Return whether vectors are long enough, and rows so many that a copy of b pays. */
  static boolean pay(int m) {
    return L == 16 && (m == ROWS || m > FEW);
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}.
   *
   * @param n columns, 9 to 16
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
      float[] c,
      int co,
      int ldc,
      boolean fresh) {
    float[] t = Panels.ofThread().tile;
    int last = n - HALF.length();
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int to = co + i * ldc;
      if (!fresh) {
        copy(rows, last, c, to, ldc, t, 0, L);
      }
      // The last row must not reach into the next tile, which another thread may have stored.
      boolean whole = rows == ROWS && ldc == n;
      if (whole) {
        tile(rows, k, a, ao + i * lda, lda, b, bo, t, fresh, c, to, ldc);
        copy(1, last, t, (ROWS - 1) * L, L, c, to + (ROWS - 1) * ldc, ldc);
      } else {
        tile(rows, k, a, ao + i * lda, lda, b, bo, t, fresh, t, 0, L);
        copy(rows, last, t, 0, L, c, to, ldc);
      }
    }
  }

  private static void copy(
      int rows, int last, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    for (int i = 0; i < rows; i++) {
      FloatVector front = FloatVector.fromArray(HALF, x, xo + i * ldx);
      FloatVector back = FloatVector.fromArray(HALF, x, xo + i * ldx + last);
      H.cast(front).intoArray(y, yo + i * ldy);
      H.cast(back).intoArray(y, yo + i * ldy + last);
    }
  }

  /**
   * Compute a tile. Two steps a round: what it takes to address a row serves both.
   *
   * @param rows how many of the eight are there; the others repeat the last one
   * @param t its rows of sums, and where the last one is stored
   * @param c where the others are stored
   */
  private static void tile(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      float[] t,
      boolean fresh,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0 = V.cast(FloatVector.zero(S));
    FloatVector c1 = V.cast(FloatVector.zero(S));
    FloatVector c2 = V.cast(FloatVector.zero(S));
    FloatVector c3 = V.cast(FloatVector.zero(S));
    FloatVector c4 = V.cast(FloatVector.zero(S));
    FloatVector c5 = V.cast(FloatVector.zero(S));
    FloatVector c6 = V.cast(FloatVector.zero(S));
    FloatVector c7 = V.cast(FloatVector.zero(S));
    if (!fresh) {
      c0 = FloatVector.fromArray(S, t, 0);
      c1 = FloatVector.fromArray(S, t, L);
      c2 = FloatVector.fromArray(S, t, 2 * L);
      c3 = FloatVector.fromArray(S, t, 3 * L);
      c4 = FloatVector.fromArray(S, t, 4 * L);
      c5 = FloatVector.fromArray(S, t, 5 * L);
      c6 = FloatVector.fromArray(S, t, 6 * L);
      c7 = FloatVector.fromArray(S, t, 7 * L);
    }
    int a0 = ao;
    int a1 = ao + Math.min(1, rows - 1) * lda;
    int a2 = ao + Math.min(2, rows - 1) * lda;
    int a3 = ao + Math.min(3, rows - 1) * lda;
    int a4 = ao + Math.min(4, rows - 1) * lda;
    int a5 = ao + Math.min(5, rows - 1) * lda;
    int a6 = ao + Math.min(6, rows - 1) * lda;
    int a7 = ao + Math.min(7, rows - 1) * lda;
    int p = 0;
    for (; p < k - 1; p += 2) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * DISTANCE);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + p])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + p])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + p])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + p])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + p])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + p])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + p])).fma(x, c7);
      x = FloatVector.fromArray(S, b, bo + p * DISTANCE + DISTANCE);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + p + 1])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + p + 1])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + p + 1])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + p + 1])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + p + 1])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + p + 1])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + p + 1])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + p + 1])).fma(x, c7);
    }
    for (; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * DISTANCE);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + p])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + p])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + p])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + p])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + p])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + p])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + p])).fma(x, c7);
    }
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + ldc);
    V.cast(c2).intoArray(c, co + 2 * ldc);
    V.cast(c3).intoArray(c, co + 3 * ldc);
    V.cast(c4).intoArray(c, co + 4 * ldc);
    V.cast(c5).intoArray(c, co + 5 * ldc);
    V.cast(c6).intoArray(c, co + 6 * ldc);
    V.cast(c7).intoArray(t, 7 * L);
  }
}
