package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Compute the activation functions of a vector, and the slopes that need the argument, equal in
 * every bit to {@link ScalarActivations}.
 *
 * <p>Read the scalar form for the reasons; the steps here are the same in the same order. The rules
 * of {@link VectorFunctions} hold; calls of ours that there must be come first in their method,
 * before C2's node count passes its cutoff.
 */
final class VectorActivations {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  private VectorActivations() {}

  /** Compute e^z - 1 in each lane with z <= 0. */
  static FloatVector expMinusOne(FloatVector z) {
    z = V.cast(z);
    FloatVector x = z.blend(EXPM1_SATURATION, z.compare(LT, EXPM1_SATURATION));
    FloatVector shifted =
        x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector r2 = r.mul(r);
    FloatVector p =
        r2.fma(
            FloatVector.broadcast(S, E6),
            r.fma(FloatVector.broadcast(S, E5), FloatVector.broadcast(S, E4)));
    p = p.fma(r2, r.fma(FloatVector.broadcast(S, E3), FloatVector.broadcast(S, E2)));
    p = r2.fma(p, r);
    FloatVector power =
        V.cast(
            VI.cast(shifted.reinterpretAsInts())
                .lanewise(LSHL, MANTISSA_BITS)
                .reinterpretAsFloats());
    return power.fma(p, power.sub(1f));
  }

  /** Compute {@code x < 0 ? alpha (e^x - 1) : x} in each lane. */
  static FloatVector elu(FloatVector x, float alpha) {
    x = V.cast(x);
    return x.blend(expMinusOne(x).mul(alpha), x.compare(LT, 0f));
  }

  /** Compute {@code scale (x < 0 ? alpha (e^x - 1) : x)} in each lane. */
  static FloatVector selu(FloatVector x) {
    x = V.cast(x);
    FloatVector negative = expMinusOne(x).mul(SELU_SCALE_ALPHA);
    return x.mul(SELU_SCALE).blend(negative, x.compare(LT, 0f));
  }

  /** Compute x / (1 + |x|) in each lane. */
  static FloatVector softsign(FloatVector x) {
    x = V.cast(x);
    IntVector bits = VI.cast(x.reinterpretAsInts());
    FloatVector a = V.cast(bits.and(MAGNITUDE).reinterpretAsFloats());
    FloatVector y = a.div(a.add(1f)).blend(1f, a.compare(GT, SOFTSIGN_SATURATION));
    return V.cast(VI.cast(y.reinterpretAsInts()).or(bits.and(SIGN_BIT)).reinterpretAsFloats());
  }

  /** Compute the slope of SiLU in each lane. */
  static FloatVector siluSlope(FloatVector x) {
    x = V.cast(x);
    FloatVector z = V.cast(VI.cast(x.reinterpretAsInts()).or(SIGN_BIT).reinterpretAsFloats());
    z = z.blend(FADE, z.compare(LT, FADE));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
    FloatVector r = remainder(z, shifted);
    IntVector exponents = VI.cast(shifted.reinterpretAsInts());
    IntVector first = exponents.lanewise(LSHR, 1);
    FloatVector head = head(r, first);
    FloatVector tail = exponents.sub(first).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    FloatVector one = V.cast(FloatVector.broadcast(S, 1f));
    FloatVector t = head.mul(tail);
    FloatVector large = one.div(t.add(one));
    FloatVector small = t.mul(large);
    VectorMask<Float> left = x.compare(LT, 0f);
    FloatVector s = large.blend(small, left);
    FloatVector rest = small.blend(large, left);
    return s.mul(z.neg().blend(z, left).fma(rest, one));
  }

