package dev.incipit.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DepthResultTests {

  private static final int NEVER = -1;
  private static final int STEPS = 40;

  @Test
  void completeSeparationOfFiveSeedsHoldsAtOneIn252() {
    DepthResult result = result(new int[] {10, 11, 12, 13, 14}, new int[] {20, 21, 22, 23, 24});
    // All 252 ways to rank ten runs are equally likely if both are alike; one is as extreme.
    assertEquals(1 / 252.0, result.pValue(), 1e-12);
    assertTrue(result.holds());
    assertEquals(OptionalDouble.of(12), result.medianSteps(Contestant.HE));
    assertEquals(22.0 / 12, result.ratio().orElseThrow(), 1e-12);
  }

  @Test
  void runsThatNeverCrossCountAsLatest() {
    DepthResult result =
        result(new int[] {10, 11, 12, 13, 14}, new int[] {NEVER, NEVER, NEVER, NEVER, NEVER});
    assertTrue(result.pValue() < 0.01);
    assertTrue(result.holds());
    assertEquals(OptionalDouble.empty(), result.medianSteps(Contestant.XAVIER));
    assertEquals(OptionalDouble.empty(), result.ratio());
  }

  @Test
  void aMedianExistsAsLongAsTheMiddleRunCrosses() {
    DepthResult result =
        result(new int[] {10, 11, 12, NEVER, NEVER}, new int[] {20, 21, NEVER, NEVER, NEVER});
    assertEquals(OptionalDouble.of(12), result.medianSteps(Contestant.HE));
    assertEquals(OptionalDouble.empty(), result.medianSteps(Contestant.XAVIER));
  }

  @Test
  void theOppositeOrderDoesNotHold() {
    DepthResult result = result(new int[] {20, 21, 22, 23, 24}, new int[] {10, 11, 12, 13, 14});
    assertEquals(1.0, result.pValue(), 1e-12);
    assertFalse(result.holds());
  }

  @Test
  void equalRunsDoNotHold() {
    int[] same = {10, 11, 12, 13, 14};
    assertFalse(result(same, same).holds());
    int[] never = {NEVER, NEVER, NEVER, NEVER, NEVER};
    assertFalse(result(never, never).holds());
  }

  @Test
  void fourSeedsAreTooFew() {
    assertFalse(result(new int[] {1, 2, 3, 4}, new int[] {11, 12, 13, 14}).holds());
  }

  @Test
  void chanceIsLeftWhenTheLossFallsClearlyBelowTheLogOfTen() {
    DepthResult result =
        new DepthResult(
            3,
            1.5,
            List.of(run(Contestant.HE, 0, 10, DepthResult.CHANCE - 0.06)),
            List.of(run(Contestant.XAVIER, 0, NEVER, DepthResult.CHANCE - 0.04)));
    assertEquals(List.of(false), result.atChance(Contestant.HE));
    assertEquals(List.of(true), result.atChance(Contestant.XAVIER));
    assertEquals(2.302585, DepthResult.CHANCE, 1e-6);
  }

  @Test
  void anExplodedRunHasNotLeftChance() {
    DepthResult result =
        new DepthResult(
            3,
            1.5,
            List.of(run(Contestant.HE, 0, NEVER, Double.NaN)),
            List.of(run(Contestant.XAVIER, 0, NEVER, Double.NaN)));
    assertEquals(List.of(true), result.atChance(Contestant.HE));
    assertEquals(OptionalInt.empty(), result.stepWhereHeCrosses());
  }

  @Test
  void theMeanOfHesLossesDecidesWhereHeCrosses() {
    // One run falls from 2.0 to 1.6 after step 25, the other stays at 1.3: the mean falls from 1.65
    // to 1.45.
    List<Double> falling = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      falling.add(step <= 25 ? 2.0 : 1.6);
    }
    Run first = new Run(3, Contestant.HE, 0, points(1.6), falling, OptionalInt.empty());
    Run second = run(Contestant.HE, 1, 20, 1.3);
    DepthResult result =
        new DepthResult(
            3, 1.5, List.of(first, second), List.of(run(Contestant.XAVIER, 0, NEVER, 2.3)));
    assertEquals(OptionalInt.of(26), result.stepWhereHeCrosses());
    assertEquals(2.3, result.meanLoss(Contestant.XAVIER, 26), 1e-12);
  }

  private static DepthResult result(int[] he, int[] xavier) {
    return new DepthResult(3, 1.5, runs(Contestant.HE, he), runs(Contestant.XAVIER, xavier));
  }

  private static List<Run> runs(Contestant contestant, int[] steps) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      runs.add(run(contestant, i, steps[i], 2));
    }
    return runs;
  }

  private static Run run(Contestant contestant, long seed, int steps, double loss) {
    return new Run(
        3,
        contestant,
        seed,
        points(loss),
        Collections.nCopies(STEPS, loss),
        steps == NEVER ? OptionalInt.empty() : OptionalInt.of(steps));
  }

  private static List<Run.Point> points(double loss) {
    return List.of(new Run.Point(STEPS, 1, loss, loss, 0.5));
  }
}
