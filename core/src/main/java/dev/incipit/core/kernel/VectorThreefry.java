package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;

/**
 * Encrypt 64 blocks, one block a lane: the vector form of {@link Threefry}, with the arrays that it
 * goes through. Each thread has one, for kernels allocate nothing.
 *
 * <p>Two vectors of blocks, x and y, take turns: each round depends on the one before, so one alone
 * would wait for its own results half of the time. The extended key is read from memory, which an
 * addition does in passing: kept in variables, C2 would broadcast each word anew at each use.
 *
 * <p>The rounds call the Vector API directly, without a method of ours for a round: a method this
 * large passes the node count from which C2 inlines only what the JDK forces, and a vector that
 * crosses a call is boxed. They stand in a row, because a rotation must be a constant to become a
 * single instruction.
 */
final class VectorThreefry {

  /** Tiles that are encrypted at once. With two a fill took 5 % longer (Zen 4). */
  static final int TILES = 4;

  /** Blocks that are encrypted at once. */
  static final int BLOCKS = TILES * Threefry.ROW;

  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;
  private static final int L = Lanes.COUNT;

  /** The high word of the last block's counter: 2^64 elements are 2^62 blocks. */
  private static final int LAST_HIGH = -1 >>> 2;

  /** Words of a block. */
  private static final int WORDS = 4;

  private static final ThreadLocal<VectorThreefry> MINE =
      ThreadLocal.withInitial(VectorThreefry::new);

  /**
   * What is added to word w before the first round and after each step: vector {@code 4 step + w},
   * the stream kind, the step's number and, in the first vector, the lane's included.
   */
  private final int[] keys = new int[(Threefry.STEPS + 1) * WORDS * L];

  /** The tiles of random words. */
  final int[] words = new int[TILES * Threefry.TILE];

  private VectorThreefry() {}

  /** Return this thread's generator with a key and a stream kind. */
  static VectorThreefry of(long key0, long key1, int kind) {
    VectorThreefry generator = MINE.get();
    int k4 = Threefry.parity(key0, key1);
    int[] extended = generator.words;
    extended[0] = (int) key0;
    extended[1] = (int) (key0 >>> 32);
    extended[2] = (int) key1;
    extended[3] = (int) (key1 >>> 32);
    extended[4] = k4;
    for (int step = 0; step <= Threefry.STEPS; step++) {
      for (int word = 0; word < WORDS; word++) {
        int own = word == 3 ? step : step == 0 && word == 2 ? kind : 0;
        VI.cast(IntVector.broadcast(Lanes.INT, extended[(step + word) % 5] + own))
            .intoArray(generator.keys, (step * WORDS + word) * L);
      }
    }
    VI.cast(VI.cast(IntVector.fromArray(Lanes.INT, generator.keys, 0)).addIndex(1))
        .intoArray(generator.keys, 0);
    return generator;
  }

