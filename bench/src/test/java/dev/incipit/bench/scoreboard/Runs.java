package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Figure;
import dev.incipit.bench.Results;
import dev.incipit.bench.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up results, of which a test knows every number. */
final class Runs {

  private final Map<String, String> environment = new TreeMap<>(Map.of("cpu", "Test, family 0"));
  private final List<String> entries = new ArrayList<>();

  /** Probes of 100 GFLOP/s on one thread and 200 on two, and 10 GB/s at every working set. */
  static Runs withProbes() {
    Runs runs = new Runs();
    for (String threads : List.of("1", "2")) {
      Map<String, String> parameters = Map.of("kernels", "512", "threads", threads);
      double flops = Table.FMA.work(new Figure("FmaProbe", parameters, List.of(), 0));
      runs.add("FmaProbe", parameters, flops / 100 / Integer.parseInt(threads));
    }
    for (String set : List.of("L1", "L2", "L3", "MEMORY")) {
      Map<String, String> parameters = Map.of("kernels", "512", "set", set);
      double bytes = Table.COPY.work(new Figure("CopyProbe", parameters, List.of(), 0));
      runs.add("CopyProbe", parameters, bytes / 10);
    }
    return runs;
  }

  /** Add nanoseconds of each round. */
  Runs add(String benchmark, Map<String, String> parameters, double... nanos) {
    List<String> rounds = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (double time : nanos) {
      rounds.add("[" + time + "]");
    }
    parameters.forEach((name, value) -> named.add("\"%s\": \"%s\"".formatted(name, value)));
    entries.add(
        """
        {"benchmark": "dev.incipit.bench.suite.%s.run", "params": {%s},
         "primaryMetric": {"rawData": [%s]},
         "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[16]]}}}
        """
            .formatted(benchmark, String.join(",", named), String.join(",", rounds)));
    return this;
  }

  /** Add our figure of a subject. */
  Runs ours(Subject subject, double... nanos) {
    return add(subject.benchmark(), with(subject, "kernels", "512"), nanos);
  }

  /** Add a peer's figure of a subject. */
  Runs theirs(Peer peer, Subject subject, double... nanos) {
    return add(subject.peerBenchmark(), with(subject, "peer", peer.name()), nanos);
  }

  private static Map<String, String> with(Subject subject, String name, String value) {
    Map<String, String> parameters = new TreeMap<>(subject.parameters());
    parameters.put(name, value);
    return parameters;
  }

  Runs note(Peer peer, Subject subject, String why) {
    environment.put(Row.key(peer, subject), why);
    return this;
  }

  /** Add figures for all that can be measured, ours at half the limit, the peers at a quarter. */
  static Results complete(List<Subject> subjects) {
    Runs runs = withProbes();
    for (Subject subject : subjects) {
      double rate =
          switch (subject.table().limit()) {
            case FMA -> 100.0 * subject.threads();
            case COPY -> 10;
            case NONE -> 1;
          };
      double least = subject.work() / rate;
      runs.ours(subject, 2 * least, 2 * least);
      subject.peers().forEach(peer -> runs.theirs(peer, subject, 4 * least, 4 * least));
    }
    return runs.results();
  }

  Results results() {
    return new Results(environment, "[" + String.join(",", entries) + "]");
  }
}
