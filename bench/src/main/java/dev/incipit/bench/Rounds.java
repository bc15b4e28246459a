package dev.incipit.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures in rounds: one fork of every benchmark, and then the next fork of every one.
 *
 * <p>A machine's speed drifts in minutes, with its neighbours and its temperature. Forks of one
 * benchmark run in a row would share a mood and agree too well; in rounds their spread shows the
 * drift, and each round has its own probes to be compared with.
 */
public final class Rounds {

  private final Options options;
  private final Function<Options, Runner> runner;
  private final Map<String, BenchmarkParams> parameters = new TreeMap<>();
  private final Map<String, Collection<BenchmarkResult>> forks = new TreeMap<>();

  /**
   * Prepare.
   *
   * @param options JMH's own, which every fork has
   * @param runner makes what runs them, and says where their output goes
   */
  public Rounds(Options options, Function<Options, Runner> runner) {
    this.options = options;
    this.runner = runner;
  }

  /**
   * Return options for {@link #run}, to which the benchmarks and parameters are still to be added.
   */
  public ChainedOptionsBuilder fork() {
    return new OptionsBuilder()
        .parent(options)
        .forks(1)
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class);
  }

  /** Run one fork of each benchmark that the options name, and keep what they found. */
  public void run(ChainedOptionsBuilder options) throws RunnerException {
    for (RunResult result : runner.apply(options.build()).run()) {
      String id = result.getParams().id();
      parameters.putIfAbsent(id, result.getParams());
      forks.computeIfAbsent(id, k -> new ArrayList<>()).addAll(result.getBenchmarkResults());
    }
  }

  /** Return the results of all rounds as JMH writes them: a row of raw data for each round. */
  public String json() {
    List<RunResult> merged = new ArrayList<>();
    parameters.forEach(
        (id, p) -> merged.add(new RunResult(p, Objects.requireNonNull(forks.get(id)))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(merged);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
