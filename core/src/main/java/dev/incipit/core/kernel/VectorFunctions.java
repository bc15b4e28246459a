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

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Compute exp, log, tanh, sigmoid and SiLU over whole vectors of arrays, equal in every bit to
 * {@link ScalarFunctions}; {@link VectorUnary} sees to the last elements.
 *
 * <p>Read the scalar form for the reasons; the steps here are the same in the same order.
 * Selections are comparison and blend: {@code min} and {@code max} have to order zeros and pass
 * NaNs on, which costs several instructions on x86. Where all lanes of a vector hold ordinary
 * arguments, exp, log, sigmoid and SiLU take a shorter way to the same bits; a vector with others
 * goes through a method of its own.
 *
 * <p>Rules keep the vectors in registers, here and in {@link VectorActivations}, the last of them
 * in every kernel:
 *
 * <ul>
 *   <li>No vector crosses a call that may not be taken each time: until a call is hot C2 inlines 35
 *       bytes of bytecode at most, and a method that it compiles too early stays so. Hence two
 *       formulas in a loop.
 *   <li>A method that is called each time has at most 325 bytes of bytecode, the size that C2 still
 *       inlines, and none is called for a constant: in a caller with very many vector operations C2
 *       passes NodeCountInliningCutoff, from where on it inlines only what the JDK marks.
 *   <li>What an operation is called on has its exact class, by a cast where the API does not return
 *       it (parameters, loaded, reinterpreted, converted and broadcast vectors). Else C2 asks the
 *       JDK's profiles, which all widths in the process share, inlines two of them, and the code of
 *       a method, which is compiled before the loop that calls it, grows past InlineSmallCode: the
 *       loop then calls it. Behind some hundred operations it may not even know the class of what
 *       an operation returned when it comes to the next one: there casts stand, too, where they
 *       were found to be missing.
 * </ul>
 */
final class VectorFunctions {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  /**
   * What turns bits of a float into a number below {@link #NORMALS}, as integers with a sign, where
   * the float is positive, finite and normal, and only there.
   */
  private static final int SMALLEST_NORMAL = Integer.MIN_VALUE + 0x0080_0000;

  private static final int NORMALS = Integer.MIN_VALUE + 0x7f00_0000;

  private static final float[] ONES = ones();

  private VectorFunctions() {}

