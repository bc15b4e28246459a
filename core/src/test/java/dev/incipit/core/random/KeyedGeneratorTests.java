package dev.incipit.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the generator to the key's own words, to its jumps, and to its distributions. */
final class KeyedGeneratorTests {

  private static final RandomKey KEY = RandomKey.of(2011).split("generator");

  private static int[] words(int n) {
    int[] words = new int[n];
    KEY.fillBits(words);
    return words;
  }

  @Test
  void exampleOfTheDocumentationRuns() {
    KeyedGenerator generator = RandomKey.of(42).generator();
    int die = generator.nextInt(1, 7);
    assertTrue(die >= 1 && die <= 6);
    List<Integer> cards = new ArrayList<>(IntStream.range(0, 52).boxed().toList());
    Collections.shuffle(cards, generator);
    assertEquals(52, cards.stream().distinct().count());
  }

  /** Across many refills, and whatever is drawn between. */
  @Test
  void itsIntegersAreTheWordsOfTheKey() {
    KeyedGenerator generator = KEY.generator();
    assertArrayEquals(words(1000), IntStream.generate(generator::nextInt).limit(1000).toArray());
    assertEquals(1000, generator.position());
    assertArrayEquals(words(3), KEY.generator().ints(3).toArray());
  }

  @Test
  void aLongIsTwoWordsTheFirstLow() {
    int[] words = words(301);
    KeyedGenerator generator = KEY.generator();
    assertEquals(words[0], generator.nextInt());
    for (int i = 1; i < words.length; i += 2) {
      assertEquals((words[i] & 0xFFFF_FFFFL) | (long) words[i + 1] << 32, generator.nextLong());
    }
  }

  @Test
  void normalAndExponentialNumbersTakeTheSameWordsAtEveryCall() {
    KeyedGenerator generator = KEY.generator();
    for (int i = 1; i <= 100; i++) {
      generator.nextGaussian();
      assertEquals(4L * i, generator.position());
    }
    generator.nextExponential();
    assertEquals(402, generator.position());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 127, 128, 129, 1000})
  void jumpsToAnyPlace(int distance) {
    int[] words = words(1200);
    KeyedGenerator generator = KEY.generator();
    generator.nextInt();
    generator.jump(distance);
    assertEquals(distance + 1, generator.position());
    assertEquals(words[distance + 1], generator.nextInt());
  }

  @Test
  void jumpsByPowersOfTwoAndPastTheEnd() {
    KeyedGenerator far = KEY.generator();
    far.jumpPowerOfTwo(63);
    assertEquals(Long.MIN_VALUE, far.position());
    far.jump(0x1p63);
    assertEquals(0, far.position());
    assertArrayEquals(words(5), far.ints(5).toArray());
    KeyedGenerator round = KEY.generator();
    round.jump(0x1.8p63);
    assertEquals(3L << 62, round.position());
    round.jump(0x1p64);
    round.jumpPowerOfTwo(64);
    assertEquals(3L << 62, round.position());
    round.jumpPowerOfTwo(62);
    assertEquals(words(1)[0], round.nextInt());
  }

  /** A parallel stream may only have generators of its own for each part. */
  @Test
  void jumpsGiveGeneratorsOfTheirOwn() {
    List<Long> places = KEY.generator().jumps(3).map(g -> ((KeyedGenerator) g).position()).toList();
    assertEquals(List.of(0L, 1L << 32, 2L << 32), places);
    KeyedGenerator leaped = KEY.generator();
    RandomGenerator before = leaped.copyAndLeap();
    assertEquals(1L << 48, leaped.position());
    assertEquals(words(1)[0], before.nextInt());
  }

  @Test
  void aCopyGoesItsOwnWay() {
    KeyedGenerator generator = KEY.generator();
    for (int i = 0; i < 37; i++) {
      generator.nextInt();
    }
    KeyedGenerator copy = generator.copy();
    int[] rest = Arrays.copyOfRange(words(100), 37, 100);
    assertArrayEquals(rest, generator.ints(63).toArray());
    assertArrayEquals(rest, copy.ints(63).toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0.5, 0x1.0000000000001p64, Double.NaN})
  void refusesJumpsThatAreNone(double distance) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> KEY.generator().jump(distance));
    assertEquals(
        "jump: the distance must be a whole number from 0 to 2^64, but got "
            + distance
            + "; a stream has 2^64 words",
        e.getMessage());
  }

  @Test
  void refusesPowersAndDeviationsOutOfRange() {
    Exception power =
        assertThrows(IllegalArgumentException.class, () -> KEY.generator().jumpPowerOfTwo(65));
    assertEquals(
        "jump: the logarithm of the distance must lie between 0 and 64, but got 65; a stream has"
            + " 2^64 words",
        power.getMessage());
    Exception deviation =
        assertThrows(
            IllegalArgumentException.class, () -> KEY.generator().nextGaussian(0, Double.NaN));
    assertEquals(
        "normal: the deviation must be at least 0, but got NaN; drop its sign",
        deviation.getMessage());
  }

  /** Three tests of Kolmogorov and Smirnov, together a false alarm in 2,500 keys. */
  @Test
  void itsNumbersFollowTheirDistributions() {
    KeyedGenerator generator = KEY.generator();
    assertFollows(NormalDistribution.of(3, 2), () -> generator.nextGaussian(3, 2));
    assertFollows(ExponentialDistribution.of(1), generator::nextExponential);
    assertFollows(UniformContinuousDistribution.of(0, 1), generator::nextDouble);
  }

  /** Reject at sqrt(n) D > 2.2: by Kolmogorov's series with probability 2 e^-9.68, 1.3e-4. */
  private static void assertFollows(ContinuousDistribution distribution, DoubleSupplier source) {
    int n = 100_000;
    double[] sorted = new double[n];
    Arrays.setAll(sorted, i -> source.getAsDouble());
    Arrays.sort(sorted);
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double p = distribution.cumulativeProbability(sorted[i]);
      largest = Math.max(largest, Math.max(p - (double) i / n, (i + 1.0) / n - p));
    }
    assertTrue(Math.sqrt(n) * largest < 2.2, "sqrt(n) D = " + Math.sqrt(n) * largest);
  }
}