  /** Compute x tanh(ln(1 + e^x)) in each lane. */
  static FloatVector mish(FloatVector x) {
    x = V.cast(x);
    FloatVector z = V.cast(VI.cast(x.reinterpretAsInts()).or(SIGN_BIT).reinterpretAsFloats());
    z = z.blend(FADE, z.compare(LT, FADE));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
    FloatVector r = remainder(z, shifted);
    IntVector exponents = VI.cast(shifted.reinterpretAsInts());
    IntVector first = exponents.lanewise(LSHR, 1);
    FloatVector head = head(r, first);
    FloatVector tail = exponents.sub(first).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector t = head.mul(tail);
    FloatVector near = t.fma(two, FloatVector.broadcast(S, 1f));
    FloatVector far = t.add(two);
    VectorMask<Float> left = x.compare(LT, 0f);
    FloatVector numerator = x.blend(z.mul(head), left).mul(near.blend(far, left));
    FloatVector denominator = t.add(t).fma(t, near).blend(t.fma(far, two), left);
    FloatVector quotient = numerator.div(denominator);
    return quotient.blend(quotient.mul(tail), left);
  }

  /** Compute the slope of Mish in each lane. */
  static FloatVector mishSlope(FloatVector x) {
    x = V.cast(x);
    FloatVector z = V.cast(VI.cast(x.reinterpretAsInts()).or(SIGN_BIT).reinterpretAsFloats());
    z = z.blend(FADE, z.compare(LT, FADE));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
    FloatVector r = remainder(z, shifted);
    IntVector exponents = VI.cast(shifted.reinterpretAsInts());
    IntVector first = exponents.lanewise(LSHR, 1);
    FloatVector head = head(r, first);
    FloatVector tail = exponents.sub(first).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    FloatVector one = V.cast(FloatVector.broadcast(S, 1f));
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector t = head.mul(tail);
    FloatVector near = t.fma(two, one);
    FloatVector far = t.mul(t.add(two));
    VectorMask<Float> left = x.compare(LT, 0f);
    FloatVector inverse = one.div(t.add(t).fma(t, near).blend(far.add(two), left));
    FloatVector u = t.mul(t.neg()).blend(t, left);
    FloatVector bend = z.mul(4f).mul(u).mul(t.add(one));
    return V.cast(bend).fma(inverse, near.blend(far, left)).mul(inverse);
  }

  /** Compute x Phi(x) in each lane. */
  static FloatVector gelu(FloatVector x) {
    x = V.cast(x);
    FloatVector a = x.abs();
    a = a.blend(-GELU_FADE, a.compare(GT, -GELU_FADE));
    FloatVector tail = geluTail(a, geluRatio(a));
    FloatVector square = V.cast(a.mul(a));
    FloatVector phi = square.fma(FloatVector.broadcast(S, A6), FloatVector.broadcast(S, A4));
    phi = V.cast(phi).fma(square, FloatVector.broadcast(S, A2));
    phi = V.cast(phi).fma(square, FloatVector.broadcast(S, A0));
    FloatVector near = x.mul(x.fma(phi, FloatVector.broadcast(S, 0.5f)));
    FloatVector far = tail.neg().blend(x.sub(tail), x.compare(GT, 0f));
    return far.blend(near, a.compare(LE, GELU_NEAR));
  }

  private static FloatVector geluRatio(FloatVector a) {
    a = V.cast(a);
    FloatVector p = a.fma(FloatVector.broadcast(S, GELU_N3), FloatVector.broadcast(S, GELU_N2));
    p = p.fma(a, FloatVector.broadcast(S, GELU_N1));
    p = p.fma(a, FloatVector.broadcast(S, GELU_N0));
    FloatVector q = a.fma(FloatVector.broadcast(S, GELU_D5), FloatVector.broadcast(S, GELU_D4));
    q = q.fma(a, FloatVector.broadcast(S, GELU_D3));
    q = q.fma(a, FloatVector.broadcast(S, GELU_D2));
    q = q.fma(a, FloatVector.broadcast(S, GELU_D1));
    q = q.fma(a, FloatVector.broadcast(S, 1f));
    return V.cast(FloatVector.broadcast(S, NORMAL_DENSITY)).sub(p.div(q));
  }