  private static float[] ones() {
    float[] ones = new float[S.length()];
    Arrays.fill(ones, 1f);
    return ones;
  }

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector v = V.cast(FloatVector.fromArray(S, x, xo + i));
      if (v.abs().compare(LE, EXP_NORMAL).allTrue()) {
        // 2^n is added to the exponent.
        FloatVector shifted =
            v.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector k = shifted.sub(ROUND);
        FloatVector r = k.fma(FloatVector.broadcast(S, -LN2_HIGH), v);
        r = k.fma(FloatVector.broadcast(S, -LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(S, E6), FloatVector.broadcast(S, E5));
        p = p.fma(r, FloatVector.broadcast(S, E4));
        p = p.fma(r, FloatVector.broadcast(S, E3));
        p = p.fma(r, FloatVector.broadcast(S, E2));
        p = p.fma(r, FloatVector.broadcast(S, 1f));
        p = p.fma(r, FloatVector.broadcast(S, 1f));
        V.cast(
                VI.cast(p.reinterpretAsInts())
                    .add(VI.cast(shifted.reinterpretAsInts()).lanewise(LSHL, MANTISSA_BITS))
                    .reinterpretAsFloats())
            .intoArray(y, yo + i);
      } else {
        expAnywhere(x, xo + i, y, yo + i);
      }
    }
  }

  private static void expAnywhere(float[] from, int fo, float[] to, int o) {
    FloatVector x = V.cast(FloatVector.fromArray(S, from, fo));
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
    V.cast(
            p.mul(first.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats())
                .mul(second.lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats())
                .blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_OVERFLOW))
                .blend(0f, x.compare(LT, EXP_UNDERFLOW)))
        .intoArray(to, o);
  }

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      IntVector bits = VI.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).reinterpretAsInts());
      if (bits.sub(SMALLEST_NORMAL).compare(LT, NORMALS).allTrue()) {
        IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, MANTISSA_BITS);
        FloatVector f =
            V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
        FloatVector e = V.cast(exponent.convert(I2F, 0));
        FloatVector f2 = f.mul(f);
        FloatVector p =
            f2.fma(
                FloatVector.broadcast(S, L10),
                f.fma(FloatVector.broadcast(S, L9), FloatVector.broadcast(S, L8)));
        p = p.fma(f2, f.fma(FloatVector.broadcast(S, L7), FloatVector.broadcast(S, L6)));
        p = p.fma(f2, f.fma(FloatVector.broadcast(S, L5), FloatVector.broadcast(S, L4)));
        p = p.fma(f2, f.fma(FloatVector.broadcast(S, L3), FloatVector.broadcast(S, L2)));
        V.cast(e.fma(FloatVector.broadcast(S, LN2_HIGH), f2.fma(p, f))).intoArray(y, yo + i);
      } else {
        logAnywhere(x, xo + i, y, yo + i);
      }
    }
  }

  private static void logAnywhere(float[] from, int fo, float[] to, int o) {
    FloatVector x = V.cast(FloatVector.fromArray(S, from, fo));
    VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = VI.cast(x.mul(LIFT, tiny).reinterpretAsInts());
    IntVector exponent = bits.sub(TWO_THIRDS).lanewise(ASHR, MANTISSA_BITS);
    FloatVector f =
        V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
    FloatVector e = V.cast(exponent.convert(I2F, 0)).sub(LIFT_EXPONENT, tiny);
    FloatVector f2 = f.mul(f);
    FloatVector p =
        f2.fma(
            FloatVector.broadcast(S, L10),
            f.fma(FloatVector.broadcast(S, L9), FloatVector.broadcast(S, L8)));
    p = p.fma(f2, f.fma(FloatVector.broadcast(S, L7), FloatVector.broadcast(S, L6)));
    p = p.fma(f2, f.fma(FloatVector.broadcast(S, L5), FloatVector.broadcast(S, L4)));
    p = p.fma(f2, f.fma(FloatVector.broadcast(S, L3), FloatVector.broadcast(S, L2)));
    FloatVector finite = e.fma(FloatVector.broadcast(S, LN2_HIGH), f2.fma(p, f));
    V.cast(
            x.blend(finite, x.compare(LT, Float.POSITIVE_INFINITY))
                .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
                .blend(Float.NaN, x.compare(LT, 0f)))
        .intoArray(to, o);
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(tanh(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  /** Compute tanh in each lane. */
  private static FloatVector tanh(FloatVector x) {
    x = V.cast(x);
    IntVector bits = VI.cast(x.reinterpretAsInts());
    FloatVector z = V.cast(bits.or(SIGN_BIT).reinterpretAsFloats());
    z = z.blend(TANH_SATURATION, z.compare(LT, TANH_SATURATION));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, 2f * LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), z.add(z));
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
    FloatVector rest = power.mul(p);
    FloatVector one = V.cast(FloatVector.broadcast(S, 1f));
    FloatVector y = one.sub(power).sub(rest).div(one.add(power).add(rest));
    return V.cast(VI.cast(y.reinterpretAsInts()).or(bits.and(SIGN_BIT)).reinterpretAsFloats());
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    overOnePlusExp(ONES, 0, 0, x, xo, y, yo, n);
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    overOnePlusExp(x, xo, S.length(), x, xo, y, yo, n);
  }

  /**
   * Compute numerator / (1 + e^-x).
   *
   * @param step how far apart the numerators of two vectors lie
   */
  private static void overOnePlusExp(
      float[] numerators, int no, int step, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0, at = no; i < n; i += S.length(), at += step) {
      FloatVector v = V.cast(FloatVector.fromArray(S, x, xo + i));
      if (v.abs().compare(LE, SIGMOID_NEAR).allTrue()) {
        FloatVector shifted =
            v.fma(FloatVector.broadcast(S, -LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
        FloatVector k = shifted.sub(ROUND_ONE_FACTOR);
        FloatVector r = k.fma(FloatVector.broadcast(S, -LN2_HIGH), v.neg());
        r = k.fma(FloatVector.broadcast(S, -LN2_LOW), r);
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
        FloatVector numerator = V.cast(FloatVector.fromArray(S, numerators, at));
        V.cast(numerator.div(power.fma(p, power.add(1f)))).intoArray(y, yo + i);
      } else {
        overOnePlusExpAnywhere(numerators, at, x, xo + i, y, yo + i);
      }
    }
  }

  private static void overOnePlusExpAnywhere(
      float[] numerators, int no, float[] from, int fo, float[] to, int o) {
    FloatVector numerator = V.cast(FloatVector.fromArray(S, numerators, no));
    numerator = numerator.blend(FADE, numerator.compare(LT, FADE));
    FloatVector z = V.cast(FloatVector.fromArray(S, from, fo));
    z = z.blend(FADE, z.compare(LT, FADE));
    z = z.blend(SIGMOID_SATURATION, z.compare(GT, SIGMOID_SATURATION));
    FloatVector shifted =
        z.fma(FloatVector.broadcast(S, -LOG2_E), FloatVector.broadcast(S, ROUND_ONE_FACTOR));
    FloatVector n = shifted.sub(ROUND_ONE_FACTOR);
    FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), z.neg());
    r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
    FloatVector r2 = r.mul(r);
    FloatVector p =
        r2.fma(
            FloatVector.broadcast(S, E6),
            r.fma(FloatVector.broadcast(S, E5), FloatVector.broadcast(S, E4)));
    p = p.fma(r2, r.fma(FloatVector.broadcast(S, E3), FloatVector.broadcast(S, E2)));
    p = r2.fma(p, r);
    VectorMask<Float> scaled = z.compare(LT, -SIGMOID_NEAR);
    IntVector exponent = VI.cast(shifted.reinterpretAsInts()).lanewise(LSHL, MANTISSA_BITS);
    FloatVector power = V.cast(exponent.reinterpretAsFloats());
    power = power.blend(exponent.sub(SIGMOID_SCALE_BITS).reinterpretAsFloats(), scaled);
    FloatVector rest = power.fma(p, V.cast(FloatVector.zero(S)).blend(SIGMOID_SCALE, scaled));
    FloatVector quotient = numerator.div(power.add(1f).blend(power, scaled).add(rest));
    V.cast(quotient.mul(SIGMOID_SCALE, scaled)).intoArray(to, o);
  }
}
