package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;

/**
 * Compute the activation functions of one float, and the slopes that need the argument: the
 * specification of {@link VectorActivations}.
 *
 * <p>As in {@link ScalarFunctions}: exactly rounded operations, selections instead of branches, and
 * NaN passes through. Those that vanish to the left multiply by the last power of two at the end,
 * so that they fade through the denormals with a single rounding; -infinity gives their limit.
 */
final class ScalarActivations {

  private ScalarActivations() {}

  /**
   * Compute e^z - 1 for z <= 0; for z > 0 the result has no meaning.
   *
   * <p>With z = n ln 2 + r it is 2^n (e^r - 1) + (2^n - 1): the polynomial has no leading 1 that
   * would cancel, and where 2^n - 1 rounds the result is all but -1.
   */
  static float expMinusOne(float z) {
    float x = z < EXPM1_SATURATION ? EXPM1_SATURATION : z;
    float shifted = Math.fma(x, LOG2_E, ROUND_ONE_FACTOR);
    float n = shifted - ROUND_ONE_FACTOR;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    return Math.fma(power, ScalarFunctions.exponentialRest(r), power - 1f);
  }

  /** Compute {@code x < 0 ? alpha (e^x - 1) : x}, within 0.98 ulp where alpha is 1. */
  static float elu(float x, float alpha) {
    return x < 0f ? alpha * expMinusOne(x) : x;
  }

  /**
   * Compute {@code scale (x < 0 ? alpha (e^x - 1) : x)} with the constants of SELU, within 1.95
   * ulp.
   */
  static float selu(float x) {
    return x < 0f ? SELU_SCALE_ALPHA * expMinusOne(x) : SELU_SCALE * x;
  }

  /**
   * Compute ln(1 + e^x), within 2.1 ulp, as max(x, 0) + log(1 + t) with t = e^-|x|.
   *
   * <p>log(1 + t) is the polynomial of the logarithm in f = t, or in f = (t - 1) / 2 plus ln 2:
   * never is 1 + t formed, which would drop the low bits of a small t.
   */
  static float softplus(float x) {
    float negative = Float.intBitsToFloat(Float.floatToRawIntBits(x) | SIGN_BIT);
    float t = ScalarFunctions.expInRange(negative);
    t = negative < EXP_UNDERFLOW ? 0f : t;
    boolean upper = t > ONE_THIRD;
    float f = upper ? Math.fma(t, 0.5f, -0.5f) : t;
    float log = ScalarFunctions.logarithmRest(f);
    log = upper ? log + LN2_HIGH : log;
    return (x > 0f ? x : 0f) + log;
  }

