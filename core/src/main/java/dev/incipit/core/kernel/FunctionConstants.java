package dev.incipit.core.kernel;

/**
 * Hold the constants that the scalar and the vector functions share: {@link ScalarFunctions} with
 * {@link VectorFunctions}, {@link ScalarActivations} with {@link VectorActivations}.
 *
 * <p>The polynomials are weighted minimax fits: the weight turns the error of the polynomial into
 * the relative error of the function. Their coefficients were rounded to float one after the other,
 * the rest being fitted again each time, so rounding costs next to nothing. The relative error
 * quoted beside each is that of the rounded polynomial in exact arithmetic; half a unit in the last
 * place of a float is 2^-24 at most.
 *
 * <p>Those of the logarithm, log(1 + f), and e^r - 1 run in steps of the square, two coefficients
 * at a time, since the square is needed anyway: as many operations as one at a time, and half as
 * long a chain.
 */
final class FunctionConstants {

  /** 1/ln 2: turns an argument into a number of octaves. */
  static final float LOG2_E = 0x1.715476p+0f;

  /**
   * ln 2 rounded to float, and what the rounding left.
   *
   * <p>With a fused multiply-add {@code x - n * LN2_HIGH} is exact for every n that occurs: the
   * product is not rounded, and the difference is a multiple of 2^-24 below 1/2. No short,
   * zero-padded constant is needed.
   */
  static final float LN2_HIGH = 0x1.62e43p-1f;

  static final float LN2_LOW = -0x1.05c61p-29f;

  /** 1.5 * 2^23: adding it rounds to an integer and leaves that integer in the low bits. */
  static final float ROUND = 0x1.8p23f;

  /**
   * {@link #ROUND} plus twice the exponent bias: the low bits then hold n + 254, which halves into
   * the biased exponents of two factors whose product is 2^n.
   */
  static final float ROUND_TWO_FACTORS = 0x1.8p23f + 254;

  /** {@link #ROUND} plus the exponent bias: shifted left by 23 its bits are those of 2^n. */
  static final float ROUND_ONE_FACTOR = 0x1.8p23f + 127;

  /** Bits of a float before its exponent. */
  static final int MANTISSA_BITS = 23;

  static final int SIGN_BIT = 0x8000_0000;
  static final int MAGNITUDE = 0x7fff_ffff;

  // e^r = 1 + r + r^2 * (E2 + E3 r + ... + E6 r^4), |r| <= ln(2)/2, relative error 2^-28.2.
  // One degree less leaves 2^-23.2, too much beside the final rounding. Without the leading 1 it is
  // e^r - 1, with relative error 2^-25.6.
  static final float E2 = 0x1.fffffcp-2f;
  static final float E3 = 0x1.555492p-3f;
  static final float E4 = 0x1.5558bp-5f;
  static final float E5 = 0x1.123988p-7f;
  static final float E6 = 0x1.6a4c8ep-10f;

  /** Up to this magnitude e^x is a normal float, so one power of two takes the place of two. */
  static final float EXP_NORMAL = 87f;

  /** Above this every e^x rounds to infinity; 2^n would leave the two factors' range at 176. */
  static final float EXP_OVERFLOW = 89f;

  /** Below this every e^x rounds to zero: ln(2^-150) is -103.97. */
  static final float EXP_UNDERFLOW = -104f;

  // log(1 + f) = f + f^2 * (L2 + L3 f + ... + L10 f^8), |f| <= 1/3, relative error 2^-27.7.
  static final float L2 = -0x1p-1f;
  static final float L3 = 0x1.555506p-2f;
  static final float L4 = -0x1.fffefcp-3f;
  static final float L5 = 0x1.99d044p-3f;
  static final float L6 = -0x1.559c44p-3f;
  static final float L7 = 0x1.1ed664p-3f;
  static final float L8 = -0x1.f33302p-4f;
  static final float L9 = 0x1.1e677ap-3f;
  static final float L10 = -0x1.07c864p-3f;

  /**
   * The bits of 2/3. The mantissa is taken in [2/3, 4/3): then |f| <= 1/3 on both sides of 1, the
   * interval of an octave on which the series of log(1 + f) converges fastest.
   */
  static final int TWO_THIRDS = 0x3f2a_aaab;

