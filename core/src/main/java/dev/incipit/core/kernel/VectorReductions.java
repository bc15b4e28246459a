package dev.incipit.core.kernel;

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
 */
final class VectorReductions {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(S, 8 % L, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(S, 2, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(S, 1, 1, true);

  private VectorReductions() {}

  static float sum(float[] x, int xo, int n) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    FloatVector a8 = FloatVector.zero(S);
    FloatVector a9 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a12 = FloatVector.zero(S);
    FloatVector a13 = FloatVector.zero(S);
    FloatVector a14 = FloatVector.zero(S);
    FloatVector a15 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - Kernels.SUM_LANES; i += Kernels.SUM_LANES) {
      a0 = addTo(a0, x, xo, i);
      a1 = addTo(a1, x, xo, i + L);
      a2 = addTo(a2, x, xo, i + 2 * L);
      a3 = addTo(a3, x, xo, i + 3 * L);
      if (L <= 8) {
        a4 = addTo(a4, x, xo, i + 4 * L);
        a5 = addTo(a5, x, xo, i + 5 * L);
        a6 = addTo(a6, x, xo, i + 6 * L);
        a7 = addTo(a7, x, xo, i + 7 * L);
      }
      if (L == 4) {
        a8 = addTo(a8, x, xo, i + 8 * L);
        a9 = addTo(a9, x, xo, i + 9 * L);
        a10 = addTo(a10, x, xo, i + 10 * L);
        a11 = addTo(a11, x, xo, i + 11 * L);
        a12 = addTo(a12, x, xo, i + 12 * L);
        a13 = addTo(a13, x, xo, i + 13 * L);
        a14 = addTo(a14, x, xo, i + 14 * L);
        a15 = addTo(a15, x, xo, i + 15 * L);
      }
    }
    if (i < n) {
      a0 = addTo(a0, x, xo, i, n);
      a1 = addTo(a1, x, xo, i + L, n);
      a2 = addTo(a2, x, xo, i + 2 * L, n);
      a3 = addTo(a3, x, xo, i + 3 * L, n);
      if (L <= 8) {
        a4 = addTo(a4, x, xo, i + 4 * L, n);
        a5 = addTo(a5, x, xo, i + 5 * L, n);
        a6 = addTo(a6, x, xo, i + 6 * L, n);
        a7 = addTo(a7, x, xo, i + 7 * L, n);
      }
      if (L == 4) {
        a8 = addTo(a8, x, xo, i + 8 * L, n);
        a9 = addTo(a9, x, xo, i + 9 * L, n);
        a10 = addTo(a10, x, xo, i + 10 * L, n);
        a11 = addTo(a11, x, xo, i + 11 * L, n);
        a12 = addTo(a12, x, xo, i + 12 * L, n);
        a13 = addTo(a13, x, xo, i + 13 * L, n);
        a14 = addTo(a14, x, xo, i + 14 * L, n);
        a15 = addTo(a15, x, xo, i + 15 * L, n);
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
    return tree(a0.add(a2).add(a1.add(a3)));
  }

  static float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = FloatVector.zero(S);
    FloatVector a2 = FloatVector.zero(S);
    FloatVector a3 = FloatVector.zero(S);
    FloatVector a4 = FloatVector.zero(S);
    FloatVector a5 = FloatVector.zero(S);
    FloatVector a6 = FloatVector.zero(S);
    FloatVector a7 = FloatVector.zero(S);
    FloatVector a8 = FloatVector.zero(S);
    FloatVector a9 = FloatVector.zero(S);
    FloatVector a10 = FloatVector.zero(S);
    FloatVector a11 = FloatVector.zero(S);
    FloatVector a12 = FloatVector.zero(S);
    FloatVector a13 = FloatVector.zero(S);
    FloatVector a14 = FloatVector.zero(S);
    FloatVector a15 = FloatVector.zero(S);
    int i = 0;
    for (; i <= n - Kernels.SUM_LANES; i += Kernels.SUM_LANES) {
      a0 = dotTo(a0, x, xo, y, yo, i);
      a1 = dotTo(a1, x, xo, y, yo, i + L);
      a2 = dotTo(a2, x, xo, y, yo, i + 2 * L);
      a3 = dotTo(a3, x, xo, y, yo, i + 3 * L);
      if (L <= 8) {
        a4 = dotTo(a4, x, xo, y, yo, i + 4 * L);
        a5 = dotTo(a5, x, xo, y, yo, i + 5 * L);
        a6 = dotTo(a6, x, xo, y, yo, i + 6 * L);
        a7 = dotTo(a7, x, xo, y, yo, i + 7 * L);
      }
      if (L == 4) {
        a8 = dotTo(a8, x, xo, y, yo, i + 8 * L);
        a9 = dotTo(a9, x, xo, y, yo, i + 9 * L);
        a10 = dotTo(a10, x, xo, y, yo, i + 10 * L);
        a11 = dotTo(a11, x, xo, y, yo, i + 11 * L);
        a12 = dotTo(a12, x, xo, y, yo, i + 12 * L);
        a13 = dotTo(a13, x, xo, y, yo, i + 13 * L);
        a14 = dotTo(a14, x, xo, y, yo, i + 14 * L);
        a15 = dotTo(a15, x, xo, y, yo, i + 15 * L);
      }
    }
    if (i < n) {
      a0 = dotTo(a0, x, xo, y, yo, i, n);
      a1 = dotTo(a1, x, xo, y, yo, i + L, n);
      a2 = dotTo(a2, x, xo, y, yo, i + 2 * L, n);
      a3 = dotTo(a3, x, xo, y, yo, i + 3 * L, n);
      if (L <= 8) {
        a4 = dotTo(a4, x, xo, y, yo, i + 4 * L, n);
        a5 = dotTo(a5, x, xo, y, yo, i + 5 * L, n);
        a6 = dotTo(a6, x, xo, y, yo, i + 6 * L, n);
        a7 = dotTo(a7, x, xo, y, yo, i + 7 * L, n);
      }
      if (L == 4) {
        a8 = dotTo(a8, x, xo, y, yo, i + 8 * L, n);
        a9 = dotTo(a9, x, xo, y, yo, i + 9 * L, n);
        a10 = dotTo(a10, x, xo, y, yo, i + 10 * L, n);
        a11 = dotTo(a11, x, xo, y, yo, i + 11 * L, n);
        a12 = dotTo(a12, x, xo, y, yo, i + 12 * L, n);
        a13 = dotTo(a13, x, xo, y, yo, i + 13 * L, n);
        a14 = dotTo(a14, x, xo, y, yo, i + 14 * L, n);
        a15 = dotTo(a15, x, xo, y, yo, i + 15 * L, n);
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
    return tree(a0.add(a2).add(a1.add(a3)));
  }

  private static FloatVector addTo(FloatVector acc, float[] x, int xo, int i) {
    return acc.add(FloatVector.fromArray(S, x, xo + i));
  }

  // Masked lanes add +0 to a sum that is never -0, which changes nothing.
  private static FloatVector addTo(FloatVector acc, float[] x, int xo, int i, int n) {
    return acc.add(load(x, xo, i, n));
  }

  private static FloatVector dotTo(FloatVector acc, float[] x, int xo, float[] y, int yo, int i) {
    return FloatVector.fromArray(S, x, xo + i).fma(FloatVector.fromArray(S, y, yo + i), acc);
  }

  private static FloatVector dotTo(
      FloatVector acc, float[] x, int xo, float[] y, int yo, int i, int n) {
    return load(x, xo, i, n).fma(load(y, yo, i, n), acc);
  }

  /** Load elements {@code i} to {@code n}, 0 beyond; {@code i} may lie beyond {@code n}. */
  private static FloatVector load(float[] x, int xo, int i, int n) {
    return i < n ? FloatVector.fromArray(S, x, xo + i, S.indexInRange(i, n)) : FloatVector.zero(S);
  }

  /** Add lane {@code j + w} to lane {@code j} for halving {@code w}; return lane 0. */
  private static float tree(FloatVector v) {
    if (L >= 16) {
      v = v.add(v.rearrange(BY_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(BY_4));
    }
    v = v.add(v.rearrange(BY_2));
    v = v.add(v.rearrange(BY_1));
    return v.lane(0);
  }

  static float max(float[] x, int xo, int n) {
    FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += L) {
      max = max.max(FloatVector.fromArray(S, x, xo + i));
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      max = max.blend(max.max(FloatVector.fromArray(S, x, xo + bound, tail)), tail);
    }
    // A maximum, unlike a sum, does not depend on the order in which it is taken.
    return max.reduceLanes(VectorOperators.MAX);
  }

  static void columnSums(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo) {
    int bound = S.loopBound(cols);
    int j = 0;
    // Four vectors at a time use a cache line whole, and hide the latency of an addition.
    for (; j <= bound - 4 * L; j += 4 * L) {
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = FloatVector.zero(S);
      FloatVector a2 = FloatVector.zero(S);
      FloatVector a3 = FloatVector.zero(S);
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a0 = a0.add(FloatVector.fromArray(S, x, at));
        a1 = a1.add(FloatVector.fromArray(S, x, at + L));
        a2 = a2.add(FloatVector.fromArray(S, x, at + 2 * L));
        a3 = a3.add(FloatVector.fromArray(S, x, at + 3 * L));
      }
      a0.intoArray(y, yo + j);
      a1.intoArray(y, yo + j + L);
      a2.intoArray(y, yo + j + 2 * L);
      a3.intoArray(y, yo + j + 3 * L);
    }
    for (; j < bound; j += L) {
      FloatVector a = FloatVector.zero(S);
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a = a.add(FloatVector.fromArray(S, x, at));
      }
      a.intoArray(y, yo + j);
    }
    if (j < cols) {
      VectorMask<Float> tail = S.indexInRange(j, cols);
      FloatVector a = FloatVector.zero(S);
      for (int r = 0, at = xo + j; r < rows; r++, at += ldx) {
        a = a.add(FloatVector.fromArray(S, x, at, tail));
      }
      a.intoArray(y, yo + j, tail);
    }
  }
}
