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
 * <p>Truncated normals are drawn again while they lie outside, each attempt from a block of the
 * generator that is the element's own: so the number still depends on (key, i) alone, and inside
 * the limits its distribution is the normal's in every respect, whatever the cut. An approximation
 * of the inverse distribution function would need a fit of its own, and a uniform number of 24 bits
 * could not resolve the tails of a wide cut.
 */
final class ScalarRandom {

  /**
   * Attempts for one number, after which it is 0: a bound, so that every fill ends. Cut at a tenth
   * of a deviation, where one attempt in 12.5 succeeds, all fail with probability 1e-37.
   */
  static final int ATTEMPTS = 1024;

  /** The 24 upper bits of a word, and half a step of the number that they are. */
  static final int UPPER_BITS = -256;

  static final int HALF_STEP = 128;

  /** Turns such a number into one in (-1, 1). */
  static final float SYMMETRIC_STEP = 0x1p-31f;

  /** The largest number in (-1, 1) that there is. */
  static final float LARGEST = 1f - 0x1p-24f;

  private ScalarRandom() {}

  /** Fill with random bits, the words of the generator themselves. */
  static void bits(long key0, long key1, long start, int[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      out[off + i] = word(key0, key1, start + i);
    }
  }

  /** Fill with uniform numbers in [low, high]: symmetric about the centre, 2^24 equal steps. */
  static void uniform(
      long key0, long key1, long start, float low, float high, float[] out, int off, int n) {
    float half = half(low, high);
    float centre = centre(low, high);
    for (int i = 0; i < n; i++) {
      float value = Math.fma(symmetric(word(key0, key1, start + i)), half, centre);
      value = value < low ? low : value;
      out[off + i] = value > high ? high : value;
    }
  }

  /** Fill with normal numbers of the given mean and standard deviation. */
  static void normal(
      long key0, long key1, long start, float mean, float std, float[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      out[off + i] = Math.fma(standardNormal(key0, key1, start + i, 0), std, mean);
    }
  }

  /** Fill with normal numbers of mean 0, drawn again while they lie outside [-limit, limit]. */
  static void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      float value = Float.NaN;
      for (int attempt = 0; !(Math.abs(value) <= limit) && attempt < ATTEMPTS; attempt++) {
        value = Math.fma(standardNormal(key0, key1, start + i, attempt), std, 0f);
      }
      out[off + i] = Math.abs(value) <= limit ? value : 0f;
    }
  }

  private static int word(long key0, long key1, long index) {
    long pair = Threefry.pair(key0, key1, Threefry.UNIFORM, index, 0);
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
  private static float standardNormal(long key0, long key1, long index, int attempt) {
    long pair = Threefry.pair(key0, key1, Threefry.NORMAL, index, attempt);
    int turn = (int) (pair >>> 32);
    float angle = ScalarFunctions.angle(turn);
    boolean exchange = turn << 1 < 0;
    float cos = turn < 0 ? -ScalarFunctions.cos(angle) : ScalarFunctions.cos(angle);
    float sin = ScalarFunctions.sin(angle);
    float direction = Threefry.isOdd(index) == exchange ? cos : sin;
    return ScalarFunctions.radius((int) pair) * direction;
  }
}
