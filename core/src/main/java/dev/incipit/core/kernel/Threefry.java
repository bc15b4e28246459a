package dev.incipit.core.kernel;

/**
 * Encrypt a counter: the random generator Threefry-4x32 with 20 rounds.
 *
 * <p>A stream's element i depends on (key, i) alone. 64 consecutive elements form a tile, made from
 * 16 blocks of four words; word w of the 16 blocks fills 16 consecutive elements, so that vectors
 * of 4, 8 or 16 lanes store what they computed in one piece:
 *
 * <pre>
 * tile t = i >>> 6, word w = (i >>> 4) &amp; 3, lane b = i &amp; 15
 * counter = (16 t + b as 64 bits: low, high; stream kind; 0)
 * element = word w of block (key, counter)
 * </pre>
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al. 2011, Parallel random
 *     numbers: as easy as 1, 2, 3</a>
 */
public final class Threefry {

  /** Stream kind of raw bits and of uniform numbers, which are the same bits scaled. */
  static final int UNIFORM = 0;

  /** Stream kind of normal numbers: a normal and a uniform tensor of one key share no bits. */
  static final int NORMAL = 1;

  /** Stream kind of derived keys, which must share no block with numbers drawn from the key. */
  public static final int DERIVE = 2;

  /** Stream kind of truncated normal numbers. */
  static final int TRUNCATED_NORMAL = 3;

  /** Elements of a tile: 16 blocks of four words. */
  static final int TILE = 64;

  static final int TILE_SHIFT = 6;

  /** Elements that one word of a tile's blocks fills. */
  static final int ROW = 16;

  /** Steps of four rounds. */
  static final int STEPS = 5;

  /** Parity of the key schedule: keeps the extended key from being all zeros. */
  private static final int PARITY = 0x1BD1_1BDA;

  private Threefry() {}

  /**
   * Encrypt one block and return two of its four words.
   *
   * <p>Each of the five steps is four rounds and an addition of the extended key, rotated by one
   * word a step; the rotations alternate between two published sets of four rounds. Odd rounds
   * exchange the partners of words 0 and 2, so the words permute without moving.
   *
   * @param key0 words 0 (low half) and 1 of the key
   * @param key1 words 2 (low half) and 3 of the key
   * @param x0 word 0 of the counter
   * @param x1 word 1 of the counter
   * @param x2 word 2 of the counter
   * @param x3 word 3 of the counter
   * @param upper false for words 0 (low half) and 1 (high half), true for words 2 and 3
   * @return the two words, the even one in the low half
   */
  public static long encrypt(long key0, long key1, int x0, int x1, int x2, int x3, boolean upper) {
    int k0 = (int) key0;
    int k1 = (int) (key0 >>> 32);
    int k2 = (int) key1;
    int k3 = (int) (key1 >>> 32);
    int k4 = parity(key0, key1);
    x0 += k0;
    x1 += k1;
    x2 += k2;
    x3 += k3;
    for (int step = 1; step <= STEPS; step++) {
      boolean odd = (step & 1) == 1;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 10 : 6) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 26 : 20) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 11 : 17) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 21 : 11) ^ x2;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 13 : 25) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 27 : 10) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, odd ? 23 : 18) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 5 : 20) ^ x2;
      int first = k0;
      k0 = k1;
      k1 = k2;
      k2 = k3;
      k3 = k4;
      k4 = first;
      x0 += k0;
      x1 += k1;
      x2 += k2;
      x3 += k3 + step;
    }
    return upper ? pack(x2, x3) : pack(x0, x1);
  }

  /** Compute the fifth word of the extended key. */
  static int parity(long key0, long key1) {
    long both = key0 ^ key1;
    return PARITY ^ (int) both ^ (int) (both >>> 32);
  }

  /**
   * Compute the pair of words that holds element {@code index}: words 0 and 1, or 2 and 3.
   *
   * @param kind the stream kind
   * @return the even word in the low half, the odd word in the high half
   */
  static long pair(long key0, long key1, int kind, long index) {
    long counter = (index >>> TILE_SHIFT) * ROW + (index & (ROW - 1));
    boolean upper = isUpper(index);
    return encrypt(key0, key1, (int) counter, (int) (counter >>> 32), kind, 0, upper);
  }

  /** Tell whether an element comes from word 2 or 3 of its block. */
  private static boolean isUpper(long index) {
    return (index & 2 * ROW) != 0;
  }

  /** Tell whether an element comes from word 1 or 3 of its block. */
  static boolean isOdd(long index) {
    return (index & ROW) != 0;
  }

  private static long pack(int even, int odd) {
    return (even & 0xffff_ffffL) | ((long) odd << 32);
  }
}
