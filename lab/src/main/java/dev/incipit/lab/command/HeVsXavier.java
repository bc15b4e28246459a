package dev.incipit.lab.command;

import dev.incipit.core.kernel.Workers;
import dev.incipit.lab.data.FashionMnist;
import dev.incipit.lab.experiment.DepthResult;
import dev.incipit.lab.experiment.HeAgainstXavier;
import dev.incipit.lab.experiment.Setup;
import dev.incipit.lab.plot.ErrorPlot;
import dev.incipit.lab.report.Curves;
import dev.incipit.lab.report.Environment;
import dev.incipit.lab.report.Json;
import dev.incipit.lab.report.Summary;
import dev.incipit.lab.report.WholeFile;
import dev.incipit.nn.data.Split;
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

/** The main job. */
@Command(
    name = "he-vs-xavier",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Train deep ReLU networks from He and from Xavier initialization, over several seeds.",
      "Writes curves.csv, summary.json and a picture for each depth; prints the verdict."
    })
final class HeVsXavier implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--quick",
      description = "Half a minute: 22 and 30 layers, two epochs; other options still apply.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/he-vs-xavier",
      description = "Folder for the results (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("out/he-vs-xavier");

  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = FashionMnist.BUNDLED,
      description =
          "bundled: 12,000 images of Fashion-MNIST; fashion-mnist: all 70,000; or a folder with"
              + " IDX files (default: ${DEFAULT-VALUE}).")
  private String data = FashionMnist.BUNDLED;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where to look for fashion-mnist first.")
  private @Nullable Path dataDir;

  @Option(
      names = "--depths",
      split = ",",
      paramLabel = "N",
      description = "Weight layers (default: 22,30,50).")
  private @Nullable List<Integer> depths;

  @Option(names = "--width", paramLabel = "N", description = "Hidden units (default: 256).")
  private @Nullable Integer width;

  @Option(names = "--seeds", paramLabel = "N", description = "Number of seeds (default: 5).")
  private @Nullable Integer seeds;

  @Option(names = "--seed", paramLabel = "N", description = "First seed (default: 0).")
  private long seed;

  @Option(names = "--epochs", paramLabel = "N", description = "Epochs (default: 10).")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Images a step (default: 128).")
  private @Nullable Integer batch;

  @Option(names = "--rate", paramLabel = "X", description = "Learning rate (default: 0.0025).")
  private @Nullable Double rate;

  @Option(names = "--momentum", paramLabel = "X", description = "Momentum (default: 0.9).")
  private @Nullable Double momentum;

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Training loss to fall below, in nats (default: 1.5).")
  private @Nullable Double threshold;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Networks trained at a time (default: all processors); no effect on results.")
  private @Nullable Integer threads;

  @Override
  public Integer call() throws Exception {
    PrintWriter console = spec.commandLine().getOut();
    Setup setup = setup();
    long start = System.nanoTime();
    // Before minutes of work: is there a place for the results?
    WholeFile.prepareFolder(out);
    FashionMnist source = FashionMnist.find(data, dataDir);
    Split split = source.load().standardized();
    int images = split.validation().size();
    console.printf(
        "Training %d networks on %,d images (%s), %d epochs of batch %d, SGD %s with momentum %s%n",
        2 * setup.seeds() * setup.depths().size(),
        split.train().size(),
        source.origin(),
        setup.epochs(),
        setup.batch(),
        setup.rate(),
        setup.momentum());
    console.flush();
    List<DepthResult> results;
    PrintWriter err = spec.commandLine().getErr();
    long work = HeAgainstXavier.work(setup, split.train().size());
    try (Progress progress = new Progress("he-vs-xavier", work, err)) {
      results = HeAgainstXavier.run(setup, split, progress::done);
    }
    Curves.write(out.resolve("curves.csv"), results);
    for (DepthResult result : results) {
      ErrorPlot.write(out.resolve("depth-" + result.depth() + ".png"), result, setup, images);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Json.write(
        out.resolve("summary.json"),
        new Summary(
            commandLine(), data, setup, Environment.here(), seconds, Summary.entries(results)));
    VerdictText.print(console, setup, results);
    console.printf("%nWrote %s in %.0f s: curves.csv, summary.json", out, seconds);
    setup.depths().forEach(depth -> console.printf(", depth-%d.png", depth));
    console.println();
    console.flush();
    return results.stream().allMatch(DepthResult::holds) ? 0 : 1;
  }

  private Setup setup() {
    Setup base = quick ? Setup.quick() : Setup.full();
    try {
      if (threads != null) {
        Workers.setThreads(threads);
      }
      return new Setup(
          depths == null ? base.depths() : depths,
          width == null ? base.width() : width,
          seeds == null ? base.seeds() : seeds,
          seed,
          epochs == null ? base.epochs() : epochs,
          batch == null ? base.batch() : batch,
          rate == null ? base.rate() : rate,
          momentum == null ? base.momentum() : momentum,
          threshold == null ? base.threshold() : threshold,
          base.evaluations());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private String commandLine() {
    return "incipit " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
