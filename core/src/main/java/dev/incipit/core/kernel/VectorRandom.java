package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * Fill arrays with random numbers a vector at a time, equal in every bit to {@link ScalarRandom}.
 *
 * <p>One method holds the generator and all three endings: a block is four vectors, which no method
 * can return without an object, and the rounds are too long to be inlined. The ending is chosen by
 * a switch on a loop invariant, one predicted jump for 64 numbers.
 */
final class VectorRandom {

  /** How the words of a block become numbers. */
  private enum Ending {
    BITS,
    UNIFORM,
    NORMAL
  }

  // Each ending writes one of the two arrays of a fill; this stands for the other.
  private static final int[] NO_INTS = {};
  private static final float[] NO_FLOATS = {};

  private VectorRandom() {}

  /** Fill with random bits, the words of the generator themselves. */
  static void bits(long key0, long key1, long start, int[] out, int off, int n) {
    fill(Ending.BITS, key0, key1, start, 0f, 0f, 0f, 0f, out, NO_FLOATS, off, n);
  }

  /** Fill with uniform numbers in [low, high]. */
  static void uniform(
      long key0, long key1, long start, float low, float high, float[] out, int off, int n) {
    float half = ScalarRandom.half(low, high);
    float centre = ScalarRandom.centre(low, high);
    fill(Ending.UNIFORM, key0, key1, start, half, centre, low, high, NO_INTS, out, off, n);
  }

  /** Fill with normal numbers of the given mean and standard deviation. */
  static void normal(
      long key0, long key1, long start, float mean, float std, float[] out, int off, int n) {
    fill(Ending.NORMAL, key0, key1, start, std, mean, 0f, 0f, NO_INTS, out, off, n);
  }

  /** Encrypt all blocks that the fill touches; {@link Threefry} explains the layout and rounds. */
  private static void fill(
      Ending ending,
      long key0,
      long key1,
      long start,
      float scale,
      float shift,
      float low,
      float high,
      int[] ints,
      float[] floats,
      int off,
      int n) {
    int k0 = (int) key0;
    int k1 = (int) (key0 >>> 32);
    int k2 = (int) key1;
    int k3 = (int) (key1 >>> 32);
    int k4 = Threefry.PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int x2Start = k2 + (ending == Ending.NORMAL ? Threefry.NORMAL : Threefry.UNIFORM);
    IntVector lanes = IntVector.zero(Lanes.INT).addIndex(1);
    // The first block's place in the output may be negative: its first elements are not wanted.
    // It is a long because the last step may pass the largest int.
    long place = -(start & (Threefry.TILE - 1));
    long counter = (start >>> Threefry.TILE_SHIFT) * Threefry.ROW;
    while (place < n) {
      IntVector x0 = lanes.add((int) counter + k0);
      IntVector x1 = IntVector.broadcast(Lanes.INT, (int) (counter >>> 32) + k1);
      IntVector x2 = IntVector.broadcast(Lanes.INT, x2Start);
      IntVector x3 = IntVector.broadcast(Lanes.INT, k3);
      // Step 1 of 5: four rounds, then the extended key turned by 1.
      x0 = x0.add(x1);
      x1 = turn(x1, 10, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 26, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 11, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 21, x2);
      x0 = x0.add(x1);
      x1 = turn(x1, 13, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 27, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 23, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 5, x2);
      x0 = x0.add(k1);
      x1 = x1.add(k2);
      x2 = x2.add(k3);
      x3 = x3.add(k4 + 1);
      // Step 2 of 5: four rounds, then the extended key turned by 2.
      x0 = x0.add(x1);
      x1 = turn(x1, 6, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 20, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 17, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 11, x2);
      x0 = x0.add(x1);
      x1 = turn(x1, 25, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 10, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 18, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 20, x2);
      x0 = x0.add(k2);
      x1 = x1.add(k3);
      x2 = x2.add(k4);
      x3 = x3.add(k0 + 2);
      // Step 3 of 5: four rounds, then the extended key turned by 3.
      x0 = x0.add(x1);
      x1 = turn(x1, 10, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 26, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 11, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 21, x2);
      x0 = x0.add(x1);
      x1 = turn(x1, 13, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 27, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 23, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 5, x2);
      x0 = x0.add(k3);
      x1 = x1.add(k4);
      x2 = x2.add(k0);
      x3 = x3.add(k1 + 3);
      // Step 4 of 5: four rounds, then the extended key turned by 4.
      x0 = x0.add(x1);
      x1 = turn(x1, 6, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 20, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 17, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 11, x2);
      x0 = x0.add(x1);
      x1 = turn(x1, 25, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 10, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 18, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 20, x2);
      x0 = x0.add(k4);
      x1 = x1.add(k0);
      x2 = x2.add(k1);
      x3 = x3.add(k2 + 4);
      // Step 5 of 5: four rounds, then the extended key turned by 5.
      x0 = x0.add(x1);
      x1 = turn(x1, 10, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 26, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 11, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 21, x2);
      x0 = x0.add(x1);
      x1 = turn(x1, 13, x0);
      x2 = x2.add(x3);
      x3 = turn(x3, 27, x2);
      x0 = x0.add(x3);
      x3 = turn(x3, 23, x0);
      x2 = x2.add(x1);
      x1 = turn(x1, 5, x2);
      x0 = x0.add(k0);
      x1 = x1.add(k1);
      x2 = x2.add(k2);
      x3 = x3.add(k3 + 5);
      int row = (int) place;
      switch (ending) {
        case BITS -> {
          store(x0, ints, off, row, n);
          store(x1, ints, off, row + Threefry.ROW, n);
          store(x2, ints, off, row + 2 * Threefry.ROW, n);
          store(x3, ints, off, row + 3 * Threefry.ROW, n);
        }
        case UNIFORM -> {
          store(uniform(x0, scale, shift, low, high), floats, off, row, n);
          store(uniform(x1, scale, shift, low, high), floats, off, row + Threefry.ROW, n);
          store(uniform(x2, scale, shift, low, high), floats, off, row + 2 * Threefry.ROW, n);
          store(uniform(x3, scale, shift, low, high), floats, off, row + 3 * Threefry.ROW, n);
        }
        case NORMAL -> {
          storeNormal(x0, x1, scale, shift, floats, off, row, n);
          storeNormal(x2, x3, scale, shift, floats, off, row + 2 * Threefry.ROW, n);
        }
      }
      // Narrow vectors need several passes for the 16 blocks of a tile, then jump over its rows.
      counter += Lanes.FLOAT.length();
      place += Lanes.FLOAT.length();
      if ((counter & (Threefry.ROW - 1)) == 0) {
        place += Threefry.TILE - Threefry.ROW;
      }
    }
  }

