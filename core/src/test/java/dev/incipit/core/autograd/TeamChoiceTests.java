package dev.incipit.core.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Let cycles of stated lengths pass by a clock that only they move.
 *
 * <p>Trials may cost a hundredth of the time; bounds allow half as much again for the first ones,
 * which come sooner. What taking turns costs at first has bounds of its own, and is over after
 * {@link #WARM_UP} cycles.
 */
final class TeamChoiceTests {

  private static final int THREADS = Workers.threads();

  /** Both ways' cycles until they no longer take turns, at most. */
  private static final int WARM_UP = 1_024;

  private long now;
  private long together;
  private long alone;

  /** Cycles that the team did, and those that one thread did. */
  private int byTeam;

  private int byOne;

  @BeforeEach
  void callTwoThreads() {
    Workers.setThreads(2);
  }

  @AfterEach
  void restoreThreads() {
    Workers.setThreads(THREADS);
  }

  @Test
  void keepsTheTeamWhereItIsFaster() {
    TeamChoice choice = warm(100, 150);
    pass(choice, 10_000, 100, 150);
    assertTrue(byOne > 0, "nobody tried one thread");
    assertTrue(lost(100) < 0.015, "lost " + lost(100));
  }

  @Test
  void leavesTheTeamWhereItIsSlower() {
    TeamChoice choice = warm(200, 100);
    pass(choice, 10_000, 200, 100);
    assertTrue(byTeam > 4, "nobody tried the team again");
    assertTrue(lost(100) < 0.015, "lost " + lost(100));
  }

  @Test
  void losesLittleByATrialOfWhatIsFarSlower() {
    TeamChoice choice = warm(100, 6_400);
    pass(choice, 100_000, 100, 6_400);
    assertTrue(lost(100) < 0.015, "lost " + lost(100));
  }

  @Test
  void followsTheMachine() {
    TeamChoice choice = warm(100, 150);
    pass(choice, 1_000, 100, 150);
    assertTrue(byTeam > 950, "by team " + byTeam);
    pass(choice, 1_000, 200, 150);
    assertTrue(byOne > 700, "by one " + byOne);
    pass(choice, 1_000, 100, 150);
    assertTrue(byTeam > 700, "by team " + byTeam);
  }

  @Test
  void isNotMisledByAPauseOrAColdCache() {
    TeamChoice choice = warm(100, 150);
    for (int i = 0; i < 200; i++) {
      boolean was = choice.isByTeam();
      pass(choice, 1, 100, 150);
      if (i % 3 == 0 || was != choice.isByTeam()) {
        now += 1_000_000;
      }
    }
    pass(choice, 1_000, 100, 150);
    assertTrue(byTeam > 950, "by team " + byTeam);
  }

  /** A way that is tried second is tried when more of the code is compiled. */
  @Test
  void isNotMisledBySlowCyclesBeforeATrial() {
    TeamChoice choice = warm(50, 100);
    while (choice.isByTeam()) {
      pass(choice, 1, 5_000, 1_000);
    }
    pass(choice, 4, 5_000, 1_000);
    pass(choice, 30, 50, 100);
    pass(choice, 100, 50, 100);
    assertTrue(byTeam > 95, "by team " + byTeam);
  }

  /** What only a team calls is slow until it was called often. */
  @Test
  void findsAGainThatComesAfterAHundredCyclesOfTheTeam() {
    for (long pause : new long[] {0, 3_000_000_000L}) {
      TeamChoice choice = choice(true);
      int cyclesByTeam = 0;
      for (int i = 0; i < WARM_UP; i++) {
        pass(choice, 1, cyclesByTeam < 4 ? 50_000 : cyclesByTeam < 110 ? 500 : 160, 250);
        cyclesByTeam += byTeam;
        now += i % 7 == 0 ? pause : 0;
      }
      pass(choice, 1_000, 160, 250);
      assertTrue(byTeam > 950, "pause %d: by team %d".formatted(pause, byTeam));
    }
  }

  @Test
  void takesTurnsAtFirstForATimeOnly() {
    pass(choice(true), WARM_UP, 200, 100);
    assertTrue(byTeam <= 160, "by team " + byTeam);
    pass(choice(true), WARM_UP, 100, 6_400);
    // Two turns whose time says nothing, two that take as long as 512 cycles of the team, a trial.
    assertTrue(byOne <= 20, "by one " + byOne);
    long second = 1_000_000_000;
    pass(choice(true), 100, second / 20, second / 10);
    assertTrue(byOne <= 20, "by one " + byOne);
  }

  @Test
  void staysWithTheTeamOnAClockThatStandsStill() {
    TeamChoice choice = warm(0, 0);
    pass(choice, 1_000, 0, 0);
    assertTrue(byTeam > 850, "by team " + byTeam);
  }

  @Test
  void neverCallsTheTeamForLittleWork() {
    TeamChoice choice = choice(false);
    pass(choice, 100, 100, 1_000);
    assertEquals(0, byTeam);
  }

  @Test
  void tellsParametersWhoComputedTheirGradients() {
    Parameter parameter = new Parameter("w", Tensor.zeros(3));
    assertTrue(parameter.isDivided());
    parameter.gradientBy(choice(false));
    assertFalse(parameter.isDivided());
    parameter.gradientBy(choice(true));
    assertTrue(parameter.isDivided());
  }

  private TeamChoice choice(boolean isLarge) {
    return new TeamChoice(isLarge, () -> now);
  }

  /** Return a choice that no longer takes turns. */
  private TeamChoice warm(long nanosTogether, long nanosAlone) {
    TeamChoice choice = choice(true);
    pass(choice, WARM_UP, nanosTogether, nanosAlone);
    return choice;
  }

  private void pass(TeamChoice choice, int cycles, long nanosTogether, long nanosAlone) {
    byTeam = 0;
    byOne = 0;
    together = nanosTogether;
    alone = nanosAlone;
    for (int i = 0; i < cycles; i++) {
      choice.next();
      choice.run(
          share -> {
            if (share.isFirst()) {
              boolean isTeam = share.parts() > 1;
              byTeam += isTeam ? 1 : 0;
              byOne += isTeam ? 0 : 1;
              now += isTeam ? together : alone;
            }
          });
    }
  }

  /** Return the share of time lost against doing every cycle in the shorter time. */
  private double lost(long shorter) {
    return (double) (byTeam * together + byOne * alone) / ((byTeam + byOne) * shorter) - 1;
  }
}
