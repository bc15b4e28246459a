package dev.incipit.bench;

import dev.incipit.bench.suite.KernelKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the suite, or the part of it that was asked for, for some choices of kernels. */
final class SuiteRun {

  private static final String PROBES = "\\.(Fma|Copy)Probe\\.";

  private final List<String> patterns;
  private final List<String> excludes;
  private final List<String> kernels;
  private final List<String> widths;
  private final Rounds rounds;

  /**
   * Prepare.
   *
   * @param options JMH's own, from the command line
   * @param patterns what to measure beside the probes, or everything where empty
   * @param kernels kernels to measure
   * @param widest width of the machine's vectors, the limit of scalar kernels too
   */
  SuiteRun(CommandLineOptions options, List<String> patterns, List<String> kernels, int widest) {
    excludes = options.getExcludes();
    this.patterns = patterns.isEmpty() ? List.of(".*") : patterns;
    this.kernels = List.copyOf(kernels);
    widths = new ArrayList<>(kernels);
    widths.removeIf(KernelKind::isScalar);
    if (!widths.contains(String.valueOf(widest))) {
      widths.add(String.valueOf(widest));
    }
    rounds = new Rounds(options, Runner::new);
  }

  /**
   * Run one round: the probes, then what was asked for, a class of benchmarks after another.
   *
   * @param found called after each part, when {@link #json} has more to tell
   */
  void run(Part found) throws IOException, RunnerException {
    for (ChainedOptionsBuilder probes : each(widths)) {
      rounds.run(probes.include(PROBES));
    }
    found.done();
    Collection<List<String>> classes = classes();
    if (classes.isEmpty()) {
      System.err.println("bench: no benchmark matches " + patterns + "; only the probes were run");
    }
    for (List<String> benchmarks : classes) {
      for (ChainedOptionsBuilder asked : each(kernels)) {
        benchmarks.forEach(name -> asked.include("^" + Pattern.quote(name) + "$"));
        rounds.run(asked);
      }
      found.done();
    }
  }

  /** Return the names of the benchmarks that were asked for, in a list for each class. */
  private Collection<List<String>> classes() {
    Map<String, List<String>> classes = new TreeMap<>();
    List<String> excluded = new ArrayList<>(excludes);
    excluded.add(PROBES);
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().find(silent, patterns, excluded)) {
      classes
          .computeIfAbsent(entry.getUserClassQName(), name -> new ArrayList<>())
          .add(entry.getUsername());
    }
    return classes.values();
  }

  String json() {
    return rounds.json();
  }

  /** Group kernels by the flag that they ask of their JVM, and return a run for each group. */
  private List<ChainedOptionsBuilder> each(List<String> kernels) {
    Map<Optional<String>, List<String>> byFlag = new LinkedHashMap<>();
    for (String kind : kernels) {
      byFlag.computeIfAbsent(KernelKind.flag(kind), flag -> new ArrayList<>()).add(kind);
    }
    List<ChainedOptionsBuilder> runs = new ArrayList<>();
    byFlag.forEach(
        (flag, kinds) -> {
          ChainedOptionsBuilder run = rounds.fork().param("kernels", kinds.toArray(String[]::new));
          runs.add(flag.map(run::jvmArgsAppend).orElse(run));
        });
    return runs;
  }

  /** Told when a part of a round is done. */
  @FunctionalInterface
  interface Part {
    void done() throws IOException;
  }
}
