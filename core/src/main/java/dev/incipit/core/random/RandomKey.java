package dev.incipit.core.random;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Threefry;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;

/**
 * A key to random numbers: the same key always opens the same ones.
 *
 * <p>Numbers come from the counter-based generator Threefry-4x32-20: element {@code i} of a tensor
 * depends on the key and on {@code i} alone, not on the tensor's size, the machine, the number of
 * threads, or what was drawn before. A key is a value and is never used up: drawing twice from one
 * key gives the same numbers twice. For independent numbers, {@link #split(String)} it.
 *
 * <pre>{@code
 * RandomKey key = RandomKey.of(42);
 * Tensor w = Tensor.zeros(784, 100);
 * key.split("dense1").fillNormal(w, 0f, 0.01f);
 * }</pre>
 *
 * @param high words 2 and 3 of the generator's key
 * @param low words 0 and 1 of the generator's key
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al. 2011</a>
 */
public record RandomKey(long high, long low) {

  /** Elements a thread draws at least: some ten microseconds of them. */
  private static final int LEAST = 1 << 14;

  private static final Kernels KERNELS = Kernels.active();

  /**
   * Make a key from a seed.
   *
   * @param seed any number; 0 is as good as others
   * @return the key
   */
  public static RandomKey of(long seed) {
    return new RandomKey(0, seed);
  }

  /**
   * Derive an independent key by name.
   *
   * <p>A key derived for one part of a model does not change when another part is added.
   *
   * @param name any text, told apart by its UTF-8 bytes
   * @return the key of that name under this one
   */
  public RandomKey split(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    // A chain of the cipher over blocks of eight bytes, closed by the length, so that no name's
    // chain is the beginning of another's.
    RandomKey key = this;
    for (int at = 0; at < bytes.length; at += Long.BYTES) {
      long block = 0;
      for (int i = 0; i < Math.min(Long.BYTES, bytes.length - at); i++) {
        block |= (bytes[at + i] & 0xFFL) << (8 * i);
      }
      key = key.derive(block, 0);
    }
    return key.derive(bytes.length, 1);
  }

  /**
   * Derive an independent key by number.
   *
   * @param index any number, such as a layer, an epoch or a run
   * @return the key of that number under this one
   */
  public RandomKey split(long index) {
    return derive(index, 2);
  }

  private RandomKey derive(long block, int purpose) {
    int first = (int) block;
    int second = (int) (block >>> 32);
    return new RandomKey(
        Threefry.encrypt(low, high, first, second, Threefry.DERIVE, purpose, true),
        Threefry.encrypt(low, high, first, second, Threefry.DERIVE, purpose, false));
  }

  /**
   * Fill a tensor with uniform numbers.
   *
   * <p>They lie on a symmetric grid of 2^24 points over the interval.
   *
   * @param out tensor to fill
   * @param low lower end, finite
   * @param high upper end, finite, at least {@code low}
   * @throws IllegalArgumentException if an end is not finite, or {@code low > high}
   */
  public void fillUniform(Tensor out, float low, float high) {
    if (!(low <= high) || !Float.isFinite(low) || !Float.isFinite(high)) {
      throw new IllegalArgumentException(
          "uniform: ends must be finite with low <= high, but got "
              + low
              + " and "
              + high
              + "; exchange or correct them");
    }
    run(
        out.size(),
        (start, n) ->
            KERNELS.uniform(
                this.low, this.high, start, low, high, out.array(), out.offset() + start, n));
  }

  /**
   * Fill a tensor with normal numbers.
   *
   * @param out tensor to fill
   * @param mean mean, finite
   * @param std standard deviation, finite and not negative
   * @throws IllegalArgumentException if a parameter is not finite, or {@code std < 0}
   */
  public void fillNormal(Tensor out, float mean, float std) {
    if (!(std >= 0) || !Float.isFinite(std) || !Float.isFinite(mean)) {
      throw new IllegalArgumentException(
          "normal: mean must be finite and std finite and >= 0, but got mean "
              + mean
              + " and std "
              + std
              + "; correct the parameters");
    }
    run(
        out.size(),
        (start, n) ->
            KERNELS.normal(low, high, start, mean, std, out.array(), out.offset() + start, n));
  }

  /**
   * Fill a tensor with normal numbers of mean 0, cut at both sides.
   *
   * <p>Each is the quantile of 32 bits, of which 31 choose among as many probabilities inside the
   * limits; magnitudes stop at 6.34 deviations, beyond which lies 2^-32. They are independent of
   * what {@link #fillNormal} and {@link #fillUniform} draw from the same key.
   *
   * @param out tensor to fill
   * @param std standard deviation before the cut, positive and finite
   * @param limit largest magnitude, at least {@code std / 10}
   * @throws IllegalArgumentException if a parameter is out of range
   */
  public void fillTruncatedNormal(Tensor out, float std, float limit) {
    if (!(std > 0) || !Float.isFinite(std) || !(limit >= 0.0999f * std)) {
      throw new IllegalArgumentException(
          "truncated normal: std must be positive and finite and limit at least std / 10, but got "
              + "std "
              + std
              + " and limit "
              + limit
              + "; for narrower cuts draw uniform numbers");
    }
    run(
        out.size(),
        (start, n) ->
            KERNELS.truncatedNormal(
                low, high, start, std, limit, out.array(), out.offset() + start, n));
  }

  /**
   * Fill an array with random words of 32 bits.
   *
   * @param out array to fill
   */
  public void fillBits(int[] out) {
    run(out.length, (start, n) -> KERNELS.bits(low, high, start, out, start, n));
  }

  /**
   * Open this key's words one by one, as a generator of the JDK.
   *
   * @return a generator at the first word of {@link #fillBits}
   */
  public KeyedGenerator generator() {
    return new KeyedGenerator(this, 0);
  }

  /**
   * Write a random permutation.
   *
   * <p>Fisher and Yates, with 64 random bits a place: no place is off its probability by more than
   * one part in 2^33.
   *
   * @param out array to fill with 0 to {@code out.length - 1}, each once
   */
  public void permutation(int[] out) {
    int[] words = new int[Math.min(4096, 2 * out.length)];
    for (int i = 0; i < out.length; i++) {
      int at = 2 * i % Math.max(1, words.length);
      if (at == 0) {
        KERNELS.bits(low, high, 2L * i, words, 0, words.length);
      }
      long bits = (words[at] & 0xFFFF_FFFFL) | ((long) words[at + 1] << 32);
      int j = (int) Math.unsignedMultiplyHigh(bits, i + 1L);
      out[i] = out[j];
      out[j] = i;
    }
  }

  /** Draws elements from a start on. */
  @FunctionalInterface
  private interface Fill {
    void draw(int start, int n);
  }

  private static void run(int size, Fill fill) {
    if (size <= LEAST) {
      fill.draw(0, size);
    } else {
      Workers.run(share -> draw(size, fill, share));
    }
  }

  private static void draw(int size, Fill fill, Share share) {
    int from = share.from(size, LEAST);
    fill.draw(from, share.to(size, LEAST) - from);
  }
}
