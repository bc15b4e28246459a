package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Compute exp, log, tanh and sigmoid of a vector, equal in every bit to {@link ScalarFunctions}.
 *
 * <p>Read the scalar form for the reasons; the steps here are the same in the same order.
 * Selections are comparison and blend: {@code min} and {@code max} have to order zeros and pass
 * NaNs on, which costs several instructions on x86.
 *
 * <p>Two rules keep the vectors in registers. Each method has at most 325 bytes of bytecode, the
 * size that C2 still inlines. And none calls a method of ours for a constant: in a caller with very
 * many vector operations C2 passes NodeCountInliningCutoff, from where on it inlines only what the
 * JDK marks, and a call of ours would box its result.
 */
final class VectorFunctions {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  private VectorFunctions() {}

  /** Compute e^x in each lane. */
  static FloatVector exp(FloatVector x) {
    return expInRange(x)
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVERFLOW))
        .blend(0f, x.compare(LT, EXP_UNDERFLOW));
  }

  private static FloatVector expInRange(FloatVector x) {
    FloatVector shifted =
        x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND_TWO_FACTORS));
    FloatVector n = shifted.sub(ROUND_TWO_FACTORS);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = p.fma(r, FloatVector.broadcast(S, 1f));
    p = p.fma(r, FloatVector.broadcast(S, 1f));
    IntVector exponents = shifted.reinterpretAsInts();
    IntVector first = exponents.lanewise(LSHR, 1);
    IntVector second = exponents.sub(first);
    return p.mul(first.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats())
        .mul(second.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
  }

  /** Compute the natural logarithm in each lane. */
  static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.mul(LIFT, tiny).reinterpretAsInts();
    IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, MANTISSA_BITS);
    FloatVector f = bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats().sub(1f);
    FloatVector e = toFloat(exponent).sub(LIFT_EXPONENT, tiny);
    FloatVector p = f.fma(FloatVector.broadcast(S, L10), FloatVector.broadcast(S, L9));
    p = p.fma(f, FloatVector.broadcast(S, L8));
    p = p.fma(f, FloatVector.broadcast(S, L7));
    p = p.fma(f, FloatVector.broadcast(S, L6));
    p = p.fma(f, FloatVector.broadcast(S, L5));
    p = p.fma(f, FloatVector.broadcast(S, L4));
    p = p.fma(f, FloatVector.broadcast(S, L3));
    p = p.fma(f, FloatVector.broadcast(S, L2));
    FloatVector small = f.mul(f).fma(p, e.mul(LN2_LOW));
    FloatVector finite = e.fma(FloatVector.broadcast(S, LN2_HIGH), f.add(small));
    return x.blend(finite, x.compare(LT, Float.POSITIVE_INFINITY))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
        .blend(Float.NaN, x.compare(LT, 0f));
  }

  /** Compute tanh in each lane. */
  static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector a = bits.and(MAGNITUDE).reinterpretAsFloats();
    FloatVector shifted =
        a.fma(FloatVector.broadcast(S, -2f * LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector u = n.fma(FloatVector.broadcast(S, 0.5f * LN2_HIGH), a);
    u = n.fma(FloatVector.broadcast(S, 0.5f * LN2_LOW), u);
    FloatVector p = u.fma(FloatVector.broadcast(S, T6), FloatVector.broadcast(S, T5));
    p = p.fma(u, FloatVector.broadcast(S, T4));
    p = p.fma(u, FloatVector.broadcast(S, T3));
    p = p.fma(u, FloatVector.broadcast(S, T2));
    p = u.mul(u).fma(p, u);
    FloatVector power =
        shifted.reinterpretAsInts().lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
    FloatVector t = power.mul(p.fma(FloatVector.broadcast(S, -2f), one));
    FloatVector h = power.fma(p, power.fma(half.neg(), half));
    VectorMask<Float> far = a.compare(GT, TANH_FAR);
    FloatVector q = h.blend(t, far).div(t.fma(half, half));
    return q.blend(one.sub(q), far)
        .blend(1f, a.compare(GT, TANH_SATURATION))
        .reinterpretAsInts()
        .or(bits.and(SIGN_BIT))
        .reinterpretAsFloats();
  }

  /** Compute 1 / (1 + e^-x) in each lane. */
  static FloatVector sigmoid(FloatVector x) {
    FloatVector negative = x.reinterpretAsInts().or(SIGN_BIT).reinterpretAsFloats();
    FloatVector t = expInRange(negative).blend(0f, negative.compare(LT, EXP_UNDERFLOW));
    FloatVector numerator = FloatVector.broadcast(S, 1f).blend(t, x.compare(LT, 0f));
    return numerator.div(t.add(1f));
  }

  /** Convert each lane, rounding to nearest as a cast does. */
  static FloatVector toFloat(IntVector x) {
    return (FloatVector) x.convert(I2F, 0);
  }
}
