package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;

/**
 * Compute exp, log, tanh and sigmoid of one float: the specification of {@link VectorFunctions}.
 *
 * <p>Every step is an operation that IEEE 754 rounds exactly, so the bits are the same on every
 * machine. There are no branches but selections, as the vector form has none either. A NaN fails
 * every comparison and passes through the arithmetic.
 *
 * <p>The errors quoted are the largest over all floats, in units in the last place (ulp) of the
 * exact value, denormal results included.
 */
final class ScalarFunctions {

  private ScalarFunctions() {}

  /**
   * Compute e^x, within 0.9 ulp: x = n ln 2 + r with |r| <= ln(2)/2, then a polynomial in r times
   * 2^n.
   */
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

  /**
   * Compute the natural logarithm, within 0.97 ulp: x = 2^e m with m in [2/3, 4/3), then a
   * polynomial in m - 1.
   */
  static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * LIFT : x);
    int exponent = (bits - TWO_THIRDS) >> MANTISSA_BITS;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f;
    float e = tiny ? (float) exponent - LIFT_EXPONENT : (float) exponent;
    // What ln 2 loses as a float, 2^-29 for each e, is a sixteenth of a unit in the last place.
    float result = Math.fma(e, LN2_HIGH, logarithmRest(f));
    result = x < Float.POSITIVE_INFINITY ? result : x;
    result = x == 0f ? Float.NEGATIVE_INFINITY : result;
    return x < 0f ? Float.NaN : result;
  }

  /** Compute log(1 + f) for |f| <= 1/3. */
  static float logarithmRest(float f) {
    float square = f * f;
    float p = Math.fma(L10, square, Math.fma(L9, f, L8));
    p = Math.fma(p, square, Math.fma(L7, f, L6));
    p = Math.fma(p, square, Math.fma(L5, f, L4));
    p = Math.fma(p, square, Math.fma(L3, f, L2));
    return Math.fma(square, p, f);
  }

  /**
   * Compute tanh, within 1.95 ulp, as (1 - e^(2z)) / (1 + e^(2z)) with z = -|x|, and give the sign
   * back.
   *
   * <p>With e^(2z) = 2^n (1 + p) they are (1 - 2^n) - 2^n p and (1 + 2^n) + 2^n p. The product is
   * exact; so are the first sums down to n = -23, and below they lose half an ulp of 1 at most. So
   * each is rounded once. Near zero n is 0, and the numerator -p. (Of e^(2|x|) the same quotient
   * cancels where n is 1 and p negative.)
   */
  static float tanh(float x) {
    int bits = Float.floatToRawIntBits(x);
    float z = Float.intBitsToFloat(bits | SIGN_BIT);
    z = z < TANH_SATURATION ? TANH_SATURATION : z;
    float shifted = Math.fma(z, 2f * LOG2_E, ROUND_ONE_FACTOR);
    float n = shifted - ROUND_ONE_FACTOR;
    float r = Math.fma(n, -LN2_HIGH, z + z);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    float rest = power * exponentialRest(r);
    float y = ((1f - power) - rest) / ((1f + power) + rest);
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (bits & SIGN_BIT));
  }

  /** Compute e^r - 1 for |r| <= ln(2)/2. */
  static float exponentialRest(float r) {
    float square = r * r;
    float p = Math.fma(E6, square, Math.fma(E5, r, E4));
    p = Math.fma(p, square, Math.fma(E3, r, E2));
    return Math.fma(square, p, r);
  }

  /** Compute 1 / (1 + e^-x), within 1.75 ulp. */
  static float sigmoid(float x) {
    return overOnePlusExp(1f, x < FADE ? FADE : x);
  }

  /**
   * Compute numerator / (1 + e^-x), where x is not below FADE.
   *
   * <p>With e^-x = 2^n (1 + p) the denominator (2^n + 1) + 2^n p is rounded once: its product is
   * exact, and so is its first sum up to n = 23. Beyond, for x < -16, the sum is 2^n + (2^n p + 1)
   * instead, and all of it is scaled, so that it does not overflow and a denormal result is rounded
   * by the last product.
   */
  static float overOnePlusExp(float numerator, float x) {
    float z = x > SIGMOID_SATURATION ? SIGMOID_SATURATION : x;
    float shifted = Math.fma(z, -LOG2_E, ROUND_ONE_FACTOR);
    float n = shifted - ROUND_ONE_FACTOR;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, -z));
    boolean scaled = z < -SIGMOID_NEAR;
    int exponent = Float.floatToRawIntBits(shifted) << MANTISSA_BITS;
    float power = Float.intBitsToFloat(scaled ? exponent - SIGMOID_SCALE_BITS : exponent);
    float large = scaled ? power : power + 1f;
    float rest = Math.fma(power, exponentialRest(r), scaled ? SIGMOID_SCALE : 0f);
    float quotient = numerator / (large + rest);
    return scaled ? quotient * SIGMOID_SCALE : quotient;
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
    return (float) Math.sqrt(shortLog(e, f) * -2f);
  }

  /** Compute log(2^e (1 + f)) for -1/2 <= f <= 0 and small e, within some 2^-23. */
  private static float shortLog(float e, float f) {
    float p = Math.fma(N8, f, N7);
    p = Math.fma(p, f, N6);
    p = Math.fma(p, f, N5);
    p = Math.fma(p, f, N4);
    p = Math.fma(p, f, N3);
    p = Math.fma(p, f, N2);
    return Math.fma(e, LN2_HIGH, Math.fma(f * f, p, f));
  }

  /**
   * Compute the z that a normal number's magnitude stays below with probability p.
   *
   * @param p from 2^-36 to 1
   * @param q 1 - p, more precise than that near 1, at least 2^-32
   */
  static float halfNormalQuantile(float p, float q) {
    float m = Math.fma(-p, p, 1f);
    float above = Math.fma(HALF_N4, m, HALF_N3);
    above = Math.fma(above, m, HALF_N2);
    above = Math.fma(above, m, HALF_N1);
    above = Math.fma(above, m, HALF_N0);
    float below = Math.fma(HALF_D4, m, HALF_D3);
    below = Math.fma(below, m, HALF_D2);
    below = Math.fma(below, m, HALF_D1);
    below = Math.fma(below, m, 1f);
    float near = p * (above / below);
    int bits = Float.floatToRawIntBits(q * 0.5f);
    int exponent = (bits - ONE_HALF) >> MANTISSA_BITS;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1f;
    float r = (float) Math.sqrt(shortLog((float) exponent, f) * -2f);
    above = Math.fma(HALF_M3, r, HALF_M2);
    above = Math.fma(above, r, HALF_M1);
    above = Math.fma(above, r, HALF_M0);
    below = Math.fma(HALF_E2, r, HALF_E1);
    below = Math.fma(below, r, 1f);
    float far = above / below;
    return p > HALF_NEAR ? far : near;
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
