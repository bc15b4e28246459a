package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import java.util.function.LongSupplier;

/**
 * Decides by whom work that comes again and again is done: by the team of threads, or by the caller
 * alone where that was faster of late.
 *
 * <p>What a team gains depends on more than the work: two processors that share a cache do the step
 * of a deep network in two thirds of one's time, two that share none may take twice that time, and
 * a virtual machine moves from such a pair to another within seconds. So nobody decides beforehand:
 * now and then some cycles are done the other way, and the faster way is kept. The number of
 * threads never changes a result, so neither does the choice.
 *
 * <p>At first both ways take turns, each for as long as the other, until both have done some
 * cycles: what one thread never calls, such as tiles of half as many rows, C2 has not compiled, and
 * four cycles now and then would not bring it to do so. A team that was to win by a factor of 1.7
 * lost by 2 for its first hundred cycles.
 *
 * <p>A cycle lasts from one forward pass to the next. Its parts are not timed by themselves: what
 * one part gains by a second thread, the next may lose where it finds its numbers in the other
 * thread's cache.
 */
final class TeamChoice {

  /** Cycles of each way at first; C2 comes to what is called some times a cycle. */
  private static final int WARM_UP = 128;

  /** Cycles of the faster way after which the slower one will hardly win. */
  private static final int MOST_WARM_UP = 4 * WARM_UP;

  /** Until when both ways take turns at most: where cycles are long, each calls all often. */
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  /** Cycles of which the shortest counts: the first finds its numbers in another cache. */
  private static final int TRIES = 4;

  /** Gains below this may be noise. */
  private static final double LEAST_GAIN = 1.03;

  /** Cycles between two trials for each whose time a trial lost: a trial costs a hundredth. */
  private static final int PER_LOST_CYCLE = 100;

  private static final int FEWEST_CYCLES = 8 * TRIES;
  private static final int MOST_CYCLES = 1 << 20;

  /** Cycles after a change of sides. */
  private static final int UNTIL_CONFIRMED = 2 * TRIES;

  private final boolean isLarge;
  private final LongSupplier clock;

  private boolean hasBegun;
  private boolean isWarm;
  private int cyclesByTeam;
  private int cyclesByOne;
  private long nanosByTeam;
  private long nanosByOne;

  private boolean isByTeam = true;
  private boolean isTrial;

  /** Cycles until this turn ends, until the next trial begins, or until this one ends. */
  private int left = TRIES;

  private long begin;
  private long usual = Long.MAX_VALUE;
  private long tried = Long.MAX_VALUE;

  /**
   * Begin with the team.
   *
   * @param isLarge whether the team may gain anything: if not, it is never called
   * @param clock time in nanoseconds
   */
  TeamChoice(boolean isLarge, LongSupplier clock) {
    this.isLarge = isLarge;
    this.clock = clock;
  }

  /** Return whether the team does the work of this cycle. */
  boolean isByTeam() {
    return isLarge && isByTeam != isTrial;
  }

  /** Run a part of this cycle's work. */
  void run(Workers.Task task) {
    if (isByTeam()) {
      Workers.run(task);
    } else {
      task.run(Share.WHOLE);
    }
  }

  /** Begin a cycle, which ends the one before. */
  void next() {
    if (!isLarge || Workers.threads() == 1) {
      return;
    }
    long now = clock.getAsLong();
    long cycle = now - begin;
    begin = now;
    if (!hasBegun) {
      hasBegun = true;
      return;
    }
    left--;
    if (!isWarm) {
      warmUp(cycle);
      return;
    }
    if (isTrial) {
      tried = Math.min(tried, cycle);
    } else if (left < TRIES) {
      usual = Math.min(usual, cycle);
    }
    if (left == 0) {
      turn();
    }
  }

  /** Let the way go on that has had less time. */
  private void warmUp(long cycle) {
    if (isByTeam) {
      cyclesByTeam++;
      nanosByTeam += cycle;
    } else {
      cyclesByOne++;
      nanosByOne += cycle;
    }
    if (left == 0) {
      left = TRIES;
      isByTeam = nanosByTeam <= nanosByOne;
    }
    isWarm =
        Math.min(cyclesByTeam, cyclesByOne) >= WARM_UP
            || Math.max(cyclesByTeam, cyclesByOne) >= MOST_WARM_UP
            || nanosByTeam + nanosByOne >= WARM_UP_NANOS;
    if (isWarm) {
      isByTeam = true;
      left = TRIES + 1;
    }
  }

  /** Begin a trial, or end it and keep the faster way. */
  private void turn() {
    isTrial = !isTrial;
    if (isTrial) {
      left = TRIES;
      return;
    }
    // A clock need not move between two cycles.
    double gain = (double) Math.max(1, usual) / Math.max(1, tried);
    if (gain >= LEAST_GAIN) {
      // It may have won only because it came later, when more was compiled: the other way is soon
      // tried again.
      isByTeam = !isByTeam;
      left = UNTIL_CONFIRMED;
    } else {
      double lost = TRIES * Math.max(0, 1 / gain - 1);
      left = (int) Math.clamp(PER_LOST_CYCLE * lost, FEWEST_CYCLES, MOST_CYCLES);
    }
    usual = Long.MAX_VALUE;
    tried = Long.MAX_VALUE;
  }
}
