package dev.incipit.core.random;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Threefry;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Look for structure in the words, along a stream and across keys.
 *
 * <p>A sequence here is a million words in an order in which someone may use them: those of one
 * key, or one word each of a million keys with neighbouring seeds, or of a million split off one
 * key. The latter two show whether networks with seeds 0, 1, 2, or layers 0, 1, 2, are independent.
 *
 * <p>Keys are fixed, so that a test passes or fails for good. Each p-value, two-sided, must exceed
 * 1e-6; the class looks at some 160 of them: of keys drawn at random 1 in 6,000 would fail.
 */
final class RandomBitsTests {

  private static final int N = 1 << 20;
  private static final double LEAST_P = 1e-6;
  private static final RandomKey KEY = RandomKey.of(1965);

  /** Words in an order of use. */
  private static final class Sequence {
    private final String name;
    private final int[] words;

    Sequence(String name, int[] words) {
      this.name = name;
      this.words = words;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Sequence[] SEQUENCES = {
    new Sequence("one key", ofOneKey()),
    new Sequence("neighbouring seeds", ofKeys(false)),
    new Sequence("split keys", ofKeys(true))
  };

  static Stream<Sequence> sequences() {
    return Arrays.stream(SEQUENCES);
  }

  private static int[] ofOneKey() {
    int[] words = new int[N];
    KEY.fillBits(words);
    return words;
  }

  private static int[] ofKeys(boolean split) {
    int[] words = new int[N];
    int[] one = new int[1];
    for (int i = 0; i < N; i++) {
      (split ? KEY.split(i) : RandomKey.of(i)).fillBits(one);
      words[i] = one[0];
    }
    return words;
  }

  /** Each bit is one in half of the words, and no two bits of a word agree too often. */
  @ParameterizedTest
  @MethodSource("sequences")
  void bitsAreBalancedAndIndependent(Sequence sequence) {
    int[] ones = new int[32];
    int[][] agreements = new int[32][32];
    for (int word : sequence.words) {
      for (int bit = 0; bit < 32; bit++) {
        ones[bit] += (word >>> bit) & 1;
      }
    }
    int few = N / 8;
    for (int shift = 1; shift < 32; shift++) {
      for (int i = 0; i < few; i++) {
        int word = sequence.words[i];
        int same = ~(word ^ (word >>> shift));
        for (int bit = 0; bit + shift < 32; bit++) {
          agreements[shift][bit] += (same >>> bit) & 1;
        }
      }
    }
    double balance = 0;
    double agreement = 0;
    for (int bit = 0; bit < 32; bit++) {
      balance += squareOfHalves(ones[bit], N);
      for (int shift = 1; bit + shift < 32; shift++) {
        agreement += squareOfHalves(agreements[shift][bit], few);
      }
    }
    assertPlausible(ChiSquaredDistribution.of(32), balance, "balance");
    assertPlausible(ChiSquaredDistribution.of(32 * 31 / 2), agreement, "agreement");
  }

  /** Pairs of bytes, each byte of a word with each of the next: 65,536 cells of 16 expected. */
  @ParameterizedTest
  @MethodSource("sequences")
  void neighboursArePairedEvenly(Sequence sequence) {
    for (int lag : new int[] {1, 16, 64}) {
      for (int left = 0; left < 32; left += 8) {
        for (int right = 0; right < 32; right += 8) {
          int[] cells = new int[1 << 16];
          for (int i = 0; i < N; i++) {
            int high = (sequence.words[i] >>> left) & 0xFF;
            int low = (sequence.words[(i + lag) % N] >>> right) & 0xFF;
            cells[(high << 8) + low]++;
          }
          assertEven(cells, N, "lag " + lag + ", bytes at " + left + " and " + right);
        }
      }
    }
  }

  /** The largest of 300 serial correlations; the sum of products is normal to 1e-6. */
  @ParameterizedTest
  @MethodSource("sequences")
  void numbersAreSeriallyUncorrelated(Sequence sequence) {
    double[] u = new double[N];
    Arrays.setAll(u, i -> (sequence.words[i] + 0.5) * 0x1p-31);
    double largest = 0;
    for (int lag = 1; lag <= 300; lag++) {
      double sum = 0;
      for (int i = 0; i + lag < N; i++) {
        sum += u[i] * u[i + lag];
      }
      // Each factor has variance 1/3.
      largest = Math.max(largest, Math.abs(3 * sum / Math.sqrt(N - lag)));
    }
    double p = 2 * 300 * NormalDistribution.of(0, 1).survivalProbability(largest);
    assertTrue(p > LEAST_P, largest + " deviations");
  }

  /** The gap between two words in the lowest eighth has length g with probability 7^g / 8^(g+1). */
  @ParameterizedTest
  @MethodSource("sequences")
  void gapsAreGeometric(Sequence sequence) {
    int cells = 40;
    for (int bit : new int[] {0, 11, 29}) {
      int[] gaps = new int[cells + 1];
      int count = 0;
      int gap = 0;
      for (int word : sequence.words) {
        if (((word >>> bit) & 7) == 0) {
          gaps[Math.min(gap, cells)]++;
          count++;
          gap = 0;
        } else {
          gap++;
        }
      }
      double chi = 0;
      double rest = 1;
      for (int length = 0; length <= cells; length++) {
        double share = length == cells ? rest : rest / 8;
        rest -= share;
        chi += square(gaps[length], count * share);
      }
      assertPlausible(ChiSquaredDistribution.of(cells), chi, "gaps at bit " + bit);
    }
  }

  /**
   * Marsaglia's birthday spacings: among the differences of 4,096 sorted birthdays in a year of
   * 2^32 days some {@code 4096^3 / (4 2^32) = 4} repeat, as many as a Poisson number.
   */
  @ParameterizedTest
  @MethodSource("sequences")
  void birthdaySpacingsRepeatAsTheyShould(Sequence sequence) {
    int days = 4096;
    int repeats = 0;
    for (int from = 0; from < N; from += days) {
      long[] birthdays = new long[days];
      for (int i = 0; i < days; i++) {
        birthdays[i] = sequence.words[from + i] & 0xFFFF_FFFFL;
      }
      Arrays.sort(birthdays);
      long[] spacings = new long[days - 1];
      Arrays.setAll(spacings, i -> birthdays[i + 1] - birthdays[i]);
      Arrays.sort(spacings);
      for (int i = 1; i < spacings.length; i++) {
        repeats += spacings[i] == spacings[i - 1] ? 1 : 0;
      }
    }
    PoissonDistribution poisson = PoissonDistribution.of(4.0 * N / days);
    double p =
        2
            * Math.min(
                poisson.cumulativeProbability(repeats), poisson.survivalProbability(repeats - 1));
    assertTrue(p > LEAST_P, repeats + " repeats");
  }

  /**
   * Change one bit of the key (0 to 127) or of the counter (128 to 255): each of the 128 bits that
   * come out changes in half of the trials. 32,768 pairs of bits, each a sum of 512 coins.
   */
  @Test
  void aBitThatChangesInChangesHalfOfThoseThatComeOut() {
    int trials = 512;
    int[] counter = new int[4 * trials];
    KEY.split("avalanche").fillBits(counter);
    double chi = 0;
    for (int in = 0; in < 256; in++) {
      int[] changes = new int[128];
      for (int trial = 0; trial < trials; trial++) {
        RandomKey key = KEY.split(trial);
        int[] x = Arrays.copyOfRange(counter, 4 * trial, 4 * trial + 4);
        long[] before = encrypt(key.low(), key.high(), x);
        long low = key.low() ^ (in < 64 ? 1L << in : 0);
        long high = key.high() ^ (in >= 64 && in < 128 ? 1L << in : 0);
        if (in >= 128) {
          x[(in - 128) / 32] ^= 1 << in;
        }
        long[] after = encrypt(low, high, x);
        for (int out = 0; out < 128; out++) {
          changes[out] += (int) ((before[out / 64] ^ after[out / 64]) >>> out & 1);
        }
      }
      for (int change : changes) {
        chi += squareOfHalves(change, trials);
      }
    }
    assertPlausible(ChiSquaredDistribution.of(256 * 128), chi, "avalanche");
  }

  private static long[] encrypt(long low, long high, int[] x) {
    return new long[] {
      Threefry.encrypt(low, high, x[0], x[1], x[2], x[3], false),
      Threefry.encrypt(low, high, x[0], x[1], x[2], x[3], true)
    };
  }

  /**
   * A key, those split off it by name and by number, and their neighbours draw uncorrelated normal
   * and uniform tensors: 190 correlations of 2^16 numbers, each a normal number to 1e-6.
   */
  @Test
  void tensorsOfDifferentKeysAreUncorrelated() {
    RandomKey[] keys = {
      KEY,
      RandomKey.of(1964),
      RandomKey.of(0),
      new RandomKey(1, 1965),
      KEY.split("weight"),
      KEY.split("bias"),
      KEY.split("dense1").split("weight"),
      KEY.split(0),
      KEY.split(1),
      KEY.split(-1)
    };
    Tensor[] tensors = new Tensor[2 * keys.length];
    for (int i = 0; i < keys.length; i++) {
      tensors[2 * i] = Tensor.zeros(1 << 16);
      tensors[2 * i + 1] = Tensor.zeros(1 << 16);
      keys[i].fillNormal(tensors[2 * i], 0f, 1f);
      float limit = (float) Math.sqrt(3);
      keys[i].fillUniform(tensors[2 * i + 1], -limit, limit);
    }
    double chi = 0;
    for (int i = 0; i < tensors.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < 1 << 16; k++) {
          sum += (double) tensors[i].get(k) * tensors[j].get(k);
        }
        chi += sum * sum / (1 << 16);
      }
    }
    assertPlausible(ChiSquaredDistribution.of(190), chi, "correlations");
  }

