package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
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
 * <p>Three rules keep the vectors in registers. Each method has at most 325 bytes of bytecode, the
 * size that C2 still inlines. None calls a method of ours for a constant: in a caller with very
 * many vector operations C2 passes NodeCountInliningCutoff, from where on it inlines only what the
 * JDK marks, and a call of ours would box its result. And what an operation is called on has its
 * exact class, by a cast where the API does not return it (parameters, reinterpreted, converted and
 * broadcast vectors): C2 compiles such a method by itself before the loop that calls it, and where
 * it has to ask the JDK's profiles, which all widths in the process share, it inlines two of them,
 * and the code grows past InlineSmallCode, from where on the loop calls it with boxes.
 */
final class VectorFunctions {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  private VectorFunctions() {}

  /** Compute e^x in each lane. */
  static FloatVector exp(FloatVector x) {
    x = V.cast(x);
    return expInRange(x)
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVERFLOW))
        .blend(0f, x.compare(LT, EXP_UNDERFLOW));
  }

  /** Compute e^x in each lane with |x| <= 176. */
  static FloatVector expInRange(FloatVector x) {
    x = V.cast(x);
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
    IntVector exponents = VI.cast(shifted.reinterpretAsInts());
    IntVector first = exponents.lanewise(LSHR, 1);
    IntVector second = exponents.sub(first);
    return p.mul(first.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats())
        .mul(second.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats());
  }

  /** Compute e^x in each lane with |x| <= EXP_NORMAL: 2^n is added to the exponent. */
  static FloatVector expNormal(FloatVector x) {
    x = V.cast(x);
    FloatVector shifted = x.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = p.fma(r, FloatVector.broadcast(S, 1f));
    p = p.fma(r, FloatVector.broadcast(S, 1f));
    return VI.cast(p.reinterpretAsInts())
        .add(VI.cast(shifted.reinterpretAsInts()).lanewise(LSHL, MANTISSA_BITS))
        .reinterpretAsFloats();
  }

  /**
   * Compute the natural logarithm of one vector's worth of any numbers: from array to array, for no
   * vector may cross a call.
   */
  static void log(float[] from, int fo, float[] to, int o) {
    FloatVector x = FloatVector.fromArray(S, from, fo);
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = VI.cast(x.mul(LIFT, tiny).reinterpretAsInts());
    IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, MANTISSA_BITS);
    FloatVector f =
        V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
    FloatVector e = V.cast(exponent.convert(I2F, 0)).sub(LIFT_EXPONENT, tiny);
    FloatVector p = f.fma(FloatVector.broadcast(S, L10), FloatVector.broadcast(S, L9));
    p = p.fma(f, FloatVector.broadcast(S, L8));
    p = p.fma(f, FloatVector.broadcast(S, L7));
    p = p.fma(f, FloatVector.broadcast(S, L6));
    p = p.fma(f, FloatVector.broadcast(S, L5));
    p = p.fma(f, FloatVector.broadcast(S, L4));
    p = p.fma(f, FloatVector.broadcast(S, L3));
    p = p.fma(f, FloatVector.broadcast(S, L2));
    FloatVector finite = e.fma(FloatVector.broadcast(S, LN2_HIGH), f.mul(f).fma(p, f));
    V.cast(
            x.blend(finite, x.compare(LT, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
                .blend(Float.NaN, x.compare(LT, 0f)))
        .intoArray(to, o);
  }

  /** Compute the natural logarithm in each lane of a positive, finite and normal number. */
  static FloatVector logNormal(FloatVector x) {
    x = V.cast(x);
    IntVector bits = VI.cast(x.reinterpretAsInts());
    IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, MANTISSA_BITS);
    FloatVector f =
        V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
    FloatVector e = V.cast(exponent.convert(I2F, 0));
    FloatVector p = f.fma(FloatVector.broadcast(S, L10), FloatVector.broadcast(S, L9));
    p = p.fma(f, FloatVector.broadcast(S, L8));
    p = p.fma(f, FloatVector.broadcast(S, L7));
    p = p.fma(f, FloatVector.broadcast(S, L6));
    p = p.fma(f, FloatVector.broadcast(S, L5));
    p = p.fma(f, FloatVector.broadcast(S, L4));
    p = p.fma(f, FloatVector.broadcast(S, L3));
    p = p.fma(f, FloatVector.broadcast(S, L2));
    return e.fma(FloatVector.broadcast(S, LN2_HIGH), f.mul(f).fma(p, f));
  }

  /** Compute tanh in each lane. */
  static FloatVector tanh(FloatVector x) {
    x = V.cast(x);
    IntVector bits = VI.cast(x.reinterpretAsInts());
    FloatVector a = V.cast(bits.and(MAGNITUDE).reinterpretAsFloats());
    a = a.blend(TANH_SATURATION, a.compare(GT, TANH_SATURATION));
    FloatVector far = tanhFar(a);
    FloatVector square = a.mul(a);
    FloatVector p = square.fma(FloatVector.broadcast(S, T9), FloatVector.broadcast(S, T7));
    p = p.fma(square, FloatVector.broadcast(S, T5));
    p = p.fma(square, FloatVector.broadcast(S, T3));
    return VI.cast(far.blend(square.mul(a).fma(p, a), a.compare(LE, TANH_NEAR)).reinterpretAsInts())
        .or(bits.and(SIGN_BIT))
        .reinterpretAsFloats();
  }

  /** Compute 1 - 2 / (1 + e^(2a)) in each lane with 0 <= a <= TANH_SATURATION. */
  private static FloatVector tanhFar(FloatVector a) {
    a = V.cast(a);
    FloatVector shifted =
        a.fma(FloatVector.broadcast(S, 2f * LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), a.add(a));
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = r.mul(r).fma(p, r);
    FloatVector power =
        V.cast(
            VI.cast(shifted.reinterpretAsInts())
                .lanewise(LSHL, MANTISSA_BITS)
                .reinterpretAsFloats());
    FloatVector two = V.cast(FloatVector.broadcast(S, 2f));
    return V.cast(FloatVector.broadcast(S, 1f)).sub(two.div(power.fma(p, power.add(1f))));
  }

  /** Compute numerator / (1 + e^-x) in each lane, where no x is below FADE. */
  static FloatVector overOnePlusExp(FloatVector numerator, FloatVector x) {
    numerator = V.cast(numerator);
    x = V.cast(x);
    FloatVector z = x.blend(SIGMOID_SATURATION, x.compare(GT, SIGMOID_SATURATION));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, -LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), z.neg());
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = r.mul(r).fma(p, r);
    VectorMask<Float> scaled = z.compare(LT, -SIGMOID_NEAR);
    IntVector exponent = VI.cast(shifted.reinterpretAsInts()).lanewise(LSHL, MANTISSA_BITS);
    FloatVector power = V.cast(exponent.reinterpretAsFloats());
    power = power.blend(exponent.sub(SIGMOID_SCALE_BITS).reinterpretAsFloats(), scaled);
    FloatVector rest = power.fma(p, V.cast(FloatVector.zero(S)).blend(SIGMOID_SCALE, scaled));
    return numerator.div(power.add(1f).blend(power, scaled).add(rest)).mul(SIGMOID_SCALE, scaled);
  }

  /** Compute numerator / (1 + e^-x) in each lane with |x| <= SIGMOID_NEAR. */
  static FloatVector overOnePlusExpNear(FloatVector numerator, FloatVector x) {
    numerator = V.cast(numerator);
    x = V.cast(x);
    FloatVector shifted =
        x.fma(FloatVector.broadcast(S, -LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x.neg());
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
    p = p.fma(r, FloatVector.broadcast(S, E4));
    p = p.fma(r, FloatVector.broadcast(S, E3));
    p = p.fma(r, FloatVector.broadcast(S, E2));
    p = r.mul(r).fma(p, r);
    FloatVector power =
        V.cast(
            VI.cast(shifted.reinterpretAsInts())
                .lanewise(LSHL, MANTISSA_BITS)
                .reinterpretAsFloats());
    return numerator.div(power.fma(p, power.add(1f)));
  }
}
