package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Figure;
import dev.incipit.bench.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing to measure: a benchmark of the suite with its parameters, and the peers that do the
 * same.
 *
 * @param name what is done
 * @param size on how much
 * @param table benchmark, unit and limit
 * @param parameters the benchmark's, but for the kernels
 * @param peers who else does it
 * @param quick whether it belongs to the quick scoreboard too
 */
record Subject(
    String name,
    String size,
    Table table,
    Map<String, String> parameters,
    List<Peer> peers,
    boolean quick) {

  int threads() {
    return Integer.parseInt(parameters.getOrDefault("threads", "1"));
  }

  /** Return name, size and threads, for people. */
  String title() {
    return name + " " + size + (threads() == 1 ? "" : ", " + threads() + " threads");
  }

  /** Return what one call does: floating-point operations, or bytes read and written. */
  double work() {
    return table.work(new Figure(benchmark(), parameters, List.of(), Double.NaN));
  }

  String benchmark() {
    return table.benchmark();
  }

  /** Return the name of the benchmark that does the same with a peer. */
  String peerBenchmark() {
    return "Peer" + table.benchmark();
  }

  Optional<Figure> ours(List<Figure> figures) {
    return figures.stream()
        .filter(f -> f.benchmark().equals(benchmark()) && hasParameters(f, "kernels"))
        .findFirst();
  }

  Optional<Figure> of(Peer peer, List<Figure> figures) {
    return figures.stream()
        .filter(f -> f.benchmark().equals(peerBenchmark()) && hasParameters(f, "peer"))
        .filter(f -> f.parameter("peer").equals(peer.name()))
        .findFirst();
  }

  private boolean hasParameters(Figure figure, String beside) {
    Map<String, String> rest = new LinkedHashMap<>(figure.parameters());
    rest.remove(beside);
    return rest.equals(parameters);
  }

  /** Return the probe that limits it: benchmark and parameters but for the kernels. */
  Optional<Map.Entry<String, Map<String, String>>> probe() {
    return switch (table.limit()) {
      case NONE -> Optional.empty();
      case FMA -> Optional.of(Map.entry("FmaProbe", Map.of("threads", String.valueOf(threads()))));
      case COPY ->
          Optional.of(
              Map.entry("CopyProbe", Map.of("set", Objects.requireNonNull(parameters.get("set")))));
    };
  }
}