  /** Compute x / (1 + |x|), within 1.5 ulp. */
  static float softsign(float x) {
    int bits = Float.floatToRawIntBits(x);
    float a = Float.intBitsToFloat(bits & MAGNITUDE);
    float y = a / (1f + a);
    y = a > SOFTSIGN_SATURATION ? 1f : y;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (bits & SIGN_BIT));
  }

  /** Compute x / (1 + e^-x), within 1.8 ulp. */
  static float silu(float x) {
    float z = x < FADE ? FADE : x;
    return ScalarFunctions.overOnePlusExp(z, z);
  }

  /** Compute the slope of SiLU, s (1 + x (1 - s)) with s = 1 / (1 + e^-x). */
  static float siluSlope(float x) {
    float z = fading(x, FADE);
    float shifted = Math.fma(z, LOG2_E, ROUND_TWO_FACTORS);
    float t = head(remainder(z, shifted), shifted) * tail(shifted);
    float large = 1f / (1f + t);
    float small = t * large;
    float s = x < 0f ? small : large;
    float rest = x < 0f ? large : small;
    return s * Math.fma(x < 0f ? z : -z, rest, 1f);
  }

  /**
   * Compute x tanh(ln(1 + e^x)), within 4.7 ulp, with t = e^-|x|: x (1 + 2t) / (1 + 2t + 2t^2), and
   * for x < 0 x t (t + 2) / (t (t + 2) + 2).
   */
  static float mish(float x) {
    float z = fading(x, FADE);
    float shifted = Math.fma(z, LOG2_E, ROUND_TWO_FACTORS);
    float head = head(remainder(z, shifted), shifted);
    float tail = tail(shifted);
    float t = head * tail;
    float near = Math.fma(t, 2f, 1f);
    float far = t + 2f;
    float numerator = (x < 0f ? z * head : x) * (x < 0f ? far : near);
    float quotient = numerator / (x < 0f ? Math.fma(t, far, 2f) : Math.fma(t + t, t, near));
    return x < 0f ? quotient * tail : quotient;
  }

  /**
   * Compute the slope of Mish.
   *
   * <p>With mish = x N / D as above it is (N + 4 x u (1 + t) / D) / D, u being t^2, and for x < 0
   * t.
   */
  static float mishSlope(float x) {
    float z = fading(x, FADE);
    float shifted = Math.fma(z, LOG2_E, ROUND_TWO_FACTORS);
    float t = head(remainder(z, shifted), shifted) * tail(shifted);
    float near = Math.fma(t, 2f, 1f);
    float far = t * (t + 2f);
    float numerator = x < 0f ? far : near;
    float inverse = 1f / (x < 0f ? far + 2f : Math.fma(t + t, t, near));
    float u = x < 0f ? t : t * -t;
    float bend = (z * 4f) * u * (1f + t);
    return Math.fma(bend, inverse, numerator) * inverse;
  }

  /**
   * Compute x Phi(x), within 2.6 ulp, Phi the distribution function of the normal law.
   *
   * <p>With a = |x|, x Phi(x) is max(x, 0) - a Phi(-a); near zero Phi itself is a polynomial. What
   * rounding a^2 loses would grow to 100 units in the tail: it is found by an fma and put into the
   * exponential's argument.
   */
  static float gelu(float x) {
    float a = Math.abs(x);
    a = a > -GELU_FADE ? -GELU_FADE : a;
    float square = a * a;
    float p = Math.fma(GELU_N3, a, GELU_N2);
    p = Math.fma(p, a, GELU_N1);
    p = Math.fma(p, a, GELU_N0);
    float q = Math.fma(GELU_D5, a, GELU_D4);
    q = Math.fma(q, a, GELU_D3);
    q = Math.fma(q, a, GELU_D2);
    q = Math.fma(q, a, GELU_D1);
    q = Math.fma(q, a, 1f);
    float ratio = NORMAL_DENSITY - p / q;
    boolean scaled = square > GELU_SCALED;
    float round = scaled ? ROUND_SCALED : ROUND_ONE_FACTOR;
    float shifted = Math.fma(square, -0.5f * LOG2_E, round);
    float n = shifted - round;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, square * -0.5f));
    r = Math.fma(Math.fma(a, a, -square), -0.5f, r);
    float tail = Math.fma(ratio, ScalarFunctions.exponentialRest(r), ratio);
    tail *= Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << MANTISSA_BITS);
    tail = scaled ? tail * GELU_SCALE : tail;
    float phi = Math.fma(A6, square, A4);
    phi = Math.fma(phi, square, A2);
    phi = Math.fma(phi, square, A0);
    float near = x * Math.fma(x, phi, 0.5f);
    float far = x > 0f ? x - tail : -tail;
    return a <= GELU_NEAR ? near : far;
  }

  /**
   * Compute the slope of GELU, Phi(x) + x phi(x), phi the normal density.
   *
   * <p>For x < 0 it is k = e^(-a^2/2) (R(a) - a / sqrt(2 pi)), for x > 0 it is 1 - k.
   */
  static float geluSlope(float x) {
    float z = fading(x, GELU_FADE);
    float square = z * z;
    float shifted = Math.fma(square, -0.5f * LOG2_E, ROUND_TWO_FACTORS);
    float r = Math.fma(Math.fma(z, z, -square), -0.5f, remainder(square * -0.5f, shifted));
    float k = Math.fma(z, NORMAL_DENSITY, mills(-z)) * head(r, shifted) * tail(shifted);
    return x < 0f ? k : 1f - k;
  }

  /** Return -|x|, or the limit where that is less. */
  private static float fading(float x, float limit) {
    float z = Float.intBitsToFloat(Float.floatToRawIntBits(x) | SIGN_BIT);
    return z < limit ? limit : z;
  }

  /** Return what the octaves that {@code shifted} counts leave of an exponential's argument. */
  private static float remainder(float z, float shifted) {
    float n = shifted - ROUND_TWO_FACTORS;
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, z));
  }

  /** Return e^r times the first of the two powers of two that {@code shifted} names. */
  private static float head(float r, float shifted) {
    float p = Math.fma(E6, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    int first = Float.floatToRawIntBits(shifted) >>> 1;
    return p * Float.intBitsToFloat(first << MANTISSA_BITS);
  }

  /** Return the second power of two. */
  private static float tail(float shifted) {
    int exponents = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat((exponents - (exponents >>> 1)) << MANTISSA_BITS);
  }

  /** Return e^(a^2/2) Phi(-a) for a in [0, 14.5]. */
  private static float mills(float a) {
    float p = Math.fma(P4, a, P3);
    p = Math.fma(p, a, P2);
    p = Math.fma(p, a, P1);
    p = Math.fma(p, a, 0.5f);
    float q = Math.fma(Q5, a, Q4);
    q = Math.fma(q, a, Q3);
    q = Math.fma(q, a, Q2);
    q = Math.fma(q, a, Q1);
    q = Math.fma(q, a, 1f);
    return p / q;
  }
}
