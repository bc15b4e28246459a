package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Fill arrays with random numbers a tile at a time, equal in every bit to {@link ScalarRandom}.
 *
 * <p>{@link VectorThreefry} writes the words of a tile into a scratch array, and an ending turns
 * them into numbers. The way through the cache costs little beside the generator's 20 rounds, and
 * it cuts the code into methods that C2 compiles whole: in one piece they exceed its inlining
 * budget. A tile of which only a part is wanted, at the ends of a fill, goes to scratch as a whole;
 * so no store needs a mask. The scratch arrays, one tile each, are the only allocation.
 */
final class VectorRandom {

  private VectorRandom() {}

  /** Fill with random bits, the words of the generator themselves. */
  static void bits(long key0, long key1, long start, int[] out, int off, int n) {
    int[] part = new int[Threefry.TILE];
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += Threefry.TILE) {
      if (isWhole(place, n)) {
        VectorThreefry.tile(key0, key1, Threefry.UNIFORM, tile++, out, off + (int) place);
      } else {
        VectorThreefry.tile(key0, key1, Threefry.UNIFORM, tile++, part, 0);
        copyPart(part, out, off, place, n);
      }
    }
  }

  /** Fill with uniform numbers in [low, high]. */
  static void uniform(
      long key0, long key1, long start, float low, float high, float[] out, int off, int n) {
    int[] words = new int[Threefry.TILE];
    float[] part = new float[Threefry.TILE];
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += Threefry.TILE) {
      VectorThreefry.tile(key0, key1, Threefry.UNIFORM, tile++, words, 0);
      if (isWhole(place, n)) {
        uniformTile(words, low, high, out, off + (int) place);
      } else {
        uniformTile(words, low, high, part, 0);
        copyPart(part, out, off, place, n);
      }
    }
  }

  /** Fill with normal numbers of the given mean and standard deviation. */
  static void normal(
      long key0, long key1, long start, float mean, float std, float[] out, int off, int n) {
    int[] words = new int[Threefry.TILE];
    float[] part = new float[Threefry.TILE];
    long tile = start >>> Threefry.TILE_SHIFT;
    for (long place = firstPlace(start); place < n; place += Threefry.TILE) {
      VectorThreefry.tile(key0, key1, Threefry.NORMAL, tile++, words, 0);
      if (isWhole(place, n)) {
        VectorNormal.tile(words, mean, std, out, off + (int) place);
      } else {
        VectorNormal.tile(words, mean, std, part, 0);
        copyPart(part, out, off, place, n);
      }
    }
  }

  /**
   * Fill with normal numbers of mean 0, drawn again while they lie outside [-limit, limit].
   *
   * <p>The few numbers to draw again (one in 22 at two deviations) lie scattered: one at a time is
   * the scalar form's work.
   */
  static void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    normal(key0, key1, start, 0f, std, out, off, n);
    ScalarRandom.redraw(key0, key1, start, std, limit, out, off, n);
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
    return place >= 0 && place <= (long) n - Threefry.TILE;
  }

  /** Copy what lies in [0, n) of a tile at {@code place}. */
  private static void copyPart(Object tile, Object out, int off, long place, int n) {
    int first = (int) Math.max(place, 0);
    int last = (int) Math.min(place + Threefry.TILE, n);
    System.arraycopy(tile, (int) (first - place), out, off + first, last - first);
  }

  private static void uniformTile(int[] words, float low, float high, float[] out, int off) {
    FloatVector half = FloatVector.broadcast(Lanes.FLOAT, ScalarRandom.half(low, high));
    FloatVector centre = FloatVector.broadcast(Lanes.FLOAT, ScalarRandom.centre(low, high));
    for (int i = 0; i < Threefry.TILE; i += Lanes.COUNT) {
      IntVector word = IntVector.fromArray(Lanes.INT, words, i);
      FloatVector symmetric =
          VectorFunctions.toFloat(word.lanewise(ASHR, 8)).add(0.5f).mul(0x1p-23f);
      FloatVector value = symmetric.fma(half, centre);
      value = value.blend(low, value.compare(LT, low));
      value.blend(high, value.compare(GT, high)).intoArray(out, off + i);
    }
  }
}
