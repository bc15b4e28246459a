package dev.incipit.lab.report;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a result was made.
 *
 * @param java version and virtual machine
 * @param system operating system and architecture
 * @param processor the processor's name, as far as the system tells
 * @param kernels which kernels compute, such as {@code vector 512 bits}
 * @param vectorBits width of their vectors
 * @param reason why these
 * @param threads threads that share work
 */
public record Environment(
    String java,
    String system,
    String processor,
    String kernels,
    int vectorBits,
    String reason,
    int threads) {

  /** Describe this process. */
  public static Environment here() {
    int bits = Kernels.active().vectorBits();
    return new Environment(
        property("java.version") + ", " + property("java.vm.name") + ", " + property("java.vendor"),
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        processorName() + ", " + Runtime.getRuntime().availableProcessors() + " available",
        bits == Float.SIZE ? "scalar" : "vector, " + bits + " bits",
        bits,
        Kernels.reason(),
        Workers.threads());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String processorName() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return property("os.arch");
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException e) {
      return property("os.arch");
    }
  }
}
