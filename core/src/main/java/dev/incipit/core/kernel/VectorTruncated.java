package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turn the words of some tiles into truncated normal numbers, equal in every bit to {@link
 * ScalarRandom#truncatedNormal}.
 *
 * <p>Read {@link ScalarFunctions#halfNormalQuantile} and {@link ScalarRandom#truncated} for the
 * reasons; the steps here are the same. They stand in one method, without methods of ours, for the
 * reason that {@link VectorThreefry} states.
 *
 * <p>Behind some hundred operations C2 does not know the class of what an operation returned when
 * it comes to the next one: hence the casts, as {@link VectorFunctions} says.
 */
final class VectorTruncated {

  private static final int WORDS = VectorThreefry.TILES * Threefry.TILE;

  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  private VectorTruncated() {}

  /**
   * Turn each word into a number.
   *
   * @param inside the probability of what the cut leaves
   */
  static void tiles(int[] words, double inside, float std, float limit, float[] out, int off) {
    VectorSpecies<Float> lanes = Lanes.FLOAT;
    FloatVector step = V.cast(FloatVector.broadcast(lanes, ScalarRandom.step(inside)));
    FloatVector half = step.mul(0.5f);
    FloatVector outside = FloatVector.broadcast(lanes, ScalarRandom.outside(inside));
    FloatVector one = FloatVector.broadcast(lanes, 1f);
    for (int i = 0; i < WORDS; i += Lanes.COUNT) {
      IntVector word = VI.cast(IntVector.fromArray(Lanes.INT, words, i));
      IntVector sign = word.and(SIGN_BIT);
      FloatVector p = V.cast(word.and(MAGNITUDE).convert(I2F, 0)).fma(step, half);
      FloatVector m = p.neg().fma(p, one);
      FloatVector above =
          m.fma(FloatVector.broadcast(lanes, HALF_N4), FloatVector.broadcast(lanes, HALF_N3));
      above = above.fma(m, FloatVector.broadcast(lanes, HALF_N2));
      above = above.fma(m, FloatVector.broadcast(lanes, HALF_N1));
      above = above.fma(m, FloatVector.broadcast(lanes, HALF_N0));
      FloatVector below =
          m.fma(FloatVector.broadcast(lanes, HALF_D4), FloatVector.broadcast(lanes, HALF_D3));
      below = below.fma(m, FloatVector.broadcast(lanes, HALF_D2));
      below = below.fma(m, FloatVector.broadcast(lanes, HALF_D1));
      below = below.fma(m, one);
      FloatVector near = p.mul(above.div(below));
      FloatVector magnitude = near.mul(std);
      magnitude = magnitude.blend(limit, magnitude.compare(GT, limit));
      V.cast(VI.cast(magnitude.reinterpretAsInts()).or(sign).reinterpretAsFloats())
          .intoArray(out, off + i);
      VectorMask<Float> isFar = p.compare(GT, HALF_NEAR);
      // Never, where two deviations are the limit.
      if (isFar.anyTrue()) {
        FloatVector q = V.cast(word.not().and(MAGNITUDE).convert(I2F, 0)).fma(step, outside);
        IntVector bits = VI.cast(q.mul(0.5f).reinterpretAsInts());
        IntVector exponent = bits.sub(ONE_HALF).lanewise(ASHR, MANTISSA_BITS);
        FloatVector f =
            V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
        FloatVector e = V.cast(exponent.convert(I2F, 0));
        FloatVector l = f.fma(FloatVector.broadcast(lanes, N8), FloatVector.broadcast(lanes, N7));
        l = l.fma(f, FloatVector.broadcast(lanes, N6));
        l = l.fma(f, FloatVector.broadcast(lanes, N5));
        l = l.fma(f, FloatVector.broadcast(lanes, N4));
        l = l.fma(f, FloatVector.broadcast(lanes, N3));
        l = l.fma(f, FloatVector.broadcast(lanes, N2));
        FloatVector log = e.fma(FloatVector.broadcast(lanes, LN2_HIGH), V.cast(f.mul(f)).fma(l, f));
        FloatVector r = V.cast(V.cast(V.cast(log).mul(-2f)).sqrt());
        FloatVector m1 = FloatVector.broadcast(lanes, HALF_M1);
        FloatVector m0 = FloatVector.broadcast(lanes, HALF_M0);
        above = r.fma(FloatVector.broadcast(lanes, HALF_M3), FloatVector.broadcast(lanes, HALF_M2));
        above = V.cast(V.cast(above).fma(r, m1)).fma(r, m0);
        below = r.fma(FloatVector.broadcast(lanes, HALF_E2), FloatVector.broadcast(lanes, HALF_E1));
        below = V.cast(below).fma(r, one);
        magnitude = V.cast(near.blend(V.cast(above).div(below), isFar)).mul(std);
        magnitude = magnitude.blend(limit, magnitude.compare(GT, limit));
        V.cast(VI.cast(magnitude.reinterpretAsInts()).or(sign).reinterpretAsFloats())
            .intoArray(out, off + i);
      }
    }
  }
}
