package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;

/**
 * Compute exp, log, tanh and sigmoid of one float: the specification of {@link VectorFunctions}.
 *
 * <p>Every step is an operation that IEEE 754 rounds exactly, so the bits are the same on every
 * machine. There are no branches but selections, as the vector form has none either. A NaN fails
 * every comparison and passes through the arithmetic.
 */
final class ScalarFunctions {

  private ScalarFunctions() {}

  /** Compute e^x: x = n ln 2 + r with |r| <= ln(2)/2, then a polynomial in r times 2^n. */
  static float exp(float x) {
    float result = expInRange(x);
    result = x > EXP_OVERFLOW ? Float.POSITIVE_INFINITY : result;
    return x < EXP_UNDERFLOW ? 0f : result;
  }

  /**
   * Compute e^x for |x| <= 176.
   *
   * <p>2^n is applied as two factors, each a normal float: the first product is exact, so a
   * denormal result is rounded once, by the second.
   */
  static float expInRange(float x) {
    float shifted = Math.fma(x, LOG2_E, ROUND_TWO_FACTORS);
    float n = shifted - ROUND_TWO_FACTORS;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(E6, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    int exponents = Float.floatToRawIntBits(shifted);
    int first = exponents >>> 1;
    int second = exponents - first;
    return p
        * Float.intBitsToFloat(first << MANTISSA_BITS)
        * Float.intBitsToFloat(second << MANTISSA_BITS);
  }

  /** Compute the natural logarithm: x = 2^e m with m in [2/3, 4/3), then a polynomial in m - 1. */
  static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * LIFT : x);
    int exponent = (bits - TWO_THIRDS) >> MANTISSA_BITS;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f;
    float e = tiny ? (float) exponent - LIFT_EXPONENT : (float) exponent;
    float p = Math.fma(L10, f, L9);
    p = Math.fma(p, f, L8);
    p = Math.fma(p, f, L7);
    p = Math.fma(p, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    // The small terms first: only the last two additions round at the result's own scale.
    float small = Math.fma(f * f, p, e * LN2_LOW);
    float result = Math.fma(e, LN2_HIGH, f + small);
    result = x < Float.POSITIVE_INFINITY ? result : x;
    result = x == 0f ? Float.NEGATIVE_INFINITY : result;
    return x < 0f ? Float.NaN : result;
  }

  /**
   * Compute tanh, from t = e^(-2|x|) and h = (1 - t) / 2, giving the sign back at the end.
   *
   * <p>Near zero it is h / ((1 + t) / 2). h is formed without cancellation: with u = |x| mod
   * ln(2)/2 it is 2^n p(u) + (1 - 2^n)/2, where the second term is exact. Far from zero, where the
   * roundings of h and of the denominator would add up, it is 1 - t / ((1 + t) / 2): the same
   * division.
   */
  static float tanh(float x) {
    int bits = Float.floatToRawIntBits(x);
    float a = Float.intBitsToFloat(bits & MAGNITUDE);
    float shifted = Math.fma(a, -2f * LOG2_E, ROUND_ONE_FACTOR);
    float n = shifted - ROUND_ONE_FACTOR;
    float u = Math.fma(n, 0.5f * LN2_HIGH, a);
    u = Math.fma(n, 0.5f * LN2_LOW, u);
    float p = Math.fma(T6, u, T5);
    p = Math.fma(p, u, T4);
    p = Math.fma(p, u, T3);
    p = Math.fma(p, u, T2);
    p = Math.fma(u * u, p, u);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    float t = power * Math.fma(p, -2f, 1f);
    float h = Math.fma(power, p, Math.fma(power, -0.5f, 0.5f));
    boolean far = a > TANH_FAR;
    float q = (far ? t : h) / Math.fma(t, 0.5f, 0.5f);
    float y = far ? 1f - q : q;
    y = a > TANH_SATURATION ? 1f : y;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (bits & SIGN_BIT));
  }

  /**
   * Compute 1 / (1 + e^-x) as t / (1 + t) or 1 / (1 + t) with t = e^-|x|.
   *
   * <p>t never overflows, so large negative arguments fade through the denormals to zero.
   */
  static float sigmoid(float x) {
    float negative = Float.intBitsToFloat(Float.floatToRawIntBits(x) | SIGN_BIT);
    float t = expInRange(negative);
    t = negative < EXP_UNDERFLOW ? 0f : t;
    float numerator = x < 0f ? t : 1f;
    return numerator / (1f + t);
  }

  /**
   * Compute the radius sqrt(-2 log u) of a normal pair, u uniform over (0, 1), from 32 random bits.
   *
   * <p>The sign bit picks the half: u = v below 1/2, u = 1 - v above, with v = (k + 1/2) 2^-32 from
   * the other 31 bits. So u is never 0 nor 1, and 1 - u is as finely resolved as u: radii reach
   * from 1.5e-5 to 6.76. The mantissa is taken in [1/2, 1), where log(1 + f) serves both halves.
   */
  static float radius(int word) {
    float v = Math.fma((float) (word & MAGNITUDE), 0x1p-32f, 0x1p-33f);
    int bits = Float.floatToRawIntBits(v);
    int exponent = (bits - ONE_HALF) >> MANTISSA_BITS;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f;
    float e = (float) exponent;
    f = word < 0 ? -v : f;
    e = word < 0 ? 0f : e;
    float p = Math.fma(N8, f, N7);
    p = Math.fma(p, f, N6);
    p = Math.fma(p, f, N5);
    p = Math.fma(p, f, N4);
    p = Math.fma(p, f, N3);
    p = Math.fma(p, f, N2);
    float log = Math.fma(e, LN2_HIGH, Math.fma(f * f, p, f));
    return (float) Math.sqrt(log * -2f);
  }

  /**
   * Compute the angle in (-pi/4, pi/4) that the low 30 of 32 random bits name.
   *
   * <p>The half step makes the angles symmetric about zero. The two bits left out choose the
   * quarter of the circle.
   */
  static float angle(int word) {
    return Math.fma((float) (word << 2 >> 2), ANGLE_STEP, 0.5f * ANGLE_STEP);
  }

  /** Compute sin(a) for |a| <= pi/4. */
  static float sin(float a) {
    float square = a * a;
    float p = Math.fma(S7, square, S5);
    p = Math.fma(p, square, S3);
    return Math.fma(square * a, p, a);
  }

  /** Compute cos(a) for |a| <= pi/4. */
  static float cos(float a) {
    float square = a * a;
    float p = Math.fma(C6, square, C4);
    p = Math.fma(p, square, C2);
    return Math.fma(square, p, 1f);
  }
}