  /**
   * Write the words of a tile and of those behind it: word w of block b to {@code 64 (b / 16) + 16
   * w + b % 16}.
   */
  void encrypt(long tile) {
    for (int block = 0; block < BLOCKS; block += 2 * L) {
      // Multiples of the lane count, so no lane carries into the high word. Behind the last of 2^64
      // elements comes the first.
      long counter = tile * Threefry.ROW + block;
      long next = counter + L;
      IntVector key = IntVector.fromArray(Lanes.INT, keys, 0);
      IntVector x0 = VI.cast(key).add((int) counter);
      IntVector y0 = VI.cast(key).add((int) next);
      key = IntVector.fromArray(Lanes.INT, keys, L);
      IntVector x1 = VI.cast(key).add((int) (counter >>> 32) & LAST_HIGH);
      IntVector y1 = VI.cast(key).add((int) (next >>> 32) & LAST_HIGH);
      IntVector x2 = VI.cast(IntVector.fromArray(Lanes.INT, keys, 2 * L));
      IntVector y2 = x2;
      IntVector x3 = VI.cast(IntVector.fromArray(Lanes.INT, keys, 3 * L));
      IntVector y3 = x3;
      // Step 1: four rounds, then the extended key.
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 10).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 26).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 11).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 21).lanewise(XOR, y2);
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 13).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 27).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 23).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 5).lanewise(XOR, y2);
      key = IntVector.fromArray(Lanes.INT, keys, 4 * L);
      x0 = x0.add(key);
      y0 = y0.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 5 * L);
      x1 = x1.add(key);
      y1 = y1.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 6 * L);
      x2 = x2.add(key);
      y2 = y2.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 7 * L);
      x3 = x3.add(key);
      y3 = y3.add(key);
      // Step 2: four rounds, then the extended key.
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 6).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 20).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 20).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 17).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 17).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 11).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 11).lanewise(XOR, y2);
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 25).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 25).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 10).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 10).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 18).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 18).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 20).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 20).lanewise(XOR, y2);
      key = IntVector.fromArray(Lanes.INT, keys, 8 * L);
      x0 = x0.add(key);
      y0 = y0.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 9 * L);
      x1 = x1.add(key);
      y1 = y1.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 10 * L);
      x2 = x2.add(key);
      y2 = y2.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 11 * L);
      x3 = x3.add(key);
      y3 = y3.add(key);
      // Step 3: four rounds, then the extended key.
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 10).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 26).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 11).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 21).lanewise(XOR, y2);
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 13).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 27).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 23).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 5).lanewise(XOR, y2);
      key = IntVector.fromArray(Lanes.INT, keys, 12 * L);
      x0 = x0.add(key);
      y0 = y0.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 13 * L);
      x1 = x1.add(key);
      y1 = y1.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 14 * L);
      x2 = x2.add(key);
      y2 = y2.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 15 * L);
      x3 = x3.add(key);
      y3 = y3.add(key);
      // Step 4: four rounds, then the extended key.
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 6).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 20).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 20).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 17).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 17).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 11).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 11).lanewise(XOR, y2);
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 25).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 25).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 10).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 10).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 18).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 18).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 20).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 20).lanewise(XOR, y2);
      key = IntVector.fromArray(Lanes.INT, keys, 16 * L);
      x0 = x0.add(key);
      y0 = y0.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 17 * L);
      x1 = x1.add(key);
      y1 = y1.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 18 * L);
      x2 = x2.add(key);
      y2 = y2.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 19 * L);
      x3 = x3.add(key);
      y3 = y3.add(key);
      // Step 5: four rounds, then the extended key.
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 10).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 26).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 11).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 21).lanewise(XOR, y2);
      x0 = x0.add(x1);
      y0 = y0.add(y1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      y1 = y1.lanewise(ROL, 13).lanewise(XOR, y0);
      x2 = x2.add(x3);
      y2 = y2.add(y3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      y3 = y3.lanewise(ROL, 27).lanewise(XOR, y2);
      x0 = x0.add(x3);
      y0 = y0.add(y3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      y3 = y3.lanewise(ROL, 23).lanewise(XOR, y0);
      x2 = x2.add(x1);
      y2 = y2.add(y1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      y1 = y1.lanewise(ROL, 5).lanewise(XOR, y2);
      key = IntVector.fromArray(Lanes.INT, keys, 20 * L);
      x0 = x0.add(key);
      y0 = y0.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 21 * L);
      x1 = x1.add(key);
      y1 = y1.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 22 * L);
      x2 = x2.add(key);
      y2 = y2.add(key);
      key = IntVector.fromArray(Lanes.INT, keys, 23 * L);
      x3 = x3.add(key);
      y3 = y3.add(key);
      int at = block + 3 * (block & -Threefry.ROW);
      VI.cast(x0).intoArray(words, at);
      VI.cast(x1).intoArray(words, at + Threefry.ROW);
      VI.cast(x2).intoArray(words, at + 2 * Threefry.ROW);
      VI.cast(x3).intoArray(words, at + 3 * Threefry.ROW);
      at = block + L + 3 * (block + L & -Threefry.ROW);
      VI.cast(y0).intoArray(words, at);
      VI.cast(y1).intoArray(words, at + Threefry.ROW);
      VI.cast(y2).intoArray(words, at + 2 * Threefry.ROW);
      VI.cast(y3).intoArray(words, at + 3 * Threefry.ROW);
    }
  }
}
