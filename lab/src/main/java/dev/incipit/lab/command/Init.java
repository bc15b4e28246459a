package dev.incipit.lab.command;

import dev.incipit.core.tensor.Shape;
import dev.incipit.init.Initializer;
import dev.incipit.init.calibrate.Calibration;
import dev.incipit.lab.experiment.Draw;
import dev.incipit.lab.experiment.Marginal;
import dev.incipit.lab.experiment.TheoryCheck;
import dev.incipit.lab.plot.DensityPlot;
import dev.incipit.lab.report.DrawSummary;
import dev.incipit.lab.report.Json;
import dev.incipit.lab.report.NpyFile;
import dev.incipit.nn.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draw weights and hold them against theory. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = InitRecommend.class,
    description = {
      "Draw a weight tensor and hold the numbers against the theory of its initializer.",
      "The verdict is wrong for 1 seed in 10,000. NAME may bear parameters, as in"
          + " 'he-normal(slope=0.1)'; --list tells them all."
    })
final class Init implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The initializer.")
  private @Nullable String name;

  @Option(names = "--list", description = "List every initializer with formula and source.")
  private boolean list;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      converter = ShapeConverter.class,
      description = "512x256: fan in x fan out; 3x3x64x128: with a receptive field; 256: a bias.")
  private @Nullable Shape shape;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Draws with RandomKey.of(N) (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--plot",
      paramLabel = "FILE.png",
      description = "Draw the histogram with the theoretical density over it.")
  private @Nullable Path plot;

  @Option(
      names = "--save",
      paramLabel = "FILE.npy",
      description = "Write the numbers in NumPy's format, float32.")
  private @Nullable Path save;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the table as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      InitText.catalogue(out, Initializer.catalogue(), Calibration.catalogue());
      out.flush();
      return 0;
    }
    Draw draw = draw();
    Marginal marginal = Marginal.of(draw);
    TheoryCheck check = TheoryCheck.of(draw, marginal);
    InitText.print(out, draw, marginal, check);
    if (save != null) {
      NpyFile.write(save, draw.weights());
      out.println("wrote " + save);
    }
    if (plot != null) {
      DensityPlot.write(plot, draw, marginal);
      out.println("wrote " + plot);
    }
    if (json != null) {
      Json.write(json, DrawSummary.of(commandLine(), draw, check));
      out.println("wrote " + json);
    }
    out.flush();
    return check.failures().isEmpty() ? 0 : 1;
  }

  private Draw draw() {
    if (name == null || shape == null) {
      throw wrong("init: a NAME and a --shape are needed, as in init he-normal --shape 512x256");
    }
    if (plot != null) {
      plot = PngOption.checked(spec, plot);
    }
    String text = name;
    Shape extents = shape;
    return checked(() -> Draw.of(Initializer.parse(text), extents, seed));
  }

  private <T> T checked(Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (DataException e) {
      // A file that does not hold what it should is bad data, not wrong usage.
      throw e;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private String commandLine() {
    return "incipit " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