  /** Compute e^(-a^2/2) times the ratio in each lane. */
  private static FloatVector geluTail(FloatVector a, FloatVector ratio) {
    a = V.cast(a);
    ratio = V.cast(ratio);
    FloatVector square = a.mul(a);
    VectorMask<Float> scaled = square.compare(GT, GELU_SCALED);
    FloatVector round =
        V.cast(FloatVector.broadcast(S, ROUND_ONE_FACTOR)).blend(ROUND_SCALED, scaled);
    FloatVector shifted = square.fma(FloatVector.broadcast(S, -0.5f * LOG2_E), round);
    FloatVector n = shifted.sub(round);
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), square.mul(half));
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    r = a.fma(a, square.neg()).fma(half, r);
    FloatVector r2 = r.mul(r);
    FloatVector p =
        r2.fma(
            FloatVector.broadcast(S, E6),
            r.fma(FloatVector.broadcast(S, E5), FloatVector.broadcast(S, E4)));
    p = p.fma(r2, r.fma(FloatVector.broadcast(S, E3), FloatVector.broadcast(S, E2)));
    p = r2.fma(p, r);
    return ratio
        .fma(p, ratio)
        .mul(
            VI.cast(shifted.reinterpretAsInts())
                .lanewise(LSHL, MANTISSA_BITS)
                .reinterpretAsFloats())
        .mul(GELU_SCALE, scaled);
  }

  /** Compute the slope of GELU in each lane. */
  static FloatVector geluSlope(FloatVector x) {
    x = V.cast(x);
    FloatVector z = V.cast(VI.cast(x.reinterpretAsInts()).or(SIGN_BIT).reinterpretAsFloats());
    z = z.blend(GELU_FADE, z.compare(LT, GELU_FADE));
    FloatVector mills = mills(z.neg());
    FloatVector square = z.mul(z);
    FloatVector shifted =
        square.fma(
            FloatVector.broadcast(S, -0.5f * LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
    FloatVector half = FloatVector.broadcast(S, -0.5f);
    FloatVector r = z.fma(z, square.neg()).fma(half, remainder(square.mul(half), shifted));
    IntVector exponents = VI.cast(shifted.reinterpretAsInts());
    IntVector first = exponents.lanewise(LSHR, 1);
    FloatVector head = head(r, first);
    FloatVector tail = exponents.sub(first).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    FloatVector k = z.fma(FloatVector.broadcast(S, NORMAL_DENSITY), mills).mul(head).mul(tail);
    return V.cast(FloatVector.broadcast(S, 1f)).sub(k).blend(k, x.compare(LT, 0f));
  }

  static FloatVector remainder(FloatVector z, FloatVector shifted) {
    z = V.cast(z);
    shifted = V.cast(shifted);
    FloatVector n = shifted.sub(ROUND_TWO_FACTORS);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), z);
    return n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
  }

  static FloatVector head(FloatVector r, IntVector first) {
    r = V.cast(r);
    first = VI.cast(first);
    FloatVector one = V.cast(FloatVector.broadcast(S, 1f));
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = V.cast(p).fma(r, one);
    p = V.cast(p).fma(r, one);
    return p.mul(first.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
  }

  private static FloatVector mills(FloatVector a) {
    a = V.cast(a);
    FloatVector p = a.fma(FloatVector.broadcast(S, P4), FloatVector.broadcast(S, P3));
    p = p.fma(a, FloatVector.broadcast(S, P2));
    p = p.fma(a, FloatVector.broadcast(S, P1));
    p = p.fma(a, FloatVector.broadcast(S, 0.5f));
    FloatVector q = a.fma(FloatVector.broadcast(S, Q5), FloatVector.broadcast(S, Q4));
    q = q.fma(a, FloatVector.broadcast(S, Q3));
    q = q.fma(a, FloatVector.broadcast(S, Q2));
    q = q.fma(a, FloatVector.broadcast(S, Q1));
    q = q.fma(a, FloatVector.broadcast(S, 1f));
    return p.div(q);
  }
}
