package dev.incipit.bench;

import dev.incipit.bench.suite.KernelBenchmark;
import dev.incipit.bench.suite.KernelKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs the suite, or a part of it, and writes the results.
 *
 * <pre>
 * bench/run                            everything
 * bench/run --quick                    one round, the widest vectors only
 * bench/run Product -p size=512        what JMH understands: patterns, parameters, iterations
 * bench/run -f 5                       five rounds
 * bench/run --out FOLDER               where the results go; else bench/target/results
 * bench/run --report FILE.json         write the tables of an earlier run again
 * </pre>
 *
 * <p>The whole suite takes hours and may be interrupted: what was found is written after each class
 * of benchmarks, to a file whose name ends in {@code -unfinished.json}.
 */
public final class Main {

  private static final int ROUNDS = 3;

  private Main() {}

  /**
   * Run.
   *
   * @param args see above
   */
  public static void main(String[] args) throws IOException, RunnerException {
    try {
      run(new ArrayList<>(Arrays.asList(args)));
    } catch (CommandLineOptionException | IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(List<String> args)
      throws IOException, RunnerException, CommandLineOptionException {
    if (args.size() == 2 && args.getFirst().equals("--report")) {
      Path json = Path.of(args.getLast());
      System.out.println(Results.read(json).writeMarkdown(json));
      return;
    }
    boolean quick = args.remove("--quick");
    Path folder = folder(args);
    List<String> patterns = options(args).getIncludes();
    args.removeAll(patterns);
    CommandLineOptions options = options(args);
    if (options.shouldHelp()) {
      options.showHelp();
      return;
    }
    if (options.shouldList()) {
      new Runner(options).list();
      return;
    }
    requireVectors();
    List<String> kernels = kernels(options, quick);
    int rounds = options.getForkCount().orElse(quick ? 1 : ROUNDS);
    Environment environment = new Environment(kernels.stream().map(KernelKind::describe).toList());
    SuiteRun measured = new SuiteRun(options, patterns, kernels, KernelBenchmark.widest());
    Files.createDirectories(folder);
    Path unfinished = folder.resolve(environment.fileName() + "-unfinished.json");
    for (int round = 1; round <= Math.max(1, rounds); round++) {
      environment.startRound();
      measured.run(() -> new Results(environment.describe(), measured.json()).write(unfinished));
    }
    Path json = folder.resolve(environment.fileName() + ".json");
    Files.move(unfinished, json, StandardCopyOption.REPLACE_EXISTING);
    System.out.println(Results.read(json).writeMarkdown(json));
    System.out.println("Written: " + json + " and the table beside it.");
  }

  private static CommandLineOptions options(List<String> args) throws CommandLineOptionException {
    return new CommandLineOptions(args.toArray(String[]::new));
  }

  /** Take {@code --out FOLDER} from the arguments. */
  private static Path folder(List<String> args) {
    int at = args.indexOf("--out");
    if (at < 0) {
      return Path.of(System.getenv().getOrDefault("INCIPIT_BENCH_RESULTS", "."));
    }
    if (at + 1 == args.size()) {
      throw new IllegalArgumentException("--out: a folder must follow; name one");
    }
    args.remove(at);
    return Path.of(args.remove(at));
  }

  private static void requireVectors() {
    String module = "jdk.incubator.vector";
    if (ModuleLayer.boot().findModule(module).isEmpty()) {
      throw new IllegalArgumentException(
          "the Vector API must be present, but is not; start with bench/run, or add --add-modules "
              + module);
    }
  }

  /** Return the kernels asked for, or else those that this machine has in hardware. */
  private static List<String> kernels(CommandLineOptions options, boolean quick) {
    int widest = KernelBenchmark.widest();
    if (options.getParameter("kernels").hasValue()) {
      return options.getParameter("kernels").get().stream().map(KernelKind::of).toList();
    }
    if (quick) {
      return List.of(String.valueOf(widest));
    }
    return KernelKind.all(widest, System.getProperty("os.arch"));
  }
}
