package dev.incipit.core.random;

import dev.incipit.core.kernel.Kernels;
import java.util.random.RandomGenerator.ArbitrarilyJumpableGenerator;

/**
 * A key's random words one after the other, as the JDK's own generators give them.
 *
 * <p>For whatever takes a {@link java.util.random.RandomGenerator}: {@code ints()}, {@code
 * doubles()}, {@code Collections.shuffle}, other libraries. Made by {@link RandomKey#generator}.
 *
 * <pre>{@code
 * KeyedGenerator generator = RandomKey.of(42).generator();
 * int die = generator.nextInt(1, 7);
 * Collections.shuffle(cards, generator);
 * }</pre>
 *
 * <p>Word i of the stream is word i of {@link RandomKey#fillBits}, and {@link #nextInt()} returns
 * them in order. {@link #nextLong()} takes two words, the first as its low half; {@link
 * #nextDouble()}, {@link #nextFloat()} and the bounded methods are the JDK's, made from these two
 * by exact arithmetic. {@link #nextGaussian()} and {@link #nextExponential()} are our own, for the
 * JDK's call {@code Math.exp}, whose last bit may differ between machines; each takes the same
 * number of words at every call.
 *
 * <p>The stream has 2^64 words, after which it begins again. As a word depends on the key and on
 * its place alone, a jump costs nothing. For an independent generator split the key.
 *
 * <p>A generator is a place in a stream, and so it changes: one thread at a time. To fill tensors
 * use the key itself, which is many times faster. {@code RandomGenerator.of} cannot make one, for
 * the JDK looks up the names of its own algorithms only.
 */
public final class KeyedGenerator implements ArbitrarilyJumpableGenerator {

  /** Words that are made at a time: enough for the kernels to earn their call. */
  private static final int WORDS = 128;

  private static final double JUMP = 0x1p32;
  private static final double LEAP = 0x1p48;
  private static final double PERIOD = 0x1p64;

  private static final Kernels KERNELS = Kernels.active();

  private final RandomKey key;
  private final int[] words = new int[WORDS];

  /** Stream index of the first word after those in {@link #words}. */
  private long end;

  private int next = WORDS;

  KeyedGenerator(RandomKey key, long position) {
    this.key = key;
    this.end = position;
  }

  /** Return the number of words taken so far, modulo 2^64. */
  public long position() {
    return end - (WORDS - next);
  }

  /** Return the next word of the key's stream. */
  @Override
  public int nextInt() {
    if (next == WORDS) {
      KERNELS.bits(key.low(), key.high(), end, words, 0, WORDS);
      end += WORDS;
      next = 0;
    }
    return words[next++];
  }

  /** Return the next two words, the first in the low half. */
  @Override
  public long nextLong() {
    long low = nextInt() & 0xFFFF_FFFFL;
    return low | (long) nextInt() << 32;
  }

  /**
   * Return a number from N(0, 1), by the cosine half of Box and Muller's transform.
   *
   * <p>It takes four words. The radius comes from 2^53 equally likely values and ends at 8.65.
   */
  @Override
  public double nextGaussian() {
    double radius = Math.sqrt(2 * nextExponential());
    return radius * StrictMath.cos(2 * StrictMath.PI * nextDouble());
  }

  /**
   * Return a number from N(mean, stddev^2).
   *
   * @throws IllegalArgumentException if the deviation is negative or not a number
   */
  @Override
  public double nextGaussian(double mean, double stddev) {
    if (!(stddev >= 0)) {
      throw new IllegalArgumentException(
          "normal: the deviation must be at least 0, but got " + stddev + "; drop its sign");
    }
    return mean + stddev * nextGaussian();
  }

  /** Return a number from the exponential distribution of mean 1, made of two words. */
  @Override
  public double nextExponential() {
    return -StrictMath.log(((nextLong() >>> 11) + 0.5) * 0x1p-53);
  }

  /** Return a generator at the same place of the same stream. */
  @Override
  public KeyedGenerator copy() {
    return new KeyedGenerator(key, position());
  }

  /**
   * Skip so many words.
   *
   * @param distance a whole number from 0 to 2^64
   * @throws IllegalArgumentException if it is none
   */
  @Override
  public void jump(double distance) {
    if (!(distance >= 0 && distance <= PERIOD) || distance != Math.rint(distance)) {
      throw new IllegalArgumentException(
          "jump: the distance must be a whole number from 0 to 2^64, but got "
              + distance
              + "; a stream has 2^64 words");
    }
    // Modulo 2^64, as a long counts: from 2^63 on by its negative complement.
    skip((long) (distance < 0x1p63 ? distance : distance - PERIOD));
  }

  /**
   * Skip {@code 2^logDistance} words.
   *
   * @param logDistance from 0 to 64
   * @throws IllegalArgumentException if it is not
   */
  @Override
  public void jumpPowerOfTwo(int logDistance) {
    if (logDistance < 0 || logDistance > Long.SIZE) {
      throw new IllegalArgumentException(
          "jump: the logarithm of the distance must lie between 0 and 64, but got "
              + logDistance
              + "; a stream has 2^64 words");
    }
    skip(logDistance == Long.SIZE ? 0 : 1L << logDistance);
  }

  private void skip(long distance) {
    end = position() + distance;
    next = WORDS;
  }

  /** Return 2^32. */
  @Override
  public double jumpDistance() {
    return JUMP;
  }

  /** Return 2^48. */
  @Override
  public double leapDistance() {
    return LEAP;
  }
}
