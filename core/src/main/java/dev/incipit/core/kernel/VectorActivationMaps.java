package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activation functions over whole vectors of arrays, one method a function for the reason told in
 * {@link VectorArithmetic}; {@link VectorUnary} sees to the last elements.
 */
final class VectorActivationMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  private VectorActivationMaps() {}

  static void elu(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.elu(FloatVector.fromArray(S, x, xo + i), alpha))
          .intoArray(y, yo + i);
    }
  }

  static void selu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.selu(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.gelu(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void mish(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.mish(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  /**
   * Compute ln(1 + e^x), in the loop itself: a method of one vector would be too long to inline.
   */
  static void softplus(float[] from, int fo, float[] to, int o, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector x = V.cast(FloatVector.fromArray(S, from, fo + i));
      FloatVector negative =
          V.cast(VI.cast(x.reinterpretAsInts()).or(SIGN_BIT).reinterpretAsFloats());
      FloatVector shifted =
          negative.fma(
              FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
      FloatVector r = VectorActivations.remainder(negative, shifted);
      IntVector exponents = VI.cast(shifted.reinterpretAsInts());
      IntVector first = exponents.lanewise(LSHR, 1);
      FloatVector t =
          VectorActivations.head(r, first)
              .mul(exponents.sub(first).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats())
              .blend(0f, negative.compare(LT, EXP_UNDERFLOW));
      VectorMask<Float> upper = t.compare(GT, ONE_THIRD);
      FloatVector f =
          t.blend(t.fma(FloatVector.broadcast(S, 0.5f), FloatVector.broadcast(S, -0.5f)), upper);
      FloatVector f2 = f.mul(f);
      FloatVector p =
          f2.fma(
              FloatVector.broadcast(S, L10),
              f.fma(FloatVector.broadcast(S, L9), FloatVector.broadcast(S, L8)));
      p = p.fma(f2, f.fma(FloatVector.broadcast(S, L7), FloatVector.broadcast(S, L6)));
      p = p.fma(f2, f.fma(FloatVector.broadcast(S, L5), FloatVector.broadcast(S, L4)));
      p = p.fma(f2, f.fma(FloatVector.broadcast(S, L3), FloatVector.broadcast(S, L2)));
      FloatVector log = f2.fma(p, f);
      log = log.blend(log.add(LN2_HIGH), upper);
      V.cast(V.cast(FloatVector.broadcast(S, 0f)).blend(x, x.compare(GT, 0f)).add(log))
          .intoArray(to, o + i);
    }
  }

  static void softsign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.softsign(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }
}
