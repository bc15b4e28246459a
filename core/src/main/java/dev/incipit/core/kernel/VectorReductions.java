package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over stretches in the fixed shape of the contract: 64 lanes, then one pairwise tree.
 *
 * <p>The 64 lanes are 4, 8 or 16 vectors, each a local variable so that it lives in a register; the
 * tests on {@code L} fold to constants, so that at 512 bits only the first four exist. {@code
 * reduceLanes(ADD)} is never used, for its order is not specified.
 *
 * <p>A tail is filled up with +0, as the contract has it, and added after the rows that are whole,
 * by code of its own: a loop that took first these and then it needed as long for 8,192 numbers at
 * 512 bits, a third longer at 128, and twice as long at 256 (Zen 4). What repeats here is written
 * out: in methods of this size C2 no longer inlines ours, only what the JDK marks, and a vector
 * that passed into or out of one would be boxed; masked loads for the tail alone would bring it
 * there.
 */
final class VectorReductions {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private static final int LANES = Kernels.SUM_LANES;

  /** Room for the tails of two operands, each filled up to 64 lanes. */
  private static final ThreadLocal<float[]> PAD =
      ThreadLocal.withInitial(() -> new float[2 * LANES]);

  private VectorReductions() {}

  static float sum(float[] x, int xo, int n) {
    FloatVector a0 = V.cast(FloatVector.zero(S));
    FloatVector a1 = V.cast(FloatVector.zero(S));
    FloatVector a2 = V.cast(FloatVector.zero(S));
    FloatVector a3 = V.cast(FloatVector.zero(S));
    FloatVector a4 = V.cast(FloatVector.zero(S));
    FloatVector a5 = V.cast(FloatVector.zero(S));
    FloatVector a6 = V.cast(FloatVector.zero(S));
    FloatVector a7 = V.cast(FloatVector.zero(S));
    FloatVector a8 = V.cast(FloatVector.zero(S));
    FloatVector a9 = V.cast(FloatVector.zero(S));
    FloatVector a10 = V.cast(FloatVector.zero(S));
    FloatVector a11 = V.cast(FloatVector.zero(S));
    FloatVector a12 = V.cast(FloatVector.zero(S));
    FloatVector a13 = V.cast(FloatVector.zero(S));
    FloatVector a14 = V.cast(FloatVector.zero(S));
    FloatVector a15 = V.cast(FloatVector.zero(S));
    int rest = n % LANES;
    int end = xo + n - rest;
    int never = ~n;
    for (int i = xo; i < end; i += LANES) {
      // Never so, which C2 cannot know. It keeps C2, which unrolls eight rows, from adding all of
      // a0 and a3 before a1 and a2: twice the time from a second-level cache (Zen 5). Dot products
      // gain nothing.
      if (i == never) {
        break;
      }
      a0 = a0.add(FloatVector.fromArray(S, x, i));
      a1 = a1.add(FloatVector.fromArray(S, x, i + L));
      a2 = a2.add(FloatVector.fromArray(S, x, i + 2 * L));
      a3 = a3.add(FloatVector.fromArray(S, x, i + 3 * L));
      if (L <= 8) {
        a4 = a4.add(FloatVector.fromArray(S, x, i + 4 * L));
        a5 = a5.add(FloatVector.fromArray(S, x, i + 5 * L));
        a6 = a6.add(FloatVector.fromArray(S, x, i + 6 * L));
        a7 = a7.add(FloatVector.fromArray(S, x, i + 7 * L));
      }
      if (L == 4) {
        a8 = a8.add(FloatVector.fromArray(S, x, i + 8 * L));
        a9 = a9.add(FloatVector.fromArray(S, x, i + 9 * L));
        a10 = a10.add(FloatVector.fromArray(S, x, i + 10 * L));
        a11 = a11.add(FloatVector.fromArray(S, x, i + 11 * L));
        a12 = a12.add(FloatVector.fromArray(S, x, i + 12 * L));
        a13 = a13.add(FloatVector.fromArray(S, x, i + 13 * L));
        a14 = a14.add(FloatVector.fromArray(S, x, i + 14 * L));
        a15 = a15.add(FloatVector.fromArray(S, x, i + 15 * L));
      }
    }
    if (rest > 0) {
      float[] pad = padded(0, x, end, rest);
      a0 = a0.add(FloatVector.fromArray(S, pad, 0));
      a1 = a1.add(FloatVector.fromArray(S, pad, L));
      a2 = a2.add(FloatVector.fromArray(S, pad, 2 * L));
      a3 = a3.add(FloatVector.fromArray(S, pad, 3 * L));
      if (L <= 8) {
        a4 = a4.add(FloatVector.fromArray(S, pad, 4 * L));
        a5 = a5.add(FloatVector.fromArray(S, pad, 5 * L));
        a6 = a6.add(FloatVector.fromArray(S, pad, 6 * L));
        a7 = a7.add(FloatVector.fromArray(S, pad, 7 * L));
      }
      if (L == 4) {
        a8 = a8.add(FloatVector.fromArray(S, pad, 8 * L));
        a9 = a9.add(FloatVector.fromArray(S, pad, 9 * L));
        a10 = a10.add(FloatVector.fromArray(S, pad, 10 * L));
        a11 = a11.add(FloatVector.fromArray(S, pad, 11 * L));
        a12 = a12.add(FloatVector.fromArray(S, pad, 12 * L));
        a13 = a13.add(FloatVector.fromArray(S, pad, 13 * L));
        a14 = a14.add(FloatVector.fromArray(S, pad, 14 * L));
        a15 = a15.add(FloatVector.fromArray(S, pad, 15 * L));
      }
    }
    if (L == 4) {
      a0 = a0.add(a8);
      a1 = a1.add(a9);
      a2 = a2.add(a10);
      a3 = a3.add(a11);
      a4 = a4.add(a12);
      a5 = a5.add(a13);
      a6 = a6.add(a14);
      a7 = a7.add(a15);
    }
    if (L <= 8) {
      a0 = a0.add(a4);
      a1 = a1.add(a5);
      a2 = a2.add(a6);
      a3 = a3.add(a7);
    }
    FloatVector v = a0.add(a2).add(a1.add(a3));
    if (L >= 16) {
      v = v.add(v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(BY_4));
    }
    v = v.add(v.rearrange(BY_2));
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector a0 = V.cast(FloatVector.zero(S));
    FloatVector a1 = V.cast(FloatVector.zero(S));
    FloatVector a2 = V.cast(FloatVector.zero(S));
    FloatVector a3 = V.cast(FloatVector.zero(S));
    FloatVector a4 = V.cast(FloatVector.zero(S));
    FloatVector a5 = V.cast(FloatVector.zero(S));
    FloatVector a6 = V.cast(FloatVector.zero(S));
    FloatVector a7 = V.cast(FloatVector.zero(S));
    FloatVector a8 = V.cast(FloatVector.zero(S));
    FloatVector a9 = V.cast(FloatVector.zero(S));
    FloatVector a10 = V.cast(FloatVector.zero(S));
    FloatVector a11 = V.cast(FloatVector.zero(S));
    FloatVector a12 = V.cast(FloatVector.zero(S));
    FloatVector a13 = V.cast(FloatVector.zero(S));
    FloatVector a14 = V.cast(FloatVector.zero(S));
    FloatVector a15 = V.cast(FloatVector.zero(S));
    int rest = n % LANES;
    int length = n - rest;
    for (int i = 0; i < length; i += LANES) {
      a0 = V.cast(FloatVector.fromArray(S, x, xo + i)).fma(FloatVector.fromArray(S, y, yo + i), a0);
      a1 =
          V.cast(FloatVector.fromArray(S, x, xo + i + L))
              .fma(FloatVector.fromArray(S, y, yo + i + L), a1);
      a2 =
          V.cast(FloatVector.fromArray(S, x, xo + i + 2 * L))
              .fma(FloatVector.fromArray(S, y, yo + i + 2 * L), a2);
      a3 =
          V.cast(FloatVector.fromArray(S, x, xo + i + 3 * L))
              .fma(FloatVector.fromArray(S, y, yo + i + 3 * L), a3);
      if (L <= 8) {
        a4 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 4 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 4 * L), a4);
        a5 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 5 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 5 * L), a5);
        a6 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 6 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 6 * L), a6);
        a7 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 7 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 7 * L), a7);
      }
      if (L == 4) {
        a8 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 8 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 8 * L), a8);
        a9 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 9 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 9 * L), a9);
        a10 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 10 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 10 * L), a10);
        a11 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 11 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 11 * L), a11);
        a12 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 12 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 12 * L), a12);
        a13 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 13 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 13 * L), a13);
        a14 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 14 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 14 * L), a14);
        a15 =
            V.cast(FloatVector.fromArray(S, x, xo + i + 15 * L))
                .fma(FloatVector.fromArray(S, y, yo + i + 15 * L), a15);
      }
    }
    if (rest > 0) {
      float[] pad = padded(0, x, xo + length, rest);
      padded(LANES, y, yo + length, rest);
      a0 = V.cast(FloatVector.fromArray(S, pad, 0)).fma(FloatVector.fromArray(S, pad, LANES), a0);
      a1 =
          V.cast(FloatVector.fromArray(S, pad, L))
              .fma(FloatVector.fromArray(S, pad, LANES + L), a1);
      a2 =
          V.cast(FloatVector.fromArray(S, pad, 2 * L))
              .fma(FloatVector.fromArray(S, pad, LANES + 2 * L), a2);
      a3 =
          V.cast(FloatVector.fromArray(S, pad, 3 * L))
              .fma(FloatVector.fromArray(S, pad, LANES + 3 * L), a3);
      if (L <= 8) {
        a4 =
            V.cast(FloatVector.fromArray(S, pad, 4 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 4 * L), a4);
        a5 =
            V.cast(FloatVector.fromArray(S, pad, 5 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 5 * L), a5);
        a6 =
            V.cast(FloatVector.fromArray(S, pad, 6 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 6 * L), a6);
        a7 =
            V.cast(FloatVector.fromArray(S, pad, 7 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 7 * L), a7);
      }
      if (L == 4) {
        a8 =
            V.cast(FloatVector.fromArray(S, pad, 8 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 8 * L), a8);
        a9 =
            V.cast(FloatVector.fromArray(S, pad, 9 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 9 * L), a9);
        a10 =
            V.cast(FloatVector.fromArray(S, pad, 10 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 10 * L), a10);
        a11 =
            V.cast(FloatVector.fromArray(S, pad, 11 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 11 * L), a11);
        a12 =
            V.cast(FloatVector.fromArray(S, pad, 12 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 12 * L), a12);
        a13 =
            V.cast(FloatVector.fromArray(S, pad, 13 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 13 * L), a13);
        a14 =
            V.cast(FloatVector.fromArray(S, pad, 14 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 14 * L), a14);
        a15 =
            V.cast(FloatVector.fromArray(S, pad, 15 * L))
                .fma(FloatVector.fromArray(S, pad, LANES + 15 * L), a15);
      }
    }
    if (L == 4) {
      a0 = a0.add(a8);
      a1 = a1.add(a9);
      a2 = a2.add(a10);
      a3 = a3.add(a11);
      a4 = a4.add(a12);
      a5 = a5.add(a13);
      a6 = a6.add(a14);
      a7 = a7.add(a15);
    }
    if (L <= 8) {
      a0 = a0.add(a4);
      a1 = a1.add(a5);
      a2 = a2.add(a6);
      a3 = a3.add(a7);
    }
    FloatVector v = a0.add(a2).add(a1.add(a3));
    if (L >= 16) {
      v = v.add(v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(BY_4));
    }
    v = v.add(v.rearrange(BY_2));
    return v.add(v.rearrange(BY_1)).lane(0);
  }

  /**
   * Copy the last elements into this thread's buffer, at a given place, and fill 64 lanes up with
   * 0.
   */
  private static float[] padded(int to, float[] x, int xo, int n) {
    float[] pad = PAD.get();
    System.arraycopy(x, xo, pad, to, n);
    Arrays.fill(pad, to + n, to + LANES, 0f);
    return pad;
  }

  static float max(float[] x, int xo, int n) {
    // Four, for a maximum that orders zeros and passes NaNs on takes several instructions in a row.
    FloatVector m0 = V.cast(FloatVector.broadcast(S, Float.NEGATIVE_INFINITY));
    FloatVector m1 = m0;
    FloatVector m2 = m0;
    FloatVector m3 = m0;
    int i = 0;
    for (; i <= n - 4 * L; i += 4 * L) {
      m0 = m0.max(FloatVector.fromArray(S, x, xo + i));
      m1 = m1.max(FloatVector.fromArray(S, x, xo + i + L));
      m2 = m2.max(FloatVector.fromArray(S, x, xo + i + 2 * L));
      m3 = m3.max(FloatVector.fromArray(S, x, xo + i + 3 * L));
    }
    m0 = m0.max(m1).max(m2.max(m3));
    for (; i <= n - L; i += L) {
      m0 = m0.max(FloatVector.fromArray(S, x, xo + i));
    }
    // A maximum, unlike a sum, does not depend on the order in which it is taken.
    float max = m0.reduceLanes(VectorOperators.MAX);
    for (; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    return max;
  }

  static void columnSums(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo) {
    int bound = S.loopBound(cols);
    int j = 0;
    // Four vectors at a time use a cache line whole, and hide the latency of an addition.
    for (; j <= bound - 4 * L; j += 4 * L) {
      FloatVector a0 = V.cast(FloatVector.zero(S));
      FloatVector a1 = V.cast(FloatVector.zero(S));
      FloatVector a2 = V.cast(FloatVector.zero(S));
      FloatVector a3 = V.cast(FloatVector.zero(S));
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a0 = a0.add(FloatVector.fromArray(S, x, at));
        a1 = a1.add(FloatVector.fromArray(S, x, at + L));
        a2 = a2.add(FloatVector.fromArray(S, x, at + 2 * L));
        a3 = a3.add(FloatVector.fromArray(S, x, at + 3 * L));
      }
      V.cast(a0).intoArray(y, yo + j);
      V.cast(a1).intoArray(y, yo + j + L);
      V.cast(a2).intoArray(y, yo + j + 2 * L);
      V.cast(a3).intoArray(y, yo + j + 3 * L);
    }
    for (; j < bound; j += L) {
      FloatVector a = V.cast(FloatVector.zero(S));
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a = a.add(FloatVector.fromArray(S, x, at));
      }
      V.cast(a).intoArray(y, yo + j);
    }
    if (j < cols) {
      VectorMask<Float> tail = S.indexInRange(j, cols);
      FloatVector a = V.cast(FloatVector.zero(S));
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a = a.add(FloatVector.fromArray(S, x, at, tail));
      }
      V.cast(a).intoArray(y, yo + j, tail);
    }
  }
}
