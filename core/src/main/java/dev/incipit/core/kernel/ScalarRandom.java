package dev.incipit.core.kernel;

/**
 * Fill arrays with random numbers one element at a time: the specification of {@link VectorRandom}.
 *
 * <p>Element i of a stream depends on (key, i) alone, so a fill may start anywhere and be split
 * anywhere. In every fill {@code start} is the stream index of the first element written.
 *
 * <p>Normals come from the Box-Muller transform, the two words of a pair giving radius and angle.
 * It takes a fixed number of bits for an element, as a counter-based stream needs (a rejection
 * method does not), has no table, and is exact but for rounding: no approximation of the
 * distribution's inverse with its doubtful tail. The radius comes from 2^32 equally likely values,
 * up to sqrt(2 * 33 ln 2) = 6.76: beyond it lies a probability of 1.4e-11, less than one number in
 * 7e10. Near zero it is as fine as float allows, 0 itself excluded, so no value sticks out.
 *
 * <p>Truncated normals are quantiles: a word gives a sign and the probability of a smaller
 * magnitude, in 2^31 steps from 0 to that of the cut. So none is rejected, and a cut at a tenth of
 * a deviation costs what a cut at eight does. Here the distribution's inverse has no tail to doubt:
 * quotients of polynomials hold it out to 2^-32, 6.34 deviations, which tests show for each of the
 * steps at the customary cut and at the widest, and for many at others.
 */
final class ScalarRandom {

  /** The 24 upper bits of a word, and half a step of the number that they are. */
  static final int UPPER_BITS = -256;

  static final int HALF_STEP = 128;

  /** Turns such a number into one in (-1, 1). */
  static final float SYMMETRIC_STEP = 0x1p-31f;

  /** The largest number in (-1, 1) that there is. */
  static final float LARGEST = 1f - 0x1p-24f;

  /** Beyond so many deviations lies less than 2^-54. */
  private static final double CERTAIN = 8.4;

  private ScalarRandom() {}

  /** Fill with random bits, the words of the generator themselves. */
  static void bits(long key0, long key1, long start, int[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      out[off + i] = word(key0, key1, Threefry.UNIFORM, start + i);
    }
  }

  /** Fill with uniform numbers in [low, high]: symmetric about the centre, 2^24 equal steps. */
  static void uniform(
      long key0, long key1, long start, float low, float high, float[] out, int off, int n) {
    float half = half(low, high);
    float centre = centre(low, high);
    for (int i = 0; i < n; i++) {
      float value =
          Math.fma(symmetric(word(key0, key1, Threefry.UNIFORM, start + i)), half, centre);
      value = value < low ? low : value;
      out[off + i] = value > high ? high : value;
    }
  }

  /** Fill with normal numbers of the given mean and standard deviation. */
  static void normal(
      long key0, long key1, long start, float mean, float std, float[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      out[off + i] = Math.fma(standardNormal(key0, key1, start + i), std, mean);
    }
  }

  /** Fill with normal numbers of mean 0, cut at {@code +-limit}. */
  static void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    double inside = inside((double) limit / std);
    for (int i = 0; i < n; i++) {
      int word = word(key0, key1, Threefry.TRUNCATED_NORMAL, start + i);
      float magnitude = truncated(word, inside) * std;
      magnitude = magnitude > limit ? limit : magnitude;
      int sign = word & FunctionConstants.SIGN_BIT;
      out[off + i] = Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | sign);
    }
  }

  private static int word(long key0, long key1, int kind, long index) {
    long pair = Threefry.pair(key0, key1, kind, index);
    return (int) (Threefry.isOdd(index) ? pair >>> 32 : pair);
  }

  /** Map 32 bits to (-1, 1): the odd multiples of 2^-24, all exact, none of them 0. */
  static float symmetric(int word) {
    return (float) ((word & UPPER_BITS) | HALF_STEP) * SYMMETRIC_STEP;
  }

  /** Halve the range, in double: {@code high - low} may round or overflow in float. */
  static float half(float low, float high) {
    return (float) (((double) high - low) * 0.5);
  }

  static float centre(float low, float high) {
    return (float) (((double) low + high) * 0.5);
  }

  /**
   * Draw one normal number: radius times cosine in an even row of a tile, times sine in an odd one.
   *
   * <p>The angle covers a quarter of the circle around the positive x axis. Bit 31 mirrors it to
   * the left, bit 30 exchanges the axes: together all four quarters.
   */
  private static float standardNormal(long key0, long key1, long index) {
    long pair = Threefry.pair(key0, key1, Threefry.NORMAL, index);
    int turn = (int) (pair >>> 32);
    float angle = ScalarFunctions.angle(turn);
    boolean exchange = turn << 1 < 0;
    float cos = turn < 0 ? -ScalarFunctions.cos(angle) : ScalarFunctions.cos(angle);
    float sin = ScalarFunctions.sin(angle);
    float direction = Threefry.isOdd(index) == exchange ? cos : sin;
    return ScalarFunctions.radius((int) pair) * direction;
  }

  /**
   * Compute the magnitude that 31 random bits name, in deviations: with v = (k + 1/2) 2^-31 that
   * below which lies v of what lies inside. It is within 12 units of 2^-24 of the exact one; near
   * two deviations, where p's roundings count 4.4 times, it is farthest off.
   *
   * <p>Both probabilities are computed from k, for near 1 a float does not resolve its distance
   * from 1.
   *
   * @param inside the probability of what the cut leaves
   */
  static float truncated(int word, double inside) {
    float step = step(inside);
    int k = word & FunctionConstants.MAGNITUDE;
    float below = Math.fma((float) k, step, 0.5f * step);
    float above = Math.fma((float) (FunctionConstants.MAGNITUDE - k), step, outside(inside));
    return ScalarFunctions.halfNormalQuantile(below, above);
  }

  static float step(double inside) {
    return (float) (inside * 0x1p-31);
  }

  /** The probability of what the cut takes, and half a step. */
  static float outside(double inside) {
    return (float) (1 - inside + inside * 0x1p-32);
  }

  /**
   * Compute the probability that a normal number lies within {@code +-cut} deviations: {@code 2
   * phi(cut) (cut + cut^3 / 3 + cut^5 / (3 5) + ...)}, all terms positive.
   */
  static double inside(double cut) {
    if (cut > CERTAIN) {
      return 1;
    }
    double square = cut * cut;
    double term = cut;
    double sum = cut;
    for (int n = 3; term > 0x1p-60 * sum; n += 2) {
      term *= square / n;
      sum += term;
    }
    return Math.sqrt(2 / Math.PI) * StrictMath.exp(-0.5 * square) * sum;
  }
}
