package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies eight rows of {@code a}, where they lie, with 9 to 16 columns of {@code b} as one
 * vector of 512 bits: an inner loop of {@link VectorFittedGemm}, and what the ten classes of a
 * network's last layer are computed by.
 *
 * <p>Rows of {@code b} lie a constant apart, for C2 takes the checks of an index out of the loop
 * only where each step adds a constant to it. Ten columns do so where they are: what a vector of
 * them has beyond is the next row's, and computed for nothing, and the last rows are copied. Others
 * are all copied, {@link #DISTANCE} apart, by {@link Panels#fittedB}.
 *
 * <p>What a row of sums has beyond its columns is stored, too, where the next row of {@code c}
 * follows at once, which overwrites it. Elsewhere sums go through an array, and from there as two
 * vectors of 256 bits to {@code c}, the second of which ends with the row and overlaps the first.
 *
 * <p>A multiply-add takes a broadcast of its own, and the loads are the limit: five cycles a step,
 * where two vectors of 256 bits, which share a broadcast, take eight. 128 x 100 x 10 runs at 116
 * GFLOP/s instead of 74, 8 x 100 x 10 at 108 instead of 69, and a copy of b would leave 108 and 68;
 * 128 x 784 x 10 at 129 instead of 77 (Zen 5; where b lies at a distance that is no constant 79, by
 * ten rows 85, by twelve 93). A processor that computes 512 bits in halves loads one such broadcast
 * a cycle, and takes about as long either way.
 */
final class VectorSlimTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> H =
      HALF.vectorType().asSubclass(FloatVector.class);

  /** Distance of the rows of b where it is a copy. */
  private static final int DISTANCE = L;

  /** Columns, and distance of the rows, of a b that need not be copied. */
  private static final int TEN = 10;

  /** Up to as many steps, rows of b stay in a first-level cache of 48 kB: 40 kB. */
  private static final int STEPS = 1024;

  /** Where, among a tile's sums, the last rows of such a b lie. */
  private static final int LAST = 8 * L;

  /** Up to as many rows, but for a whole tile, a copy of b costs more than it saves. */
  private static final int FEW = 12;

  /** Up to as many rows {@link VectorNarrowTiles} have in one tile. */
  private static final int NARROW = 4;

  /** Rows of a tile. */
  private static final int ROWS = 8;

  private VectorSlimTiles() {}

  /**
   * Return whether vectors are long enough, and rows so many that these tiles, and a copy of b
   * unless it stays where it is, pay.
   */
  static boolean pay(int m, boolean inPlace) {
    return L == 16 && (inPlace ? m > NARROW : m == ROWS || m > FEW);
  }

  /** Return whether b need not be copied. */
  static boolean inPlace(int n, int ldb, int k) {
    return n == TEN && ldb == TEN && k <= STEPS;
  }

  /**
   * Compute {@code c = a b}, or add it to {@code c}.
   *
   * @param n columns, 9 to 16
   * @param ldb distance of the rows of b, or 0 where it is a copy
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
    float[] t = Panels.ofThread().tile;
    int last = n - HALF.length();
    boolean ten = ldb != 0;
    int whole = (k - 1) / 2 * 2;
    if (ten) {
      copy(k - whole, last, b, bo + whole * TEN, TEN, t, LAST, L);
    }
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      int to = co + i * ldc;
      if (!fresh) {
        copy(rows, last, c, to, ldc, t, 0, L);
      }
      // The last row must not reach into the next tile, which another thread may have stored.
      boolean direct = rows == ROWS && ldc == n;
      float[] y = direct ? c : t;
      int yo = direct ? to : 0;
      if (ten) {
        ten(rows, k, a, ao + i * lda, lda, b, bo, whole, t, fresh, y, yo);
      } else {
        tile(rows, k, a, ao + i * lda, lda, b, bo, t, fresh, y, yo, direct ? ldc : L);
      }
      if (!direct) {
        copy(Math.min(rows, ROWS - 1), last, t, 0, ten ? TEN : L, c, to, ldc);
      }
      if (rows == ROWS) {
        copy(1, last, t, (ROWS - 1) * L, L, c, to + (ROWS - 1) * ldc, ldc);
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

  /**
   * The same of ten columns, with b where it lies.
   *
   * @param whole the steps that are read from b, an even number; what the last one or two read lies
   *     in {@code t}, from {@link #LAST} on
   */
  private static void ten(
      int rows,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int whole,
      float[] t,
      boolean fresh,
      float[] c,
      int co) {
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
    for (; p < whole; p += 2) {
      FloatVector x = FloatVector.fromArray(S, b, bo + p * TEN);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + p])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + p])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + p])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + p])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + p])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + p])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + p])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + p])).fma(x, c7);
      x = FloatVector.fromArray(S, b, bo + p * TEN + TEN);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + p + 1])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + p + 1])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + p + 1])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + p + 1])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + p + 1])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + p + 1])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + p + 1])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + p + 1])).fma(x, c7);
    }
    if (whole < k - 1) {
      FloatVector x = FloatVector.fromArray(S, t, LAST);
      c0 = V.cast(FloatVector.broadcast(S, a[a0 + whole])).fma(x, c0);
      c1 = V.cast(FloatVector.broadcast(S, a[a1 + whole])).fma(x, c1);
      c2 = V.cast(FloatVector.broadcast(S, a[a2 + whole])).fma(x, c2);
      c3 = V.cast(FloatVector.broadcast(S, a[a3 + whole])).fma(x, c3);
      c4 = V.cast(FloatVector.broadcast(S, a[a4 + whole])).fma(x, c4);
      c5 = V.cast(FloatVector.broadcast(S, a[a5 + whole])).fma(x, c5);
      c6 = V.cast(FloatVector.broadcast(S, a[a6 + whole])).fma(x, c6);
      c7 = V.cast(FloatVector.broadcast(S, a[a7 + whole])).fma(x, c7);
    }
    FloatVector x = FloatVector.fromArray(S, t, LAST + (k - 1 - whole) * L);
    c0 = V.cast(FloatVector.broadcast(S, a[a0 + k - 1])).fma(x, c0);
    c1 = V.cast(FloatVector.broadcast(S, a[a1 + k - 1])).fma(x, c1);
    c2 = V.cast(FloatVector.broadcast(S, a[a2 + k - 1])).fma(x, c2);
    c3 = V.cast(FloatVector.broadcast(S, a[a3 + k - 1])).fma(x, c3);
    c4 = V.cast(FloatVector.broadcast(S, a[a4 + k - 1])).fma(x, c4);
    c5 = V.cast(FloatVector.broadcast(S, a[a5 + k - 1])).fma(x, c5);
    c6 = V.cast(FloatVector.broadcast(S, a[a6 + k - 1])).fma(x, c6);
    c7 = V.cast(FloatVector.broadcast(S, a[a7 + k - 1])).fma(x, c7);
    V.cast(c0).intoArray(c, co);
    V.cast(c1).intoArray(c, co + TEN);
    V.cast(c2).intoArray(c, co + 2 * TEN);
    V.cast(c3).intoArray(c, co + 3 * TEN);
    V.cast(c4).intoArray(c, co + 4 * TEN);
    V.cast(c5).intoArray(c, co + 5 * TEN);
    V.cast(c6).intoArray(c, co + 6 * TEN);
    V.cast(c7).intoArray(t, 7 * L);
  }
}