  private static IntVector turn(IntVector x, int rotation, IntVector y) {
    return x.lanewise(ROL, rotation).lanewise(XOR, y);
  }

  private static FloatVector uniform(
      IntVector word, float half, float centre, float low, float high) {
    FloatVector value =
        VectorFunctions.toFloat(word.lanewise(ASHR, 8))
            .add(0.5f)
            .mul(0x1p-23f)
            .fma(broadcast(half), broadcast(centre));
    value = value.blend(low, value.compare(LT, low));
    return value.blend(high, value.compare(GT, high));
  }

  /** Turn a pair of words into two rows of normal numbers. */
  private static void storeNormal(
      IntVector even, IntVector odd, float std, float mean, float[] out, int off, int place, int n) {
    FloatVector radius = VectorFunctions.radius(even);
    FloatVector angle = VectorFunctions.angle(odd);
    FloatVector sin = VectorFunctions.sin(angle);
    FloatVector cos =
        VectorFunctions.cos(angle)
            .reinterpretAsInts()
            .lanewise(XOR, odd.and(FunctionConstants.SIGN_BIT))
            .reinterpretAsFloats();
    VectorMask<Float> exchange = odd.lanewise(LSHL, 1).compare(LT, 0).cast(Lanes.FLOAT);
    FloatVector x = radius.mul(cos.blend(sin, exchange));
    FloatVector y = radius.mul(sin.blend(cos, exchange));
    store(x.fma(broadcast(std), broadcast(mean)), out, off, place, n);
    store(y.fma(broadcast(std), broadcast(mean)), out, off, place + Threefry.ROW, n);
  }

  /** Store the lanes whose place is in [0, n): all of them but at the ends of a fill. */
  private static void store(FloatVector v, float[] out, int off, int place, int n) {
    if (place >= 0 && place <= n - Lanes.FLOAT.length()) {
      v.intoArray(out, off + place);
    } else if (place > -Lanes.FLOAT.length() && place < n) {
      v.intoArray(out, off + place, Lanes.FLOAT.indexInRange(place, n));
    }
  }

  private static void store(IntVector v, int[] out, int off, int place, int n) {
    if (place >= 0 && place <= n - Lanes.FLOAT.length()) {
      v.intoArray(out, off + place);
    } else if (place > -Lanes.FLOAT.length() && place < n) {
      v.intoArray(out, off + place, Lanes.INT.indexInRange(place, n));
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Lanes.FLOAT, value);
  }
}
