package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hold the vector fills to the scalar fills' bits, and the numbers to their distributions.
 *
 * <p>The statistical tests have fixed keys: they pass or fail for good. Each states the probability
 * that a perfect generator would have failed it with a key drawn at random.
 */
final class RandomFillTests {

  private static final long KEY0 = 42;
  private static final long KEY1 = -7;
  private static final int SAMPLE = 1_000_000;

  /** Largest relative error of a quantile. */
  private static final double QUANTILE_LIMIT = 12 * 0x1p-24;

  @Tag("width")
  @Test
  void activeFillsEqualScalarFills() {
    Kernels active = Kernels.active();
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 1000; trial++) {
      int n = random.nextInt(trial < 900 ? 400 : 1200);
      int off = random.nextInt(20);
      // A quarter at the beginning, around 2^34, where the counter needs its high word, and around
      // 2^64, where it begins again.
      long start =
          switch (trial % 4) {
            case 0 -> random.nextLong(200);
            case 1 -> (1L << 34) - random.nextLong(400);
            case 2 -> -random.nextLong(400);
            default -> random.nextLong(Long.MAX_VALUE - 1000);
          };
      long key0 = random.nextLong();
      long key1 = random.nextLong();
      String name = "start " + start + ", offset " + off + ", n " + n;
      int[] bits = filledInts(off + n + 20);
      int[] vectorBits = bits.clone();
      ScalarRandom.bits(key0, key1, start, bits, off, n);
      active.bits(key0, key1, start, vectorBits, off, n);
      assertArrayEquals(bits, vectorBits, name);
      float[] scalar = filledFloats(off + n + 20);
      float[] vector = scalar.clone();
      ScalarRandom.uniform(key0, key1, start, -2.5f, 1f, scalar, off, n);
      active.uniform(key0, key1, start, -2.5f, 1f, vector, off, n);
      assertArrayEquals(scalar, vector, name);
      ScalarRandom.normal(key0, key1, start, 0.5f, 3f, scalar, off, n);
      active.normal(key0, key1, start, 0.5f, 3f, vector, off, n);
      assertArrayEquals(scalar, vector, name);
      float limit = trial % 3 == 0 ? 6f : 18f;
      ScalarRandom.truncatedNormal(key0, key1, start, 3f, limit, scalar, off, n);
      active.truncatedNormal(key0, key1, start, 3f, limit, vector, off, n);
      assertArrayEquals(scalar, vector, name);
    }
  }

  @Test
  void vectorNormalsEqualScalarNormalsOverAMillion() {
    float[] scalar = new float[SAMPLE];
    ScalarRandom.normal(KEY0, KEY1, 3, 0f, 1f, scalar, 0, SAMPLE);
    assertArrayEquals(scalar, normals(3));
  }

  @Test
  void uniformsNeverLeaveTheirRange() {
    float[][] ranges = {
      {-1f, 1f},
      {0f, 1f},
      {1f, Math.nextUp(1f)},
      {5f, 5f},
      {-Float.MAX_VALUE, Float.MAX_VALUE},
      {0f, Float.MIN_VALUE},
      {0.1f, 0.3f},
      {-1e-3f, 1e6f}
    };
    float[] out = new float[10_000];
    for (float[] range : ranges) {
      VectorRandom.uniform(KEY0, KEY1, 0, range[0], range[1], out, 0, out.length);
      for (float value : out) {
        assertTrue(value >= range[0] && value <= range[1], value + " in " + Arrays.toString(range));
      }
    }
  }

  @Test
  void theExtremeWordsGiveTheExtremeNumbers() {
    assertEquals(1f - 0x1p-24f, ScalarRandom.symmetric(Integer.MAX_VALUE));
    assertEquals(-(1f - 0x1p-24f), ScalarRandom.symmetric(Integer.MIN_VALUE));
    assertEquals(0x1p-24f, ScalarRandom.symmetric(0));
    assertEquals(-0x1p-24f, ScalarRandom.symmetric(-1));
    // u = 2^-33 and u = 1 - 2^-33: sqrt(66 ln 2) and 2^-16, to a few units in the last place.
    assertEquals(6.763706f, ScalarFunctions.radius(0), 2e-6f);
    assertEquals(0x1p-16f, ScalarFunctions.radius(Integer.MIN_VALUE), 1e-11f);
    // Both halves meet at u = 1/2.
    float middle = (float) StrictMath.sqrt(2 * StrictMath.log(2));
    assertEquals(middle, ScalarFunctions.radius(Integer.MAX_VALUE), 1e-6f);
    assertEquals(middle, ScalarFunctions.radius(-1), 1e-6f);
  }

  /**
   * Compare radius, sine and cosine with double arithmetic.
   *
   * <p>Relative limits: radius 4 units of 2^-24 (the logarithm's 2^-22.6 and three roundings,
   * halved by the root, and the root's rounding), sine 5 (the angle's conversion, factor and
   * rounding, the polynomial, the result), cosine 3 (the angle's errors count less).
   */
  @Test
  void radiusAndDirectionAreAccurate() {
    double unit = 0x1p-24;
    for (long word = Integer.MIN_VALUE; word <= Integer.MAX_VALUE; word += 4099) {
      int bits = (int) word;
      double v = ((bits & Integer.MAX_VALUE) + 0.5) * 0x1p-32;
      double log = bits < 0 ? StrictMath.log1p(-v) : StrictMath.log(v);
      double radius = StrictMath.sqrt(-2 * log);
      assertEquals(radius, ScalarFunctions.radius(bits), 4 * unit * radius);
      double angle = ((bits << 2 >> 2) + 0.5) * (StrictMath.PI / 0x1p31);
      float rounded = ScalarFunctions.angle(bits);
      double sin = StrictMath.sin(angle);
      assertEquals(sin, ScalarFunctions.sin(rounded), 5 * unit * Math.abs(sin));
      double cos = StrictMath.cos(angle);
      assertEquals(cos, ScalarFunctions.cos(rounded), 3 * unit * cos);
    }
  }

  /**
   * Mean, variance, skewness and kurtosis within 4.9 standard errors: false alarm 4e-6.
   *
   * <p>The standard errors of a normal sample are those of mean, variance, third and fourth moment:
   * sqrt(1/n), sqrt(2/n), sqrt(15/n) about zero, sqrt(96/n).
   */
  @Test
  void normalsHaveTheMomentsOfTheNormalDistribution() {
    float[] z = normals(0);
    double[] sums = new double[5];
    for (float value : z) {
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= value;
        sums[k] += power / SAMPLE;
      }
    }
    double root = Math.sqrt(SAMPLE);
    assertEquals(0, sums[1], 4.9 / root, "mean");
    assertEquals(1, sums[2], 4.9 * Math.sqrt(2) / root, "second moment");
    assertEquals(0, sums[3], 4.9 * Math.sqrt(15) / root, "third moment");
    assertEquals(3, sums[4], 4.9 * Math.sqrt(96) / root, "fourth moment");
  }

  /**
   * Neighbours, rows of a tile and the two numbers of a pair are uncorrelated, and so are their
   * squares, within 4.9 standard errors: false alarm 1e-6 for each of 12.
   */
  @Test
  void normalsAreUncorrelated() {
    float[] z = normals(0);
    for (int lag : new int[] {1, 15, 16, 32, 48, 64}) {
      double products = 0;
      double squares = 0;
      for (int i = 0; i + lag < SAMPLE; i++) {
        double x = z[i];
        double y = z[i + lag];
        products += x * y;
        squares += (x * x - 1) * (y * y - 1) / 2;
      }
      double limit = 4.9 * Math.sqrt(SAMPLE);
      assertEquals(0, products, limit, "lag " + lag);
      assertEquals(0, squares, limit, "squares at lag " + lag);
    }
  }

  @Test
  void normalsPassKolmogorovSmirnov() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    assertKolmogorovSmirnov(normals(0), normal::cumulativeProbability);
  }

  @Test
  void uniformsPassKolmogorovSmirnov() {
    float[] out = new float[SAMPLE];
    VectorRandom.uniform(KEY0, KEY1, 0, -2f, 3f, out, 0, SAMPLE);
    assertKolmogorovSmirnov(out, x -> (x + 2) / 5);
  }

  /**
   * The largest of 10^7 normals lies between 4.75 and 6.3.
   *
   * <p>P(|z| > 6.3) = 3.0e-10, so above: 3e-3. P(|z| <= 4.75) to the power 10^7 with P(|z| > 4.75)
   * = 2.03e-6: 1.5e-9. Together the false alarm rate is 0.3 %.
   */
  @Test
  void tailsReachAsFarAsTheyShould() {
    float[] out = new float[10_000_000];
    VectorRandom.normal(KEY0, KEY1, 0, 0f, 1f, out, 0, out.length);
    float largest = 0f;
    for (float value : out) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 4.75f && largest < 6.3f, "largest " + largest);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 2, 2.2734, 2.5, 2.6515, 4, 4.185, 4.7727, 8})
  void truncatedNormalsAreQuantiles(double cut) {
    double inside = ScalarRandom.inside(cut);
    // Just below the border of the two quotients, where errors are largest.
    int border = (int) (FunctionConstants.HALF_NEAR / Math.max(inside, 0.9547) * 0x1p31);
    assertTrue(largestError(inside, border - 1_000_000, border + 1000, 1) <= QUANTILE_LIMIT);
    assertTrue(largestError(inside, 0, Integer.MAX_VALUE, 4099) <= QUANTILE_LIMIT);
    assertTrue(largestError(inside, 0, 10_000, 1) <= QUANTILE_LIMIT);
    assertTrue(
        largestError(inside, Integer.MAX_VALUE - 10_000, Integer.MAX_VALUE, 1) <= QUANTILE_LIMIT);
  }

  /** Every one, at the customary cut and at the widest. */
  @Tag("exhaustive")
  @ParameterizedTest
  @ValueSource(doubles = {2, 8})
  void everyTruncatedNormalIsAQuantile(double cut) {
    double inside = ScalarRandom.inside(cut);
    double largest =
        IntStream.range(0, 1 << 11)
            .parallel()
            .mapToDouble(i -> largestError(inside, i << 20, (i << 20) + (1 << 20) - 1, 1))
            .max()
            .orElseThrow();
    assertTrue(largest <= QUANTILE_LIMIT, "relative error " + largest / 0x1p-24 + " 2^-24");
  }

  /** Return the largest relative error of the quantiles that {@code [from, to]} name. */
  private static double largestError(double inside, int from, int to, int stride) {
    double largest = 0;
    for (long k = from; k <= to; k += stride) {
      largest = Math.max(largest, quantileError(inside, (int) k));
    }
    return largest;
  }

  /**
   * Compare a quantile's probability with the one asked for; their difference over the density is
   * the quantile's error. Above one half the probability beyond counts, which is finer there.
   */
  private static double quantileError(double inside, int k) {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double z = ScalarRandom.truncated(k, inside);
    double step = inside * 0x1p-31;
    double asked = (k + 0.5) * step;
    double off =
        asked < 0.5
            ? normal.probability(-z, z) - asked
            : 1 - inside + (Integer.MAX_VALUE - k + 0.5) * step - 2 * normal.survivalProbability(z);
    return Math.abs(off) / (2 * normal.density(z) * z);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 2, 3.5, 6, 8, 8.5, Double.POSITIVE_INFINITY})
  void knowsTheProbabilityInside(double cut) {
    double exact = NormalDistribution.of(0, 1).probability(-cut, cut);
    assertEquals(exact, ScalarRandom.inside(cut), 8 * Math.ulp(exact));
  }

  /** A word's first bit is the sign, the others the magnitude, which stops at the limit. */
  @Test
  void truncatedNormalsAreSymmetricAndNeverBeyondTheLimit() {
    float[] out = new float[SAMPLE];
    for (float limit : new float[] {0.1f, 0.5f, 2f, 3f}) {
      VectorRandom.truncatedNormal(KEY0, KEY1, 0, 1f, limit, out, 0, SAMPLE);
      int negative = 0;
      for (float value : out) {
        assertTrue(Math.abs(value) <= limit, value + " beyond " + limit);
        negative += value < 0 ? 1 : 0;
      }
      // Five standard errors of 500: false alarm 6e-7 for each.
      assertEquals(SAMPLE / 2, negative, 5 * 500);
    }
  }

  /** The largest magnitudes round beyond most limits; there they are the limit. */
  @ParameterizedTest
  @ValueSource(floats = {0.1f, 1f, 3f})
  void theExtremeWordsGiveTheLimit(float limit) {
    int[] words = new int[VectorThreefry.TILES * Threefry.TILE];
    int[] ends = {Integer.MAX_VALUE, -1, 0, Integer.MIN_VALUE};
    for (int i = 0; i < words.length; i++) {
      words[i] = ends[i % 4];
    }
    double inside = ScalarRandom.inside(limit);
    float[] out = new float[words.length];
    VectorTruncated.tiles(words, inside, 1f, limit, out, 0);
    assertTrue(ScalarRandom.truncated(Integer.MAX_VALUE, inside) > limit, "no test of the clamp");
    float least = ScalarRandom.truncated(0, inside);
    assertTrue(least > 0);
    for (int i = 0; i < out.length; i++) {
      float magnitude = i % 4 < 2 ? limit : least;
      assertEquals(i % 2 == 0 ? magnitude : -magnitude, out[i]);
    }
  }

  /** Normals cut at a tenth, two, two and a half and six deviations: in all false alarm 5e-4. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 2, 2.5, 6})
  void truncatedNormalsPassKolmogorovSmirnov(double cut) {
    float[] truncated = new float[SAMPLE];
    VectorRandom.truncatedNormal(KEY0, KEY1, 0, 1f, (float) cut, truncated, 0, SAMPLE);
    assertKolmogorovSmirnov(
        truncated, TruncatedNormalDistribution.of(0, 1, -cut, cut)::cumulativeProbability);
  }

  /** Of one key, numbers of different kinds are uncorrelated: false alarm 1e-6 for each pair. */
  @Test
  void kindsOfNumbersAreUncorrelated() {
    float[] normals = normals(0);
    float[] uniforms = new float[SAMPLE];
    float[] truncated = new float[SAMPLE];
    VectorRandom.uniform(KEY0, KEY1, 0, -1f, 1f, uniforms, 0, SAMPLE);
    VectorRandom.truncatedNormal(KEY0, KEY1, 0, 1f, 2f, truncated, 0, SAMPLE);
    assertUncorrelated(normals, uniforms);
    assertUncorrelated(normals, truncated);
    assertUncorrelated(uniforms, truncated);
  }

  private static void assertUncorrelated(float[] x, float[] y) {
    double product = 0;
    double xs = 0;
    double ys = 0;
    for (int i = 0; i < SAMPLE; i++) {
      product += (double) x[i] * y[i];
      xs += (double) x[i] * x[i];
      ys += (double) y[i] * y[i];
    }
    assertEquals(0, product / Math.sqrt(xs * ys), 4.9 / Math.sqrt(SAMPLE));
  }

  private static float[] normals(long start) {
    float[] out = new float[SAMPLE];
    VectorRandom.normal(KEY0, KEY1, start, 0f, 1f, out, 0, SAMPLE);
    return out;
  }

  /**
   * Reject at sqrt(n) D > 2.2: by Kolmogorov's series the false alarm rate is 2 e^-9.68, 1.3e-4.
   */
  private static void assertKolmogorovSmirnov(float[] sample, DoubleUnaryOperator distribution) {
    float[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double p = distribution.applyAsDouble(sorted[i]);
      largest = Math.max(largest, Math.max(p - (double) i / n, (i + 1.0) / n - p));
    }
    assertTrue(Math.sqrt(n) * largest < 2.2, "sqrt(n) D = " + Math.sqrt(n) * largest);
  }

  /** Prefill with a pattern, so that a store outside the range asked for shows. */
  private static int[] filledInts(int n) {
    int[] out = new int[n];
    Arrays.fill(out, 12345);
    return out;
  }

  private static float[] filledFloats(int n) {
    float[] out = new float[n];
    Arrays.fill(out, 12345f);
    return out;
  }
}
