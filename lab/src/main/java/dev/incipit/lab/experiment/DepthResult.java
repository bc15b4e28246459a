package dev.incipit.lab.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * What the runs of one depth say.
 *
 * <p>The claim holds if He's steps to the threshold are fewer: one-sided Mann-Whitney U test, p
 * below 0.01, over at least five seeds. A run that never falls below the threshold counts as later
 * than all that do.
 *
 * @param depth number of weight layers
 * @param threshold the threshold, in nats
 * @param he runs from He, one a seed
 * @param xavier runs from Xavier, one a seed, in the same order
 */
public record DepthResult(int depth, double threshold, List<Run> he, List<Run> xavier) {

  /** Loss of a network that knows nothing, in nats, for ten classes. */
  public static final double CHANCE = StrictMath.log(10);

  /** A run whose last training loss is no further below chance than this still stands there. */
  public static final double CHANCE_MARGIN = 0.05;

  private static final double SIGNIFICANCE = 0.01;
  private static final int FEWEST_SEEDS = 5;

  /** Copy the lists. */
  public DepthResult {
    he = List.copyOf(he);
    xavier = List.copyOf(xavier);
  }

  /** Return the runs of one contestant, one a seed. */
  public List<Run> runs(Contestant contestant) {
    return switch (contestant) {
      case HE -> he;
      case XAVIER -> xavier;
    };
  }

  /** Return the probability of steps so much fewer for He if both were alike. */
  public double pValue() {
    return MannWhitneyUTest.withDefaults()
        .with(AlternativeHypothesis.LESS_THAN)
        .test(ranks(he), ranks(xavier))
        .getPValue();
  }

  /** Return steps to the threshold, infinity standing for never. */
  private static double[] ranks(List<Run> runs) {
    return runs.stream()
        .mapToDouble(
            run ->
                run.stepsToThreshold().isPresent()
                    ? run.stepsToThreshold().getAsInt()
                    : Double.POSITIVE_INFINITY)
        .toArray();
  }

  /** Return the median of steps to the threshold; empty if half of the runs never got there. */
  public OptionalDouble medianSteps(Contestant contestant) {
    double[] steps = ranks(runs(contestant));
    Arrays.sort(steps);
    double median = (steps[(steps.length - 1) / 2] + steps[steps.length / 2]) / 2;
    return Double.isInfinite(median) ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  /** Return Xavier's median over He's; empty where one of them has none. */
  public OptionalDouble ratio() {
    OptionalDouble fast = medianSteps(Contestant.HE);
    OptionalDouble slow = medianSteps(Contestant.XAVIER);
    return fast.isPresent() && slow.isPresent()
        ? OptionalDouble.of(slow.getAsDouble() / fast.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Return whether the data support the claim at this depth. */
  public boolean holds() {
    return he.size() >= FEWEST_SEEDS && pValue() < SIGNIFICANCE;
  }

  /** Return the first step at which the mean of He's training losses lies below the threshold. */
  public OptionalInt stepWhereHeCrosses() {
    for (int step = Setup.WINDOW; step <= he.getFirst().losses().size(); step++) {
      if (meanLoss(Contestant.HE, step) < threshold) {
        return OptionalInt.of(step);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Return the mean over seeds of the training loss.
   *
   * @param contestant whose
   * @param step after how many steps, from 1
   */
  public double meanLoss(Contestant contestant, int step) {
    return runs(contestant).stream()
        .mapToDouble(run -> run.losses().get(step - 1))
        .average()
        .orElseThrow();
  }

  /** Return the mean over seeds of the last training loss, in nats. */
  public double finalLoss(Contestant contestant) {
    return runs(contestant).stream()
        .mapToDouble(run -> run.last().trainLoss())
        .average()
        .orElseThrow();
  }

  /** Return the mean over seeds of the last error on held-out images. */
  public double finalError(Contestant contestant) {
    return runs(contestant).stream()
        .mapToDouble(run -> run.last().validationError())
        .average()
        .orElseThrow();
  }

  /** Return for each seed whether the run still stood at chance when it ended. */
  public List<Boolean> atChance(Contestant contestant) {
    List<Boolean> result = new ArrayList<>();
    for (Run run : runs(contestant)) {
      result.add(!(run.last().trainLoss() < CHANCE - CHANCE_MARGIN));
    }
    return Collections.unmodifiableList(result);
  }
}
