package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Environment;
import dev.incipit.bench.Figure;
import dev.incipit.bench.Results;
import dev.incipit.bench.suite.KernelBenchmark;
import dev.incipit.core.kernel.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code incipit scoreboard}. */
@Command(
    name = "incipit scoreboard",
    mixinStandardHelpOptions = true,
    version = "incipit 0.1.0-SNAPSHOT",
    description =
        "Measure kernels and training steps against the machine's limit and, on request, against"
            + " other libraries, in one sitting. Writes scoreboard.json, scoreboard.md, runs.json,"
            + " roofline.png and, with peers, peers.png. Leave the machine alone meanwhile.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:a measurement failed", "2:wrong usage"})
final class Scoreboard implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int MOST_THREADS = 1024;
  private static final int MOST_ROUNDS = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--peers",
      description =
          "Measure PyTorch (DJL), DL4J and ND4J, OpenBLAS, VectorBLAS and the JDK's vector math"
              + " too. The first time Maven downloads some 270 MB.")
  private boolean peers;

  @Option(names = "--quick", description = "Two minutes: fewer sizes, two rounds.")
  private boolean quick;

  @Option(
      names = "--growth",
      description =
          "Measure instead how a training step grows with width, depth, batch and threads; writes"
              + " growth.csv and growth.png.")
  private boolean growth;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often to measure everything. Default: 3, with --quick 2.")
  private @Nullable Integer rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of what is measured on many, beside one. Default: all processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go. Default: ${DEFAULT-VALUE}")
  private Path out = Path.of("out", "scoreboard");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the scoreboard's JSON here too.")
  private @Nullable Path json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Measure nothing: lay out the runs.json of an earlier scoreboard again.")
  private @Nullable Path report;

  @Option(names = "--verbose", description = "Print the stack trace of an error.")
  private boolean verbose;

  private Scoreboard() {}

  /** Run the command, and return the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Scoreboard scoreboard = new Scoreboard();
    CommandLine line = new CommandLine(scoreboard).setOut(out).setErr(err);
    line.setParameterExceptionHandler(
        (e, rest) -> {
          err.println(e.getMessage() + "; see incipit scoreboard --help");
          return WRONG_USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          if (scoreboard.verbose) {
            e.printStackTrace(err);
          }
          err.println("incipit: " + Sitting.reason(e));
          return FAILED;
        });
    return line.execute(arguments);
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new ParameterException(
          spec.commandLine(),
          "scoreboard: --threads must lie in 1..%d, but got %d".formatted(MOST_THREADS, threads));
    }
    if (rounds != null && (rounds < 1 || rounds > MOST_ROUNDS)) {
      throw new ParameterException(
          spec.commandLine(),
          "scoreboard: --rounds must lie in 1..%d, but got %d".formatted(MOST_ROUNDS, rounds));
    }
    if (report != null && (peers || quick || growth || rounds != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "scoreboard: --report measures nothing, but --peers, --quick, --growth or --rounds was"
              + " given too; leave one out");
    }
    if (growth && (peers || json != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "scoreboard: --growth knows neither --peers nor --json; leave them out");
    }
    Files.createDirectories(out);
    PrintWriter print = spec.commandLine().getOut();
    if (growth) {
      print.print(Growth.run(out, threads, quick, rounds(), spec.commandLine().getErr()));
    } else {
      Results results = report == null ? measure() : Results.read(report);
      print.print(write(results));
    }
    print.flush();
    return 0;
  }

  private int rounds() {
    return Objects.requireNonNullElse(rounds, quick ? 2 : 3);
  }

  private Results measure() throws RunnerException, IOException {
    requireVectors();
    String kernels = kernels();
    Environment environment = new Environment(List.of(kernels));
    List<Subject> subjects = Programme.of(threads, quick);
    PeerSetup setup =
        peers ? PeerSetup.of(subjects, environment, spec.commandLine().getErr()) : null;
    Sitting sitting = new Sitting(subjects, kernels, quick, rounds(), environment, setup);
    try (Progress progress = new Progress(sitting.forks(), spec.commandLine().getErr())) {
      return sitting.run(progress, results -> results.write(out.resolve("runs.json")));
    }
  }

  /** Return the kernels that the library chooses here: the scoreboard is about what users get. */
  static String kernels() {
    int bits = Kernels.active().vectorBits();
    return bits == Float.SIZE ? "scalar" : String.valueOf(bits);
  }

  private static void requireVectors() {
    if (KernelBenchmark.widest() < 128) {
      throw new IllegalStateException(
          "scoreboard: the machine must have vectors of 128 bits, but has none that Java knows");
    }
  }

  private static int mostThreads(List<Figure> figures) {
    return figures.stream()
        .mapToInt(f -> Integer.parseInt(f.parameters().getOrDefault("threads", "1")))
        .max()
        .orElse(1);
  }

  /** Write table, JSON and pictures, and return the table. */
  private String write(Results results) throws IOException {
    // What was not measured has no figures, and so no rows.
    List<Subject> subjects = Programme.of(mostThreads(results.figures()), false);
    List<Row> rows = Row.of(subjects, results.figures(), results.environment());
    Map<String, String> facts = new LinkedHashMap<>(results.environment());
    facts.keySet().removeIf(name -> name.startsWith(Row.NO_FIGURE));
    Board board = new Board(facts, rows);
    Files.writeString(out.resolve("scoreboard.json"), board.json());
    Files.writeString(out.resolve("scoreboard.md"), board.markdown());
    if (json != null) {
      Path folder = json.toAbsolutePath().getParent();
      Files.createDirectories(Objects.requireNonNull(folder));
      Files.writeString(json, board.json());
    }
    String machine = facts.getOrDefault("cpu", "unknown").replaceFirst(",.*", "");
    Picture.write(out.resolve("roofline.png"), Roofline.of(machine, subjects, results.figures()));
    if (rows.stream().anyMatch(row -> row.peerRatio() != null)) {
      Picture.write(out.resolve("peers.png"), Bars.of(machine, rows));
    }
    return board.text() + "Written: " + out + "\n";
  }
}
