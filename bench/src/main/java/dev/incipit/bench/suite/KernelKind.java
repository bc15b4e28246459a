package dev.incipit.bench.suite;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of kernels that a benchmark's parameter {@code kernels} may name: the width of vectors
 * in bits, {@code scalar}, or one of two that ask something of their JVM.
 *
 * <p>{@link #PLAIN} are the scalar kernels where C2 may not turn loops into vectors. {@link #AVX2}
 * are vectors of 256 bits where C2 takes the processor for one without AVX-512, with half its
 * registers: what most machines run. Before their tiles had five rows these kernels ran at half the
 * speed there that they had with all registers.
 */
public final class KernelKind {

  /** Scalar kernels without C2's auto-vectorizer. */
  public static final String PLAIN = "plain";

  /** Vectors of 256 bits, and 16 registers. */
  public static final String AVX2 = "avx2";

  private static final String SCALAR = "scalar";

  private static final List<String> NAMES = List.of(PLAIN, SCALAR, "128", AVX2, "256", "512");

  private static final Map<String, String> FLAGS =
      Map.of(PLAIN, "-XX:-UseSuperWord", AVX2, "-XX:UseAVX=2");

  private KernelKind() {}

  /**
   * Return the kinds that a machine has in hardware, the narrowest first.
   *
   * @param widest the width of its vectors in bits
   * @param architecture its name in Java
   */
  public static List<String> all(int widest, String architecture) {
    boolean isX86 = architecture.equals("amd64") || architecture.equals("x86_64");
    List<String> kinds = new ArrayList<>(List.of(PLAIN, SCALAR));
    for (int bits = 128; bits <= widest; bits *= 2) {
      if (bits == 256 && widest > bits && isX86) {
        kinds.add(AVX2);
      }
      kinds.add(String.valueOf(bits));
    }
    return kinds;
  }

  /**
   * Return a kind by its name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static String of(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "kernels: the kind must be one of %s, but got %s; correct -p kernels=..."
              .formatted(String.join(", ", NAMES), name));
    }
    return name;
  }

  /** Return whether a kind has no vectors. */
  public static boolean isScalar(String kind) {
    return kind.equals(SCALAR) || kind.equals(PLAIN);
  }

  /** Return the width of the vectors, or of a number, in bits. */
  public static int bits(String kind) {
    return isScalar(kind) ? Float.SIZE : kind.equals(AVX2) ? 256 : Integer.parseInt(kind);
  }

  /** Return the place in a table's columns: by width, and what asks something of its JVM first. */
  public static int order(String kind) {
    return 2 * bits(kind) - (FLAGS.containsKey(kind) ? 1 : 0);
  }

  /** Return the flag that a kind asks of its JVM. */
  public static Optional<String> flag(String kind) {
    return Optional.ofNullable(FLAGS.get(kind));
  }

  /** Return a kind's name, and its flag where it has one. */
  public static String describe(String kind) {
    return flag(kind).map(flag -> kind + " (" + flag + ")").orElse(kind);
  }

  /**
   * Return the value of the library's property.
   *
   * @throws IllegalStateException if this JVM was started without the kind's flag
   */
  static String property(String kind) {
    String flag = FLAGS.get(kind);
    if (flag != null && !ManagementFactory.getRuntimeMXBean().getInputArguments().contains(flag)) {
      throw new IllegalStateException(
          "benchmark: %s kernels need a JVM with %s, but it has none; add -jvmArgsAppend %s"
              .formatted(kind, flag, flag));
    }
    return isScalar(kind) ? SCALAR : String.valueOf(bits(kind));
  }
}
