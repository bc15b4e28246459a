package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.I2F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Fill arrays with random numbers four tiles at a time, equal in every bit to {@link ScalarRandom}.
 *
 * <p>{@link VectorThreefry} writes their words into an array, and an ending turns them into
 * numbers. The way through the cache costs little beside the generator's 20 rounds, and it cuts the
 * code into methods that C2 compiles whole: in one piece they exceed its inlining budget. Tiles of
 * which only a part is wanted, at the ends of a fill, go to scratch as a whole; so no store needs a
 * mask.
 */
final class VectorRandom {

  /** Elements of the tiles that are encrypted at once. */
  private static final int STEP = VectorThreefry.TILES * Threefry.TILE;

  /** Where tiles of which a part is wanted go as a whole. */
  private static final ThreadLocal<float[]> NUMBERS =
      ThreadLocal.withInitial(() -> new float[STEP]);

  private VectorRandom() {}

  /** Fill with random bits, the words of the generator themselves. */
  static void bits(long key0, long key1, long start, int[] out, int off, int n) {
    VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.UNIFORM);
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += STEP, tile += VectorThreefry.TILES) {
      generator.encrypt(tile);
      copyPart(generator.words, out, off, place, n);
    }
  }

  /** Fill with uniform numbers in [low, high]. */
  static void uniform(
      long key0, long key1, long start, float low, float high, float[] out, int off, int n) {
    float half = ScalarRandom.half(low, high);
    float centre = ScalarRandom.centre(low, high);
    VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.UNIFORM);
    float[] numbers = NUMBERS.get();
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += STEP, tile += VectorThreefry.TILES) {
      generator.encrypt(tile);
      if (isWhole(place, n)) {
        uniformTiles(generator.words, half, centre, out, off + (int) place);
      } else {
        uniformTiles(generator.words, half, centre, numbers, 0);
        copyPart(numbers, out, off, place, n);
      }
    }
    // Rounding is monotonic: where the ends do not round out of the range, nothing does.
    if (!(low <= high
        && Math.fma(-ScalarRandom.LARGEST, half, centre) >= low
        && Math.fma(ScalarRandom.LARGEST, half, centre) <= high)) {
      clamp(low, high, out, off, n);
    }
  }

  /** Fill with normal numbers of the given mean and standard deviation. */
  static void normal(
      long key0, long key1, long start, float mean, float std, float[] out, int off, int n) {
    VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.NORMAL);
    float[] numbers = NUMBERS.get();
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += STEP, tile += VectorThreefry.TILES) {
      generator.encrypt(tile);
      if (isWhole(place, n)) {
        VectorNormal.tiles(generator.words, mean, std, out, off + (int) place);
      } else {
        VectorNormal.tiles(generator.words, mean, std, numbers, 0);
        copyPart(numbers, out, off, place, n);
      }
    }
  }

  /** Fill with normal numbers of mean 0, cut at {@code +-limit}. */
  static void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    double inside = ScalarRandom.inside((double) limit / std);
    VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.TRUNCATED_NORMAL);
    float[] numbers = NUMBERS.get();
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += STEP, tile += VectorThreefry.TILES) {
      generator.encrypt(tile);
      if (isWhole(place, n)) {
        VectorTruncated.tiles(generator.words, inside, std, limit, out, off + (int) place);
      } else {
        VectorTruncated.tiles(generator.words, inside, std, limit, numbers, 0);
        copyPart(numbers, out, off, place, n);
      }
    }
  }

  /**
   * Find the place in the output of the first tile: negative where its first elements are not
   * wanted.
   *
   * @return a long, because the step after the last tile may pass the largest int
   */
  private static long firstPlace(long start) {
    return -(start & (Threefry.TILE - 1));
  }

  private static boolean isWhole(long place, int n) {
    return place >= 0 && place <= (long) n - STEP;
  }

  /** Copy what lies in [0, n) of the tiles at {@code place}. */
  private static void copyPart(Object tiles, Object out, int off, long place, int n) {
    int first = (int) Math.max(place, 0);
    int last = (int) Math.min(place + STEP, n);
    System.arraycopy(tiles, (int) (first - place), out, off + first, last - first);
  }

  private static void uniformTiles(int[] words, float half, float centre, float[] out, int off) {
    FloatVector scale = FloatVector.broadcast(Lanes.FLOAT, half);
    FloatVector shift = FloatVector.broadcast(Lanes.FLOAT, centre);
    for (int i = 0; i < STEP; i += Lanes.COUNT) {
      IntVector odd =
          Lanes.INT_VECTOR
              .cast(IntVector.fromArray(Lanes.INT, words, i))
              .and(ScalarRandom.UPPER_BITS)
              .or(ScalarRandom.HALF_STEP);
      Lanes.VECTOR
          .cast(
              Lanes.VECTOR
                  .cast(odd.convert(I2F, 0))
                  .mul(ScalarRandom.SYMMETRIC_STEP)
                  .fma(scale, shift))
          .intoArray(out, off + i);
    }
  }

  private static void clamp(float low, float high, float[] out, int off, int n) {
    for (int i = 0; i < n; i++) {
      float value = out[off + i];
      value = value < low ? low : value;
      out[off + i] = value > high ? high : value;
    }
  }
}
