package dev.incipit.core.kernel;

import static jdk.incubator.vector.VectorOperators.LSHR;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fill arrays with truncated normal numbers, equal in every bit to {@link
 * ScalarRandom#truncatedNormal}.
 *
 * <p>A stretch is filled with normal numbers, and what lies outside waits in a list. Of that, 64
 * numbers at a time are drawn again, each lane of the generator with the counter of its own element
 * and attempt; what still lies outside waits on. So the few to draw again (one in 22 at two
 * deviations), which lie scattered, cost as little as others, a few steps of bookkeeping apart.
 */
final class VectorTruncated {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /**
   * Elements of a stretch: whole tiles, in a second-level cache at most. The longer, the fewer
   * lanes are idle when the last of a list are drawn again: 2048 took a tenth longer (Zen 4).
   */
  private static final int STRETCH = 8192;

  private static final ThreadLocal<VectorTruncated> WAITING =
      ThreadLocal.withInitial(VectorTruncated::new);

  /** Places in the stretch that wait, and the attempts made for each; behind them, anything. */
  private final int[] places = new int[STRETCH + VectorThreefry.BLOCKS];

  private final int[] attempts = new int[STRETCH + VectorThreefry.BLOCKS];
  private int waiting;

  private final float[] numbers = new float[VectorThreefry.TILES * Threefry.TILE];

  private VectorTruncated() {}

  static void fill(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    VectorTruncated list = WAITING.get();
    int m;
    for (int done = 0; done < n; done += m) {
      // Stretches end where the generator's tiles do.
      int place = (int) ((start + done) & (STRETCH - 1));
      m = Math.min(n - done, STRETCH - place);
      VectorRandom.normal(key0, key1, start + done, 0f, std, out, off + done, m);
      list.collect(limit, out, off + done, m, place);
      VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.NORMAL);
      long counter = Threefry.counter(start + done - place);
      while (list.waiting > 0) {
        list.redraw(generator, counter, std, limit, out, off + done - place);
      }
    }
  }

  /**
   * List the places of numbers outside [-limit, limit].
   *
   * <p>64 at a time: the processor mispredicts the end of a loop over them about once, so there
   * shall be few such loops.
   *
   * @param place that of the first number in its stretch
   */
  private void collect(float limit, float[] x, int xo, int n, int place) {
    int count = 0;
    for (int i = 0; i < n; i += Long.SIZE) {
      long outside = 0;
      int end = Math.min(Long.SIZE, n - i);
      int q = 0;
      for (; q <= end - L; q += L) {
        outside |=
            Lanes.VECTOR
                    .cast(FloatVector.fromArray(S, x, xo + i + q))
                    .abs()
                    .compare(VectorOperators.LE, limit)
                    .not()
                    .toLong()
                << q;
      }
      for (; q < end; q++) {
        outside |= Math.abs(x[xo + i + q]) <= limit ? 0 : 1L << q;
      }
      for (; outside != 0; outside &= outside - 1) {
        places[count++] = place + i + Long.numberOfTrailingZeros(outside);
      }
    }
    Arrays.fill(attempts, 0, count, 1);
    waiting = count;
  }

  /**
   * Draw again the last of the list, as many as there are lanes, and keep those that fail.
   *
   * @param counter that of the stretch's first block, to which places add without a carry
   * @param off where the stretch begins in {@code out}, or would
   */
  private void redraw(
      VectorThreefry generator, long counter, float std, float limit, float[] out, int off) {
    int m = Math.min(waiting, VectorThreefry.BLOCKS);
    int first = waiting - m;
    int[] counters = generator.counters;
    for (int j = 0; j < VectorThreefry.BLOCKS; j += L) {
      // Threefry.counter, of the low word alone: within a stretch there is no carry.
      IntVector place = Lanes.INT_VECTOR.cast(IntVector.fromArray(Lanes.INT, places, first + j));
      IntVector row = place.lanewise(LSHR, Threefry.TILE_SHIFT).mul(Threefry.ROW);
      Lanes.INT_VECTOR
          .cast(row.add(place.and(Threefry.ROW - 1)).add((int) counter))
          .intoArray(counters, j);
      Lanes.INT_VECTOR
          .cast(IntVector.broadcast(Lanes.INT, (int) (counter >>> 32)))
          .intoArray(counters, VectorThreefry.BLOCKS + j);
      Lanes.INT_VECTOR
          .cast(IntVector.fromArray(Lanes.INT, attempts, first + j))
          .intoArray(counters, 2 * VectorThreefry.BLOCKS + j);
    }
    generator.encrypt();
    VectorNormal.tiles(generator.words, 0f, std, numbers, 0);
    waiting = first;
    for (int j = 0; j < m; j++) {
      int place = places[first + j];
      int attempt = attempts[first + j] + 1;
      float value = numbers[j + 3 * (j & -Threefry.ROW) + Threefry.row(place)];
      boolean inside = Math.abs(value) <= limit;
      if (inside || attempt == ScalarRandom.ATTEMPTS) {
        out[off + place] = inside ? value : 0f;
      } else {
        places[waiting] = place;
        attempts[waiting++] = attempt;
      }
    }
  }
}
