package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplies eight rows of {@code a}, where they lie, with the last four columns of {@code b}, by
 * vectors of 512 bits that hold four rows by four columns: what {@link VectorWideTiles} leave of a
 * hundred columns.
 *
 * <p>A vector of columns would have twelve idle lanes, and take eight multiply-adds and eight
 * broadcasts a step; this takes two, and three permutations. Sixteen numbers of a, four steps of
 * four rows, are blended from four loads, of which each has its row's numbers where they belong; a
 * permutation spreads each row's number of a step over its four lanes, another repeats the four
 * columns of b for each row. The chain over k of an element is what it is elsewhere, and it is the
 * limit: 4.2 cycles a step, where a vector of columns took 8.2 (8 x 784 x 50 runs at 203 GFLOP/s
 * instead of 184, Zen 5). Sixteen rows would take 6.4, for C2 keeps their addresses in vector
 * registers, and by twelve 5.4; neither is inlined reliably, for so many calls come near C2's limit
 * of nodes.
 *
 * <p>Sums start from zero. A row or a column that the eight and four have too many is one of those
 * before, and is computed anew.
 */
final class VectorQuadTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final VectorSpecies<Float> QUAD = FloatVector.SPECIES_128;
  private static final Class<? extends FloatVector> Q =
      QUAD.vectorType().asSubclass(FloatVector.class);

  /** Columns of a tile. */
  static final int COLUMNS = 4;

  /** Rows of a tile. */
  static final int ROWS = 8;

  /** Steps of a row in a vector. */
  private static final int STEPS = 4;

  /** The lanes of a row. */
  private static final VectorMask<Float> SECOND = quad(1);

  private static final VectorMask<Float> THIRD = quad(2);
  private static final VectorMask<Float> FOURTH = quad(3);

  /** Each row's number of a step, four times. */
  private static final VectorShuffle<Float> STEP_0 = step(0);

  private static final VectorShuffle<Float> STEP_1 = step(1);
  private static final VectorShuffle<Float> STEP_2 = step(2);
  private static final VectorShuffle<Float> STEP_3 = step(3);

  /** Of which lanes {@link #STEP_0} takes them. */
  private static final FloatVector FIRST_STEP = V.cast(STEP_0.toVector());

  /** The same columns for each row. */
  private static final VectorShuffle<Float> REPEAT = VectorShuffle.fromOp(S, lane -> lane % 4);

  /** Another row's sums first. */
  private static final VectorShuffle<Float> FROM_4 = VectorShuffle.iota(S, 4, 1, true);

  private static final VectorShuffle<Float> FROM_8 = VectorShuffle.iota(S, 8, 1, true);
  private static final VectorShuffle<Float> FROM_12 = VectorShuffle.iota(S, 12, 1, true);

  private VectorQuadTiles() {}

  private static VectorMask<Float> quad(int q) {
    return VectorMask.fromLong(S, 0xFL << (4 * q));
  }

  private static VectorShuffle<Float> step(int s) {
    return VectorShuffle.fromOp(S, lane -> lane / 4 * 4 + s);
  }

  /** Return whether what is left of a product, some columns, is computed here. */
  static boolean take(int m, int n, int k) {
    return m >= ROWS && n > 0 && n <= COLUMNS && k >= STEPS;
  }

  /**
   * Compute {@code c = a b}.
   *
   * @param m rows, at least eight
   * @param n columns, at most four; b and c have others before them, so that there are four
   * @param k steps, at least four
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
      int ldc) {
    float[] t = Panels.ofThread().tile;
    int first = n - COLUMNS;
    for (int i = 0; i < m; i += ROWS) {
      int row = Math.min(i, m - ROWS);
      int from = ao + row * lda;
      tile(k, a, from, lda, b, bo + first, ldb, t);
      rest(k, a, from, lda, b, bo + first, ldb, t, c, co + row * ldc + first, ldc);
    }
  }

  /** Add all steps but up to three last ones, and put the sums into {@code t}. */
  private static void tile(
      int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] t) {
    FloatVector c0 = V.cast(FloatVector.zero(S));
    FloatVector c4 = V.cast(FloatVector.zero(S));
    int a1 = ao + lda - 4;
    int a2 = ao + 2 * lda - 8;
    int a3 = ao + 3 * lda - 12;
    int a4 = ao + 4 * lda;
    int a5 = ao + 5 * lda - 4;
    int a6 = ao + 6 * lda - 8;
    int a7 = ao + 7 * lda - 12;
    int at = bo;
    for (int p = 0; p <= k - STEPS; p += STEPS) {
      FloatVector v0 = rows(a, ao + p, a1 + p, a2 + p, a3 + p);
      FloatVector v4 = rows(a, a4 + p, a5 + p, a6 + p, a7 + p);
      FloatVector x = columns(b, at);
      c0 = V.cast(v0.rearrange(STEP_0)).fma(x, c0);
      c4 = V.cast(v4.rearrange(STEP_0)).fma(x, c4);
      at += ldb;
      x = columns(b, at);
      c0 = V.cast(v0.rearrange(STEP_1)).fma(x, c0);
      c4 = V.cast(v4.rearrange(STEP_1)).fma(x, c4);
      at += ldb;
      x = columns(b, at);
      c0 = V.cast(v0.rearrange(STEP_2)).fma(x, c0);
      c4 = V.cast(v4.rearrange(STEP_2)).fma(x, c4);
      at += ldb;
      x = columns(b, at);
      c0 = V.cast(v0.rearrange(STEP_3)).fma(x, c0);
      c4 = V.cast(v4.rearrange(STEP_3)).fma(x, c4);
      at += ldb;
    }
    V.cast(c0).intoArray(t, 0);
    V.cast(c4).intoArray(t, L);
  }

  /**
   * Add the last steps of a tile, up to three, and store its sums.
   *
   * <p>A method of its own, for {@link #tile} comes near the number of nodes from which on C2
   * inlines nothing more, and leaves vectors in boxes.
   *
   * @param t the sums of the steps before
   */
  private static void rest(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] t,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0 = V.cast(FloatVector.fromArray(S, t, 0));
    FloatVector c4 = V.cast(FloatVector.fromArray(S, t, L));
    int left = k % STEPS;
    if (left > 0) {
      // Of the last four steps, of which some are done.
      int from = ao + k - STEPS;
      FloatVector v0 = rows(a, from, from + lda - 4, from + 2 * lda - 8, from + 3 * lda - 12);
      int next = from + 4 * lda;
      FloatVector v4 = rows(a, next, next + lda - 4, next + 2 * lda - 8, next + 3 * lda - 12);
      int at = bo + (k - left) * ldb;
      for (int s = STEPS - left; s < STEPS; s++) {
        FloatVector x = columns(b, at);
        FloatVector step = V.cast(V.cast(FIRST_STEP).add(V.cast(FloatVector.broadcast(S, s))));
        c0 = V.cast(step.selectFrom(v0)).fma(x, c0);
        c4 = V.cast(step.selectFrom(v4)).fma(x, c4);
        at += ldb;
      }
    }
    store(c0, c, co, ldc);
    store(c4, c, co + 4 * ldc, ldc);
  }

  /**
   * Return the numbers of four steps of four rows.
   *
   * @param a1 where the second row's numbers stand, less four, so that they come to lanes 4 to 7;
   *     the others likewise
   */
  private static FloatVector rows(float[] a, int a0, int a1, int a2, int a3) {
    FloatVector v = V.cast(FloatVector.fromArray(S, a, a0));
    v = V.cast(v.blend(V.cast(FloatVector.fromArray(S, a, a1)), SECOND));
    v = V.cast(v.blend(V.cast(FloatVector.fromArray(S, a, a2)), THIRD));
    return V.cast(v.blend(V.cast(FloatVector.fromArray(S, a, a3)), FOURTH));
  }

  /** Return four columns of a step for each of four rows. */
  private static FloatVector columns(float[] b, int at) {
    FloatVector x = Q.cast(FloatVector.fromArray(QUAD, b, at));
    return V.cast(V.cast(x.reinterpretShape(S, 0)).rearrange(REPEAT));
  }

  /** Store the sums of four rows. */
  private static void store(FloatVector s, float[] c, int co, int ldc) {
    FloatVector v = V.cast(s);
    Q.cast(v.reinterpretShape(QUAD, 0)).intoArray(c, co);
    Q.cast(V.cast(v.rearrange(FROM_4)).reinterpretShape(QUAD, 0)).intoArray(c, co + ldc);
    Q.cast(V.cast(v.rearrange(FROM_8)).reinterpretShape(QUAD, 0)).intoArray(c, co + 2 * ldc);
    Q.cast(V.cast(v.rearrange(FROM_12)).reinterpretShape(QUAD, 0)).intoArray(c, co + 3 * ldc);
  }
}