  /**
   * The tails of ten million normal numbers, on both sides, have the numbers that they should: nine
   * cells a side, the outermost beyond 4.75 with 10 expected. And the fourth moment is 3, with
   * standard error {@code sqrt(96 / n)}.
   */
  @Test
  void tailsOfNormalsHoldAsManyAsTheyShould() {
    int n = 10_000_000;
    double[] cuts = {0, 1, 2, 2.5, 3, 3.5, 4, 4.5, 4.75};
    Tensor z = Tensor.zeros(n);
    KEY.split("tails").fillNormal(z, 0f, 1f);
    int[] counts = new int[2 * cuts.length];
    double fourth = 0;
    for (float value : z.array()) {
      double size = Math.abs(value);
      int cell = cuts.length - 1;
      while (size < cuts[cell]) {
        cell--;
      }
      counts[2 * cell + (value < 0 ? 1 : 0)]++;
      fourth += size * size * size * size / n;
    }
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double chi = 0;
    for (int cell = 0; cell < cuts.length; cell++) {
      double beyond = cell + 1 < cuts.length ? normal.survivalProbability(cuts[cell + 1]) : 0;
      double expected = n * (normal.survivalProbability(cuts[cell]) - beyond);
      chi += square(counts[2 * cell], expected) + square(counts[2 * cell + 1], expected);
    }
    assertPlausible(ChiSquaredDistribution.of(2 * cuts.length - 1), chi, "tails");
    assertPlausible(NormalDistribution.of(3, Math.sqrt(96.0 / n)), fourth, "fourth moment");
  }

  private static void assertEven(int[] cells, int n, String name) {
    double expected = (double) n / cells.length;
    double chi = 0;
    for (int cell : cells) {
      chi += square(cell, expected);
    }
    assertPlausible(ChiSquaredDistribution.of(cells.length - 1), chi, name);
  }

  private static double square(int count, double expected) {
    return (count - expected) * (count - expected) / expected;
  }

  /** Return the squared deviations by which a sum of n coins is off its mean. */
  private static double squareOfHalves(int count, int n) {
    return (2.0 * count - n) * (2.0 * count - n) / n;
  }

  private static void assertPlausible(ContinuousDistribution law, double x, String name) {
    double p = 2 * Math.min(law.cumulativeProbability(x), law.survivalProbability(x));
    assertTrue(p > LEAST_P, name + ": p = " + p);
  }
}
