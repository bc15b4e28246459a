package dev.incipit.lab.command;

import dev.incipit.core.tensor.Shape;
import dev.incipit.init.Distribution;
import dev.incipit.init.Family;
import dev.incipit.init.Fan;
import dev.incipit.init.FanMode;
import dev.incipit.init.Theory;
import dev.incipit.lab.experiment.Draw;
import dev.incipit.lab.experiment.Histogram;
import dev.incipit.lab.experiment.Marginal;
import dev.incipit.lab.experiment.Rule;
import dev.incipit.lab.experiment.Statistic;
import dev.incipit.lab.experiment.TheoryCheck;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A draw, and the catalogue, in words. */
final class InitText {

  private static final int BINS = 21;
  private static final int BAR = 60;

  private InitText() {}

  /** Print the table of a draw, its histogram and the verdict. */
  static void print(PrintWriter out, Draw draw, Marginal marginal, TheoryCheck check) {
    Theory theory = draw.theory();
    out.printf(
        Locale.ROOT,
        "%s, shape %s%s, seed %d: %,d weights%n",
        draw.initializer(),
        draw.shape(),
        fan(draw.shape()),
        draw.seed(),
        draw.weights().size());
    out.printf(
        "support from %s to %s%n%n", Digits.of(theory.low(), 7), Digits.of(theory.high(), 7));
    table(out, check.statistics());
    out.println();
    if (draw.hasForm()) {
      histogram(out, marginal);
    }
    for (Rule rule : check.rules()) {
      out.printf(
          "%s: %s, at most %s%s%n",
          rule.name(),
          Digits.of(rule.value(), 3),
          Digits.of(rule.limit(), 3),
          rule.holds() ? "" : "  BROKEN");
    }
    verdict(out, check);
  }

  private static String fan(Shape shape) {
    if (shape.rank() < 2) {
      return "";
    }
    Fan fan = Fan.of(shape);
    return " (fan in %d, fan out %d)".formatted(fan.fanIn(), fan.fanOut());
  }

  private static void table(PrintWriter out, List<Statistic> statistics) {
    int width = statistics.stream().mapToInt(row -> row.name().length()).max().orElseThrow();
    String form = "%-" + width + "s %13s %13s %13s %7s %9s%n";
    out.printf(form, "", "sample", "theory", "std. error", "z", "p");
    for (Statistic row : statistics) {
      out.printf(
          form,
          row.name(),
          Digits.of(row.sample(), 7),
          Digits.of(row.theory(), 7),
          Digits.of(row.standardError(), 3),
          row.z().isPresent() ? String.format(Locale.ROOT, "%+.2f", row.z().getAsDouble()) : "",
          Digits.of(row.p(), 3));
    }
  }

  /** Print bars of #, with a | where theory expects a bar to end. */
  private static void histogram(PrintWriter out, Marginal marginal) {
    Histogram histogram = Histogram.of(marginal, BINS);
    double most = 0;
    for (int bin = 0; bin < BINS; bin++) {
      most = Math.max(most, Math.max(histogram.count(bin), histogram.expected(bin).orElse(0.0)));
    }
    for (int bin = 0; bin < BINS; bin++) {
      char[] bar = new char[BAR + 1];
      Arrays.fill(bar, ' ');
      Arrays.fill(bar, 0, (int) Math.round(BAR * histogram.count(bin) / most), '#');
      Optional<Double> expected = histogram.expected(bin);
      if (expected.isPresent()) {
        bar[(int) Math.round(BAR * expected.get() / most)] = '|';
      }
      double middle = 0.5 * (histogram.edge(bin) + histogram.edge(bin + 1));
      out.printf("%12s %s%n", Digits.of(middle, 4), new String(bar).stripTrailing());
    }
    out.println(
        histogram.density().isPresent() ? "# weights, | expected by theory\n" : "# weights\n");
  }

  private static void verdict(PrintWriter out, TheoryCheck check) {
    List<String> failures = check.failures();
    OptionalDouble least =
        check.statistics().stream()
            .map(Statistic::p)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .min();
    out.printf(
        "verdict: %s with theory%s%s%n",
        failures.isEmpty() ? "consistent" : "NOT CONSISTENT",
        failures.isEmpty() ? "" : " in " + String.join(", ", failures),
        least.isPresent()
            ? " (least p %s, limit %s; wrong for 1 seed in 10,000)"
                .formatted(Digits.of(least, 2), Digits.of(check.limit(), 2))
            : "");
  }

  /** Print initializers, what their parameters may be, and methods that look at data. */
  static void catalogue(PrintWriter out, List<Family> families, List<Family> calibrations) {
    out.println("Initializers:");
    families(out, families);
    out.println("mode is one of " + names(FanMode.values()));
    out.println("distribution is one of " + names(Distribution.values()));
    out.println(
        "biases take the families without a fan: zeros (the default), ones, constant(c),"
            + " normal, truncated-normal, uniform");
    out.printf("%nCalibrations, of a whole network on a batch of data:%n");
    families(out, calibrations);
  }

  /** Print every family with its formula, and below it its source. */
  private static void families(PrintWriter out, List<Family> families) {
    int width = families.stream().mapToInt(family -> family.signature().length()).max().orElse(0);
    for (Family family : families) {
      out.printf("%-" + width + "s  %s%n", family.signature(), family.formula());
      out.printf("%" + width + "s  %s%n", "", family.source());
    }
    out.println();
  }

  private static String names(Object[] values) {
    return Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", "));
  }
}
