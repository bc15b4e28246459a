package dev.incipit.lab.command;

import dev.incipit.lab.experiment.Contestant;
import dev.incipit.lab.experiment.DepthResult;
import dev.incipit.lab.experiment.Run;
import dev.incipit.lab.experiment.Setup;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The verdict of the main job in words. */
final class VerdictText {

  private VerdictText() {}

  static void print(PrintWriter out, Setup setup, List<DepthResult> results) {
    int steps = results.getFirst().he().getFirst().losses().size();
    out.printf(
        "%nSteps until the training loss (mean of %d batches) fell below %s, of %d; one a seed:%n",
        Setup.WINDOW, setup.threshold(), steps);
    out.printf(
        "%n%6s  %-7s %-34s %7s %11s %12s%n",
        "layers", "init", "steps", "median", "final loss", "final error");
    for (DepthResult result : results) {
      for (Contestant contestant : Contestant.values()) {
        out.printf(
            "%6d  %-7s %-34s %7s %11.3f %10.1f %%%n",
            result.depth(),
            contestant.title(),
            steps(result.runs(contestant)),
            number(result.medianSteps(contestant), "never"),
            result.finalLoss(contestant),
            100 * result.finalError(contestant));
      }
    }
    out.println();
    results.forEach(result -> verdict(out, result));
  }

  private static String steps(List<Run> runs) {
    return runs.stream()
        .map(
            run ->
                run.stepsToThreshold().isPresent()
                    ? Integer.toString(run.stepsToThreshold().getAsInt())
                    : "never")
        .collect(Collectors.joining(" "));
  }

  private static String number(OptionalDouble x, String none) {
    return x.isPresent() ? "%.0f".formatted(x.getAsDouble()) : none;
  }

  private static void verdict(PrintWriter out, DepthResult result) {
    out.printf(
        "%d layers: He before Xavier %s (Mann-Whitney p = %.4f, one-sided%s)%n",
        result.depth(),
        result.holds() ? "holds" : "DOES NOT HOLD",
        result.pValue(),
        result.ratio().isPresent()
            ? "; Xavier takes %.1f times as many steps".formatted(result.ratio().getAsDouble())
            : "");
    result
        .stepWhereHeCrosses()
        .ifPresent(
            step -> {
              double loss = result.meanLoss(Contestant.XAVIER, step);
              double gain = DepthResult.CHANCE - loss;
              out.printf(
                  "  where He's mean loss crosses (step %d) Xavier's is %.4f, %.4f %s ln 10 = %.4f%n",
                  step, loss, Math.abs(gain), gain < 0 ? "above" : "below", DepthResult.CHANCE);
            });
    List<Boolean> atChance = result.atChance(Contestant.XAVIER);
    long standing = atChance.stream().filter(still -> still).count();
    out.printf(
        "  at the end %d of %d Xavier runs still stood at chance%s%n",
        standing, atChance.size(), standing == 0 ? "" : ": seeds " + seeds(result, atChance));
  }

  private static String seeds(DepthResult result, List<Boolean> atChance) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < atChance.size(); i++) {
      if (atChance.get(i)) {
        text.append(text.isEmpty() ? "" : ", ").append(result.xavier().get(i).seed());
      }
    }
    return text.toString();
  }
}