  /** 2^24 lifts every denormal to a normal number; {@link #LIFT_EXPONENT} takes it back. */
  static final float LIFT = 0x1p24f;

  static final float LIFT_EXPONENT = 24f;

  /** From here on tanh rounds to -1: 1 - tanh(9.02) is less than 2^-25. */
  static final float TANH_SATURATION = -9.02f;

  /**
   * Up to this magnitude 2^n + 1 is exact and e^x normal, so sigmoid and SiLU need no scaling: n is
   * 23 at most.
   */
  static final float SIGMOID_NEAR = 16f;

  /** Above this 1 + e^-x rounds to 1, and 2^n would leave the normal floats at 126. */
  static final float SIGMOID_SATURATION = 80f;

  /** Keeps e^-x finite where 1 / e^-x is denormal: taken from the exponent, multiplied at last. */
  static final float SIGMOID_SCALE = 0x1p-64f;

  /** {@link #SIGMOID_SCALE} as a step of the exponent's bits. */
  static final int SIGMOID_SCALE_BITS = 64 << MANTISSA_BITS;

  // log(1 + f) = f + f^2 * (N2 + N3 f + ... + N8 f^6), -1/2 <= f <= 0, relative error 2^-22.6.
  // The logarithm of normals: its argument comes as an integer, is never near 1 from above and
  // never special, and the square root halves the relative error.
  static final float N2 = -0x1.00033ap-1f;
  static final float N3 = 0x1.541998p-2f;
  static final float N4 = -0x1.1423dep-2f;
  static final float N5 = 0x1.a01428p-5f;
  static final float N6 = -0x1.80e12cp-1f;
  static final float N7 = -0x1.094c3p+0f;
  static final float N8 = -0x1.2923acp+0f;

  /** The bits of 1/2. */
  static final int ONE_HALF = 0x3f00_0000;

  /** 2 pi / 2^32: the angle between two neighbours of 2^32 around the circle. */
  static final float ANGLE_STEP = 0x1.921fb6p-30f;

  // sin(a) = a + a^3 * (S3 + S5 a^2 + S7 a^4), |a| <= pi/4, relative error 2^-27.9.
  static final float S3 = -0x1.555546p-3f;
  static final float S5 = 0x1.110778p-7f;
  static final float S7 = -0x1.995408p-13f;

  // cos(a) = 1 + a^2 * (C2 + C4 a^2 + C6 a^4), |a| <= pi/4, relative error 2^-24.6.
  static final float C2 = -0x1.ffffb2p-2f;
  static final float C4 = 0x1.553e5ep-5f;
  static final float C6 = -0x1.6447c6p-10f;

  // z(p) = p (HALF_N0 + ... + HALF_N4 m^4) / (1 + HALF_D1 m + ... + HALF_D4 m^4), where |Z| < z has
  // the probability p and m = 1 - p^2, 0 <= p <= HALF_NEAR: relative error 2^-23.8. All are
  // positive, so nothing cancels.
  static final float HALF_N0 = 0x1.8e3b56p+1f;
  static final float HALF_N1 = 0x1.07af8ap+7f;
  static final float HALF_N2 = 0x1.7b5c12p+9f;
  static final float HALF_N3 = 0x1.7440bcp+9f;
  static final float HALF_N4 = 0x1.11379ep+6f;
  static final float HALF_D1 = 0x1.cc2854p+5f;
  static final float HALF_D2 = 0x1.c55460p+8f;
  static final float HALF_D3 = 0x1.594e94p+9f;
  static final float HALF_D4 = 0x1.3e3a1ap+7f;

  /**
   * Up to here that serves: two deviations and a little, where truncated normals are mostly cut.
   */
  static final float HALF_NEAR = 0.9546f;

  // z = (HALF_M0 + ... + HALF_M3 r^3) / (1 + HALF_E1 r + HALF_E2 r^2), beyond, where r = sqrt(-2
  // log((1 - p) / 2)) is the radius that a normal pair exceeds with (1 - p) / 2: relative error
  // 2^-25.1.
  static final float HALF_M0 = -0x1.4acebap+1f;
  static final float HALF_M1 = -0x1.90b8b6p-2f;
  static final float HALF_M2 = 0x1.bf820ep+0f;
  static final float HALF_M3 = 0x1.897ad6p-2f;
  static final float HALF_E1 = 0x1.c5ef8p+0f;
  static final float HALF_E2 = 0x1.890788p-2f;

