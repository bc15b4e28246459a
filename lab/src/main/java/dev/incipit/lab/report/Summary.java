package dev.incipit.lab.report;

import dev.incipit.lab.experiment.Contestant;
import dev.incipit.lab.experiment.DepthResult;
import dev.incipit.lab.experiment.Run;
import dev.incipit.lab.experiment.Setup;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The summary of the main job, as its JSON file holds it.
 *
 * @param command the command line
 * @param data where the images came from
 * @param setup the settings
 * @param environment where it ran
 * @param seconds how long it took
 * @param results one entry a depth
 */
public record Summary(
    String command,
    String data,
    Setup setup,
    Environment environment,
    double seconds,
    List<Entry> results) {

  /** Copy the list. */
  public Summary {
    results = List.copyOf(results);
  }

  /**
   * One depth.
   *
   * @param depth number of weight layers
   * @param threshold training loss, in nats, that a run must fall below
   * @param he runs from He
   * @param xavier runs from Xavier
   * @param pValue one-sided Mann-Whitney p that He's steps are fewer
   * @param ratio Xavier's median steps over He's; null where Xavier's median run never got there
   * @param stepWhereHeCrosses first step at which the mean of He's losses is below the threshold
   * @param xavierLossThere mean of Xavier's losses at that step, in nats
   * @param xavierBelowChanceThere ln 10 minus that: how far Xavier had come
   * @param verdict {@code holds} or {@code does not hold}
   */
  public record Entry(
      int depth,
      double threshold,
      Side he,
      Side xavier,
      double pValue,
      @Nullable Double ratio,
      @Nullable Integer stepWhereHeCrosses,
      @Nullable Double xavierLossThere,
      @Nullable Double xavierBelowChanceThere,
      String verdict) {

    static Entry of(DepthResult result) {
      var crossing = result.stepWhereHeCrosses();
      Double loss =
          crossing.isPresent() ? result.meanLoss(Contestant.XAVIER, crossing.getAsInt()) : null;
      return new Entry(
          result.depth(),
          result.threshold(),
          Side.of(result, Contestant.HE),
          Side.of(result, Contestant.XAVIER),
          result.pValue(),
          orNull(result.ratio()),
          crossing.isPresent() ? crossing.getAsInt() : null,
          loss,
          loss == null ? null : DepthResult.CHANCE - loss,
          result.holds() ? "holds" : "does not hold");
    }
  }

  /**
   * The runs of one initialization.
   *
   * @param initializer the initializer, as the command line names it
   * @param stepsToThreshold steps by seed; null where a run never fell below the threshold
   * @param medianSteps their median; null where half of the runs never did
   * @param finalLoss mean of the last training losses, in nats
   * @param finalError mean of the last errors on held-out images, in 0..1
   * @param finalLossBySeed the last training loss of each seed
   * @param finalErrorBySeed the last error of each seed
   * @param atChanceBySeed whether the run still stood at chance when it ended
   */
  public record Side(
      String initializer,
      List<@Nullable Integer> stepsToThreshold,
      @Nullable Double medianSteps,
      double finalLoss,
      double finalError,
      List<Double> finalLossBySeed,
      List<Double> finalErrorBySeed,
      List<Boolean> atChanceBySeed) {

    static Side of(DepthResult result, Contestant contestant) {
      List<Run> runs = result.runs(contestant);
      return new Side(
          contestant.weights().toString(),
          steps(runs),
          orNull(result.medianSteps(contestant)),
          result.finalLoss(contestant),
          result.finalError(contestant),
          runs.stream().map(run -> run.last().trainLoss()).toList(),
          runs.stream().map(run -> run.last().validationError()).toList(),
          result.atChance(contestant));
    }

    private static List<@Nullable Integer> steps(List<Run> runs) {
      List<@Nullable Integer> steps = new java.util.ArrayList<>();
      for (Run run : runs) {
        steps.add(run.stepsToThreshold().isPresent() ? run.stepsToThreshold().getAsInt() : null);
      }
      return steps;
    }
  }

  /** Summarize results. */
  public static List<Entry> entries(List<DepthResult> results) {
    return results.stream().map(Entry::of).toList();
  }

  private static @Nullable Double orNull(OptionalDouble x) {
    return x.isPresent() ? x.getAsDouble() : null;
  }
}
