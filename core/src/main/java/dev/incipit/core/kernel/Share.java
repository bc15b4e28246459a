package dev.incipit.core.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share of work that several threads do together.
 *
 * <p>All threads of a team run the same code, each with a share of its own: it computes its range
 * of the outputs, and waits for the others with {@link #await()} before it reads what they wrote.
 * The ranges depend on the number of threads; results do not, for a range holds whole outputs.
 */
public final class Share {

  /** The share of a thread that works alone. */
  public static final Share WHOLE = new Share(0, 1, null);

  private static final int SPINS = 20_000;

  private final int part;
  private final int parts;
  private final @Nullable Barrier barrier;

  Share(int part, int parts, @Nullable Barrier barrier) {
    this.part = part;
    this.parts = parts;
    this.barrier = barrier;
  }

  /** Return the number of threads in the team. */
  public int parts() {
    return parts;
  }

  /** Return whether this is the calling thread's share: the one that does undivided work. */
  public boolean isFirst() {
    return part == 0;
  }

  /**
   * Return where this share of a range starts.
   *
   * @param extent length of the whole range
   * @param unit shares start at multiples of this: a cache line, a tile, or the least work that is
   *     worth a thread
   * @return first index of the share
   */
  public int from(int extent, int unit) {
    return bound(extent, unit, part);
  }

  /**
   * Return where this share of a range ends.
   *
   * @param extent length of the whole range
   * @param unit as for {@link #from}
   * @return the index after the last; equal to the first where the share is empty
   */
  public int to(int extent, int unit) {
    return bound(extent, unit, part + 1);
  }

  /** Return where the next thread's share of a range starts; the first comes after the last. */
  public int nextFrom(int extent, int unit) {
    return bound(extent, unit, (part + 1) % parts);
  }

  /** Return where the next thread's share of a range ends. */
  public int nextTo(int extent, int unit) {
    return bound(extent, unit, (part + 1) % parts + 1);
  }

  private int bound(int extent, int unit, int index) {
    long units = (extent + (long) unit - 1) / unit;
    // Rounded up, so that a single unit is the first thread's, which does the undivided work too.
    return (int) Math.min(extent, (units * index + parts - 1) / parts * unit);
  }

  /** Wait until every thread of the team has come here; what they wrote is then visible. */
  public void await() {
    if (barrier != null) {
      barrier.await();
    }
  }

  /** Pass a moment of waiting: spin at first, then let other threads have the processor. */
  @SuppressWarnings("ThreadPriorityCheck") // yields only where another thread holds the processor
  static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** A meeting point that spins, for the next meeting is microseconds away. */
  static final class Barrier {

    private final int parts;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int meeting;
    private volatile boolean broken;

    Barrier(int parts) {
      this.parts = parts;
    }

    void await() {
      int mine = meeting;
      if (arrived.incrementAndGet() == parts) {
        arrived.set(0);
        meeting = mine + 1;
        return;
      }
      for (int spins = 0; meeting == mine; spins++) {
        if (broken) {
          throw new IllegalStateException("workers: another thread of the team failed");
        }
        pause(spins);
      }
    }

    /** Release all who wait, now and later: a thread of the team will never come. */
    void breakUp() {
      broken = true;
    }

    boolean isBroken() {
      return broken;
    }

    /** Make the barrier whole again, when nobody waits. */
    void mend() {
      arrived.set(0);
      broken = false;
    }
  }
}
