package dev.incipit.bench;

import dev.incipit.bench.suite.KernelBenchmark;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the suite, or the part of it that was asked for, for some choices of kernels. */
final class SuiteRun {

  private static final String PROBES = "\\.(Fma|Copy)Probe\\.";

  private final List<String> patterns;
  private final List<String> kernels;
  private final boolean plain;
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
    this.patterns = patterns.isEmpty() ? List.of(".*") : patterns;
    this.kernels = new ArrayList<>(kernels);
    plain = this.kernels.remove(KernelBenchmark.PLAIN);
    widths = new ArrayList<>(this.kernels);
    widths.remove("scalar");
    if (!widths.contains(String.valueOf(widest))) {
      widths.add(String.valueOf(widest));
    }
    rounds = new Rounds(options, Runner::new);
  }

  /** Run one round: the probes, then what was asked for. */
  void run() throws RunnerException {
    rounds.run(with(widths).include(PROBES));
    try {
      if (!kernels.isEmpty()) {
        rounds.run(asked(kernels));
      }
      if (plain) {
        rounds.run(asked(List.of(KernelBenchmark.PLAIN)).jvmArgsAppend("-XX:-UseSuperWord"));
      }
    } catch (NoBenchmarksException e) {
      System.err.println("bench: no benchmark matches " + patterns + "; only the probes were run");
    }
  }

  String json() {
    return rounds.json();
  }

  private ChainedOptionsBuilder asked(List<String> kernels) {
    ChainedOptionsBuilder asked = with(kernels).exclude(PROBES);
    patterns.forEach(asked::include);
    return asked;
  }

  private ChainedOptionsBuilder with(List<String> kernels) {
    return rounds.fork().param("kernels", kernels.toArray(String[]::new));
  }
}
