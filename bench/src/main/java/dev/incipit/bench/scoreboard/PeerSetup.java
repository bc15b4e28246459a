package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Environment;
import dev.incipit.bench.Figure;
import dev.incipit.bench.Results;
import dev.incipit.bench.Rounds;
import dev.incipit.bench.Table;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Prepares the peers: says which they are, and finds OpenBLAS's best kernel by measuring.
 *
 * <p>OpenBLAS guesses its kernel from the processor's name, and often guesses too low; an
 * environment variable of the shell may force a slow one. And none is the fastest at everything:
 * some have ways of their own for small products, and others are ahead at large ones. So each
 * kernel that the machine may have is tried on a large product and on a small one, in processes of
 * their own, and on every other product the two winners; the faster serves OpenBLAS and ND4J.
 */
final class PeerSetup {

  /** The system property that names OpenBLAS's kernel to the peers; empty for its own choice. */
  private static final String CORE = "dev.incipit.peers.core";

  private static final List<String> CORES =
      List.of("", "HASWELL", "ZEN", "SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS");
  private static final List<String> JARS =
      List.of(
          "pytorch-engine",
          "pytorch-native-cpu",
          "openblas",
          "nd4j-native",
          "deeplearning4j-nn",
          "blas");

  /** How often each kernel is tried. */
  private static final int TURNS = 3;

  private static final Subject LARGE = product("512");
  private static final Subject SMALL = product("64");

  private final PrintWriter err;

  /** The fastest kernel at a large product, which whatever was not tried runs with. */
  private String core = "";

  /** The kernel of each product that another is faster at, by the product's parameters. */
  private final Map<Map<String, String>, String> cores = new HashMap<>();

  private PeerSetup(PrintWriter err) {
    this.err = err;
  }

  /**
   * Prepare, and note what was found among the circumstances.
   *
   * @param subjects what the peers are going to do
   * @throws IllegalArgumentException if the peers were not built
   */
  static PeerSetup of(List<Subject> subjects, Environment environment, PrintWriter err)
      throws IOException {
    PeerSetup setup = new PeerSetup(err);
    environment.add("peers", versions());
    try {
      Peer.OPENBLAS.requirePlatform();
    } catch (IllegalStateException e) {
      environment.add("OpenBLAS's kernel", "none: " + e.getMessage());
      return setup;
    }
    environment.add("OpenBLAS's kernel", setup.choose(subjects));
    return setup;
  }

  /** Return a flag of the JVMs in which peers do something. */
  String flag(Subject subject) {
    return flag(cores.getOrDefault(subject.parameters(), core));
  }

  private static String flag(String core) {
    return "-D" + CORE + "=" + core;
  }

  /** Choose a kernel for each product of one thread, and say which and why. */
  private String choose(List<Subject> subjects) {
    Map<String, Double> large = speeds(LARGE, CORES);
    if (large.isEmpty()) {
      return "its own choice, for none could be tried";
    }
    Map<String, Double> small = speeds(SMALL, CORES);
    core = fastest(large);
    String other = small.isEmpty() ? core : fastest(small);
    if (!other.equals(core)) {
      cores.put(SMALL.parameters(), other);
      for (Subject subject : subjects) {
        boolean tried = Stream.of(LARGE, SMALL).anyMatch(s -> s.title().equals(subject.title()));
        if (!tried && subject.table() == Table.PRODUCT && subject.peers().contains(Peer.OPENBLAS)) {
          Map<String, Double> both = speeds(subject, List.of(core, other));
          if (other.equals(fastest(both))) {
            cores.put(subject.parameters(), other);
          }
        }
      }
    }
    String found =
        "%s, the fastest of %s GFLOP/s at product NN 512 (%s at 64)"
            .formatted(name(core), list(large), list(small));
    String others =
        subjects.stream()
            .filter(subject -> cores.containsKey(subject.parameters()))
            .map(subject -> subject.title().replaceFirst("product ", ""))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? found : found + "; " + name(other) + " for " + others;
  }

  private static Subject product(String size) {
    Map<String, String> parameters = Map.of("form", "NN", "size", size);
    return new Subject("product NN", size, Table.PRODUCT, parameters, List.of(Peer.OPENBLAS), true);
  }

  /**
   * Return GFLOP/s of a product with each of some kernels that the machine can run.
   *
   * <p>They take turns, and the best of each counts: neighbours on the machine only slow a kernel
   * down, and a median of one turn chose by whom they had hit.
   */
  private Map<String, Double> speeds(Subject subject, List<String> cores) {
    err.println("scoreboard: trying OpenBLAS's kernels on " + subject.title());
    err.flush();
    Map<String, Double> speeds = new LinkedHashMap<>();
    for (int turn = 0; turn < TURNS; turn++) {
      for (String name : cores) {
        try {
          speeds.merge(name, speed(subject, name), Math::max);
        } catch (RunnerException ignored) {
          // The machine lacks this kernel's instructions.
        }
      }
    }
    return speeds;
  }

  private static double speed(Subject subject, String core) throws RunnerException {
    Rounds rounds = Sitting.rounds(true);
    rounds.run(Sitting.peerFork(rounds.fork(), Peer.OPENBLAS, subject, true, flag(core)));
    Figure figure = new Results(Map.of(), rounds.json()).figures().getFirst();
    return Figure.median(subject.table().values(figure));
  }

  private static String fastest(Map<String, Double> speeds) {
    return speeds.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static String list(Map<String, Double> speeds) {
    return speeds.entrySet().stream()
        .map(entry -> name(entry.getKey()) + " " + Board.number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String name(String core) {
    return core.isEmpty() ? "its own choice" : core;
  }

  /** Return the peers' versions, which are in the names of their jars. */
  private static String versions() throws IOException {
    String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
    Path folder = Path.of(first).toAbsolutePath().resolveSibling("lib");
    if (!Files.isDirectory(folder)
        || Files.notExists(folder.resolve("..").resolve("incipit-peers.jar"))) {
      throw new IllegalArgumentException(
          "scoreboard: the peers must be built, but are not; start with ./incipit scoreboard --peers");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
      return String.join(
          ", ",
          JARS.stream()
              .flatMap(
                  jar -> names.stream().filter(name -> name.matches(jar + "-\\d.*\\.jar")).limit(1))
              .map(name -> name.substring(0, name.length() - 4).replace("-linux-x86_64", ""))
              .map(name -> name.toLowerCase(Locale.ROOT))
              .toList());
    }
  }
}
