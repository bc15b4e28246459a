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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Prepares the peers: says which they are, and finds OpenBLAS's best kernel by measuring.
 *
 * <p>OpenBLAS guesses its kernel from the processor's name, and often guesses too low; an
 * environment variable of the shell may force a slow one. So each kernel that the machine may have
 * is tried in a process of its own, and the fastest serves OpenBLAS and ND4J.
 */
final class PeerSetup {

  /** The system property that names OpenBLAS's kernel to the peers; empty for its own choice. */
  static final String CORE = "dev.incipit.peers.core";

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
  private static final Subject TRIAL =
      new Subject(
          "product NN",
          "512",
          Table.PRODUCT,
          Map.of("form", "NN", "size", "512"),
          List.of(Peer.OPENBLAS),
          true);

  private PeerSetup() {}

  /**
   * Prepare, and note what was found among the circumstances.
   *
   * @return flags of the JVMs that run peers
   * @throws IllegalArgumentException if the peers were not built
   */
  static String[] prepare(Environment environment, PrintWriter err) throws IOException {
    environment.add("peers", versions());
    try {
      Peer.OPENBLAS.requirePlatform();
    } catch (IllegalStateException e) {
      environment.add("OpenBLAS's kernel", "none: " + e.getMessage());
      return new String[0];
    }
    String best = fastestCore(environment, err);
    return new String[] {"-D" + CORE + "=" + best};
  }

  /** Return the name of OpenBLAS's fastest kernel, empty for its own choice, and note why. */
  private static String fastestCore(Environment environment, PrintWriter err) {
    Map<String, Double> speeds = new LinkedHashMap<>();
    for (String core : CORES) {
      err.println("scoreboard: trying OpenBLAS's kernel " + name(core));
      err.flush();
      speed(core).ifPresent(speed -> speeds.put(core, speed));
    }
    if (speeds.isEmpty()) {
      environment.add("OpenBLAS's kernel", "its own choice, for none could be tried");
      return "";
    }
    String best = "";
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Double> entry : speeds.entrySet()) {
      found.add(name(entry.getKey()) + " " + Board.number(entry.getValue()));
      if (entry.getValue() > speeds.getOrDefault(best, 0.0)) {
        best = entry.getKey();
      }
    }
    environment.add(
        "OpenBLAS's kernel",
        "%s, the fastest of %s GFLOP/s at %s 512"
            .formatted(name(best), String.join(", ", found), TRIAL.name()));
    return best;
  }

  private static String name(String core) {
    return core.isEmpty() ? "its own choice" : core;
  }

  /** Return GFLOP/s of a product with one kernel, or nothing where the machine cannot run it. */
  private static OptionalDouble speed(String core) {
    Rounds rounds = Sitting.rounds(true);
    try {
      rounds.run(
          rounds
              .fork()
              .include("\\." + TRIAL.peerBenchmark() + "\\.")
              .param("form", "NN")
              .param("size", "512")
              .param("peer", Peer.OPENBLAS.name())
              .jvmArgsAppend("-D" + CORE + "=" + core));
    } catch (RunnerException e) {
      return OptionalDouble.empty();
    }
    Figure figure = new Results(Map.of(), rounds.json()).figures().getFirst();
    return OptionalDouble.of(Figure.median(TRIAL.table().values(figure)));
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
