package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fill arrays with truncated normal numbers, equal in every bit to {@link
 * ScalarRandom#truncatedNormal}.
 *
 * <p>A stretch is filled with normal numbers, and what lies outside waits in a list. Of that, 32
 * numbers at a time are drawn again, each lane of the generator with the counter of its own element
 * and attempt; what still lies outside waits on. So the few to draw again (one in 22 at two
 * deviations), which lie scattered, cost as little as others, a few steps of bookkeeping apart.
 */
final class VectorTruncated {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  /** Elements of a stretch: whole tiles, and with its list in the first-level cache. */
  private static final int STRETCH = 2048;

  private static final ThreadLocal<VectorTruncated> WAITING =
      ThreadLocal.withInitial(VectorTruncated::new);

  /** Places in the stretch that wait, and the attempts made for each. */
  private final int[] places = new int[STRETCH];

  private final int[] attempts = new int[STRETCH];
  private int waiting;

  private final float[] numbers = new float[2 * Threefry.TILE];

  private VectorTruncated() {}

  static void fill(
      long key0, long key1, long start, float std, float limit, float[] out, int off, int n) {
    VectorTruncated list = WAITING.get();
    int m;
    for (int done = 0; done < n; done += m) {
      // From the second on, stretches start where a tile does.
      m = Math.min(n - done, STRETCH - (int) ((start + done) & (STRETCH - 1)));
      VectorRandom.normal(key0, key1, start + done, 0f, std, out, off + done, m);
      list.collect(limit, out, off + done, m);
      VectorThreefry generator = VectorThreefry.of(key0, key1, Threefry.NORMAL);
      while (list.waiting > 0) {
        list.redraw(generator, start + done, std, limit, out, off + done);
      }
    }
  }

  /** List the places of numbers outside [-limit, limit]. */
  private void collect(float limit, float[] x, int xo, int n) {
    int count = 0;
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      long inside =
          FloatVector.fromArray(S, x, xo + i).abs().compare(VectorOperators.LE, limit).toLong();
      for (long rest = inside ^ ((1L << S.length()) - 1); rest != 0; rest &= rest - 1) {
        places[count] = i + Long.numberOfTrailingZeros(rest);
        attempts[count++] = 1;
      }
    }
    for (int i = bound; i < n; i++) {
      if (!(Math.abs(x[xo + i]) <= limit)) {
        places[count] = i;
        attempts[count++] = 1;
      }
    }
    waiting = count;
  }

  /** Draw again the last of the list, as many as there are lanes, and keep those that fail. */
  private void redraw(
      VectorThreefry generator, long start, float std, float limit, float[] out, int off) {
    int m = Math.min(waiting, VectorThreefry.BLOCKS);
    int first = waiting - m;
    int[] counters = generator.counters;
    for (int j = 0; j < m; j++) {
      long counter = Threefry.counter(start + places[first + j]);
      counters[j] = (int) counter;
      counters[VectorThreefry.BLOCKS + j] = (int) (counter >>> 32);
      counters[2 * VectorThreefry.BLOCKS + j] = attempts[first + j];
    }
    generator.encrypt();
    VectorNormal.tiles(generator.words, 0f, std, numbers, 0);
    waiting = first;
    for (int j = 0; j < m; j++) {
      int place = places[first + j];
      int attempt = attempts[first + j] + 1;
      float value = numbers[j + 3 * (j & Threefry.ROW) + Threefry.row(start + place)];
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
