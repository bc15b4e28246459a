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
 * <p>At first both ways take turns: what one thread never calls, such as tiles of half as many
 * rows, C2 has not compiled, and four cycles now and then would not bring it to do so. A team that
 * was to win by a factor of 1.7 lost by 2 for its first hundred cycles. After two turns each, in
 * which hardly anything is compiled, the way that has had less time goes on, until both have done
 * 128 cycles, one 512, or a second has passed.
 *
 * <p>A cycle lasts from one forward pass to the next. Its parts are not timed by themselves: what
 * one part gains by a second thread, the next may lose where it finds its numbers in the other
 * thread's cache.
 */
final class TeamChoice {

  /** Cycles of each way at first: C2 compiles what was called some hundred times. */
  private static final int WARM_UP = 128;

  /** Cycles of one way that end the turns though the other, four times as slow, has done fewer. */
  private static final int MOST_WARM_UP = 4 * WARM_UP;

  /** Time that ends the turns: within a long cycle everything is called often. */
  private static final long WARM_UP_NANOS = 1_000_000_000L;

  /** Cycles of which the shortest counts: the first finds its numbers in another cache. */
  private static final int TRIES = 4;

  /** Gains below this may be noise. */
  private static final double LEAST_GAIN = 1.03;

  /** Cycles between two trials for each whose time a trial lost: a trial costs a hundredth. */
  private static final int PER_LOST_CYCLE = 100;

  /** First cycles of each way whose time says nothing. */
  private static final int UNCOMPILED = 2 * TRIES;

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

  /** Cycles until this turn ends; later until the next trial begins, or until this trial ends. */
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

  /** Count a cycle, and at the end of a turn say whose is the next. */
  private void warmUp(long cycle) {
    usual = Math.min(usual, cycle);
    if (left > 0) {
      return;
    }
    // By the shortest, so that a pause between two cycles is nobody's.
    long time = TRIES * usual;
    if (isByTeam) {
      nanosByTeam += cyclesByTeam < UNCOMPILED ? 0 : time;
      cyclesByTeam += TRIES;
    } else {
      nanosByOne += cyclesByOne < UNCOMPILED ? 0 : time;
      cyclesByOne += TRIES;
    }
    int fewest = Math.min(cyclesByTeam, cyclesByOne);
    int most = Math.max(cyclesByTeam, cyclesByOne);
    isWarm = fewest >= WARM_UP || most >= MOST_WARM_UP || nanosByTeam + nanosByOne >= WARM_UP_NANOS;
    isByTeam =
        isWarm || (fewest < UNCOMPILED ? cyclesByTeam <= cyclesByOne : nanosByTeam <= nanosByOne);
    left = isWarm ? TRIES + 1 : TRIES;
    usual = Long.MAX_VALUE;
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
