package dev.incipit.lab.report;

import dev.incipit.lab.experiment.Draw;
import dev.incipit.lab.experiment.Rule;
import dev.incipit.lab.experiment.Statistic;
import dev.incipit.lab.experiment.TheoryCheck;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A draw against theory, as its JSON file holds it.
 *
 * @param command the command line
 * @param initializer text of the initializer
 * @param shape extents of the weights
 * @param seed the seed
 * @param statistics numbers of the draw
 * @param rules what every draw must satisfy
 * @param falseAlarmRate how often a right library's verdict fails
 * @param verdict {@code consistent} or {@code not consistent}
 */
public record DrawSummary(
    String command,
    String initializer,
    List<Integer> shape,
    long seed,
    List<Entry> statistics,
    List<Rule> rules,
    double falseAlarmRate,
    String verdict) {

  /** Copy the lists. */
  public DrawSummary {
    shape = List.copyOf(shape);
    statistics = List.copyOf(statistics);
    rules = List.copyOf(rules);
  }

  /**
   * A statistic.
   *
   * @param name what it is
   * @param sample its value
   * @param theory what theory gives; null if nothing
   * @param standardError its deviation from draw to draw; null if not known
   * @param z the difference in standard errors; null if not known
   * @param p two-sided p-value; null if it is not judged
   */
  public record Entry(
      String name,
      double sample,
      @Nullable Double theory,
      @Nullable Double standardError,
      @Nullable Double z,
      @Nullable Double p) {

    private static Entry of(Statistic statistic) {
      return new Entry(
          statistic.name(),
          statistic.sample(),
          orNull(statistic.theory()),
          orNull(statistic.standardError()),
          orNull(statistic.z()),
          orNull(statistic.p()));
    }

    private static @Nullable Double orNull(OptionalDouble x) {
      return x.isPresent() ? x.getAsDouble() : null;
    }
  }

  /** Put a draw and its check together. */
  public static DrawSummary of(String command, Draw draw, TheoryCheck check) {
    return new DrawSummary(
        command,
        draw.initializer().toString(),
        Arrays.stream(draw.shape().extents()).boxed().toList(),
        draw.seed(),
        check.statistics().stream().map(Entry::of).toList(),
        check.rules(),
        TheoryCheck.FALSE_ALARM_RATE,
        check.failures().isEmpty() ? "consistent" : "not consistent");
  }
}
