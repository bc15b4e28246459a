package dev.incipit.lab.report;

import dev.incipit.lab.experiment.Contestant;
import dev.incipit.lab.experiment.DepthResult;
import dev.incipit.lab.experiment.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes the curves of the main job as CSV: no times in it, so that two runs compare byte for byte.
 */
public final class Curves {

  private static final String HEADER =
      "depth,init,seed,step,epoch,train_loss,validation_loss,validation_error";

  private Curves() {}

  /**
   * Write the curves.
   *
   * @param file where they go
   * @param results all runs
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, List<DepthResult> results) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (DepthResult result : results) {
      for (Contestant contestant : Contestant.values()) {
        for (Run run : result.runs(contestant)) {
          run.points().forEach(point -> append(text, run, point));
        }
      }
    }
    WholeFile.write(file, part -> Files.writeString(part, text));
  }

  private static void append(StringBuilder text, Run run, Run.Point point) {
    text.append(run.depth())
        .append(',')
        .append(run.contestant().id())
        .append(',')
        .append(run.seed())
        .append(',')
        .append(point.step())
        .append(',')
        .append(String.format(Locale.ROOT, "%.4f", point.epoch()))
        .append(',')
        .append(point.trainLoss())
        .append(',')
        .append(point.validationLoss())
        .append(',')
        .append(String.format(Locale.ROOT, "%.4f", point.validationError()))
        .append('\n');
  }
}
