package dev.incipit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine and the circumstances of a run: what its figures cannot be read without. */
public final class Environment {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final Path LOAD = Path.of("/proc/loadavg");

  private final LocalDateTime start =
      LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
  private final String kernels;
  private final List<String> loads = new ArrayList<>();
  private final Map<String, String> more = new LinkedHashMap<>();

  /**
   * Take note of the machine.
   *
   * @param kernels the kernels to be measured
   */
  public Environment(List<String> kernels) {
    this.kernels = String.join(", ", kernels);
  }

  /** Note the load that others put on the machine as a round starts. */
  public void startRound() {
    loads.add(firstLine(LOAD).split(" ", 2)[0]);
  }

  /** Note something that the figures cannot be read without. */
  public void add(String name, String value) {
    more.put(name, value);
  }

  /** Return date and machine, for the name of a file. */
  String fileName() {
    String machine = cpu().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return start.toLocalDate() + "-" + machine + "-" + processors() + "-cores";
  }

  /** Return what there is to say, by name. */
  public Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", start + " UTC");
    facts.put("commit", System.getProperty("dev.incipit.commit", "unknown"));
    facts.put("cpu", cpu() + ", " + cpuDetail() + ", " + processors() + " processors");
    facts.put("caches", caches());
    facts.put("memory", memory());
    facts.put("system", System.getProperty("os.name") + " " + release() + virtual());
    facts.put(
        "jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
    facts.put("flags", Flags.all());
    facts.put("kernels", kernels);
    facts.put("load average at the start of each round", String.join(", ", loads));
    facts.putAll(more);
    return facts;
  }

  /** Return the first two numbers of the system's version: the rest names builds, not features. */
  private static String release() {
    return System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static String cpu() {
    return cpuField("model name").orElse(System.getProperty("os.arch", "unknown"));
  }

  private static String cpuDetail() {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("cpu family", "model", "stepping")) {
      cpuField(name).ifPresent(value -> parts.add(name.replace("cpu ", "") + " " + value));
    }
    return String.join(" ", parts);
  }

  private static String virtual() {
    return cpuField("flags").filter(flags -> flags.contains("hypervisor")).isPresent()
        ? ", virtual machine"
        : "";
  }

  private static Optional<String> cpuField(String name) {
    return lines(CPU_INFO).stream()
        .filter(line -> line.replaceFirst("\\s*:.*", "").equals(name))
        .map(line -> line.replaceFirst("[^:]*:\\s*", ""))
        .findFirst();
  }

  private static String caches() {
    List<String> caches = new ArrayList<>();
    try (Stream<Path> indices = Files.list(CACHES)) {
      for (Path index :
          indices.filter(p -> p.getFileName().toString().startsWith("index")).sorted().toList()) {
        String type = firstLine(index.resolve("type"));
        if (!type.equals("Instruction")) {
          caches.add(
              "L" + firstLine(index.resolve("level")) + " " + firstLine(index.resolve("size")));
        }
      }
    } catch (IOException e) {
      return "unknown";
    }
    return String.join(", ", caches);
  }

  private static String memory() {
    return firstLine(Path.of("/proc/meminfo")).replaceFirst("MemTotal:\\s*", "");
  }

  private static String firstLine(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? "unknown" : lines.getFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