  /** Below this e^x - 1 rounds to -1: ln(2^-25) is -17.33. */
  static final float EXPM1_SATURATION = -18f;

  /**
   * The scale (lambda) of SELU, for which mean 0 and variance 1 are a fixed point.
   *
   * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</a>
   */
  static final float SELU_SCALE = (float) 1.0507009873554805;

  /** The scale of SELU times its alpha, rounded once: minus its limit for negative arguments. */
  static final float SELU_SCALE_ALPHA = (float) (1.0507009873554805 * 1.6732632423543772);

  /** Below this x e^x rounds to zero: it is 2^-151.7 there. */
  static final float FADE = -110f;

  /** Below this x Phi(x) rounds to zero: it is 2^-153 there. */
  static final float GELU_FADE = -14.5f;

  // Phi(x) = 1/2 + x * (A0 + A2 x^2 + A4 x^4 + A6 x^6), |x| <= GELU_NEAR: relative error 2^-24.5.
  static final float A0 = 0x1.988444p-2f;
  static final float A2 = -0x1.10521ap-4f;
  static final float A4 = 0x1.456c0ap-7f;
  static final float A6 = -0x1.184492p-10f;

  /** Where Phi(-a) passes 1/4, below which units in the last place halve. */
  static final float GELU_NEAR = 0.6744f;

  // a Phi(-a) = e^(-a^2/2) (1/sqrt(2 pi) - N(a) / D(a)), GELU_NEAR <= a <= 14.5, with N = N0 + ...
  // +
  // N3 a^3 and D = 1 + D1 a + ... + D5 a^5: relative error 2^-26.9. The quotient is the smaller
  // term,
  // and all coefficients are positive, so nothing cancels.
  static final float GELU_N0 = 0x1.988b46p-2f;
  static final float GELU_N1 = 0x1.d6fd32p-3f;
  static final float GELU_N2 = 0x1.0a764p-4f;
  static final float GELU_N3 = 0x1.21151cp-7f;
  static final float GELU_D1 = 0x1.d48c8ap+0f;
  static final float GELU_D2 = 0x1.748f18p+0f;
  static final float GELU_D3 = 0x1.4aafb6p-1f;
  static final float GELU_D4 = 0x1.4da5cp-3f;
  static final float GELU_D5 = 0x1.6a5bfcp-6f;

  /** Above this a^2, e^(-a^2/2) is computed 2^64 times too large, to be rounded once at last. */
  static final float GELU_SCALED = 170f;

  static final float GELU_SCALE = 0x1p-64f;

  static final float ROUND_SCALED = ROUND_ONE_FACTOR + 64;

  // Phi(-a) = e^(-a^2/2) * P(a) / Q(a), 0 <= a <= 14.5, with P = 1/2 + P1 a + ... + P4 a^4 and
  // Q = 1 + Q1 a + ... + Q5 a^5: relative error 2^-26.5. All coefficients are positive, so nothing
  // cancels; the quotient is Mills' ratio divided by sqrt(2 pi).
  static final float P1 = 0x1.c01a58p-2f;
  static final float P2 = 0x1.762874p-3f;
  static final float P3 = 0x1.4b4f92p-5f;
  static final float P4 = 0x1.0bc40ep-8f;
  static final float Q1 = 0x1.ac4f5ap+0f;
  static final float Q2 = 0x1.3347cap+0f;
  static final float Q3 = 0x1.df44dp-2f;
  static final float Q4 = 0x1.9f4374p-4f;
  static final float Q5 = 0x1.4f9738p-7f;

  /** 1 / sqrt(2 pi): the normal density at 0. */
  static final float NORMAL_DENSITY = 0x1.988454p-2f;

  /** Above this log(1 + t) is taken as ln 2 + log((1 + t) / 2), whose argument is nearer to 1. */
  static final float ONE_THIRD = 0x1.555556p-2f;

  /** Above this |x| / (1 + |x|) rounds to 1. */
  static final float SOFTSIGN_SATURATION = 0x1p25f;

  private FunctionConstants() {}
}
