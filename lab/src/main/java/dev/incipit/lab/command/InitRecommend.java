package dev.incipit.lab.command;

import dev.incipit.init.theory.Criticality;
import dev.incipit.init.theory.StandardFunction;
import dev.incipit.lab.experiment.Advice;
import dev.incipit.lab.plot.BoundaryPlot;
import dev.incipit.lab.report.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recommend an initializer for an activation, and say why. */
@Command(
    name = "recommend",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Recommend an initializer for the weights before an activation, and say why.")
final class InitRecommend implements Callable<Integer> {

  /** Every tenth of the curve's points is printed: one a decade of the variance. */
  private static final int STEP = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      required = true,
      description =
          "identity, sigmoid, tanh, relu, leaky-relu, 'leaky-relu(0.1)', elu, 'elu(2)', selu, gelu,"
              + " silu, mish, softplus or softsign; for prelu name the leaky-relu it begins as.")
  private String activation = "";

  @Option(
      names = "--plot",
      paramLabel = "FILE.png",
      description = "Draw the boundary between order and chaos.")
  private @Nullable Path plot;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the same as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    if (plot != null) {
      plot = PngOption.checked(spec, plot);
    }
    Advice advice = advice();
    PrintWriter out = spec.commandLine().getOut();
    print(out, advice);
    if (plot != null) {
      BoundaryPlot.write(plot, advice);
      out.println("wrote " + plot);
    }
    if (json != null) {
      Json.write(json, advice);
      out.println("wrote " + json);
    }
    out.flush();
    return 0;
  }

  private Advice advice() {
    try {
      return Advice.of(StandardFunction.parse(activation));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static void print(PrintWriter out, Advice advice) {
    out.printf("%s: %s%n", advice.activation(), advice.initializer());
    out.printf("  %s%n  after %s%n%n", advice.reason(), advice.source());
    row(out, "gain by definition", advice.gain(), "1 / sqrt(E[f(z)^2]), z ~ N(0, 1)");
    Double customary = advice.customaryGain();
    if (customary == null) {
      out.printf("%-20s %12s  %s%n", "gain by custom", "none", "use the one by definition");
    } else {
      row(out, "gain by custom", customary, String.valueOf(advice.customaryReason()));
    }
    row(
        out,
        "chi",
        advice.chi(),
        "E[f'(z)^2] / E[f(z)^2]: what a layer of that gain does to the gradient's mean square");
    out.println();
    out.println("critical points: gradients and variance neither grow nor fade with depth");
    points(out, advice.critical(), 1);
    if (advice.isPoint()) {
      out.printf("the boundary between order and chaos is this point, whatever q*%n%n");
    } else {
      out.println("boundary between order and chaos: gradients neither grow nor fade");
      points(out, advice.boundary(), STEP);
    }
  }

  private static void row(PrintWriter out, String name, double value, String text) {
    out.printf("%-20s %12s  %s%n", name, Digits.of(value, 7), text);
  }

  private static void points(PrintWriter out, List<Criticality.Point> points, int step) {
    if (points.isEmpty()) {
      out.printf("  none%n%n");
      return;
    }
    out.printf("%14s %12s %12s%n", "q*", "sigma_w", "sigma_b");
    for (int i = 0; i < points.size(); i += step) {
      Criticality.Point point = points.get(i);
      out.printf(
          "%14s %12s %12s%n",
          Digits.of(point.variance(), 7),
          Digits.of(point.sigmaW(), 7),
          Digits.of(point.sigmaB(), 7));
    }
    out.println();
  }
}
