package dev.incipit.bench.suite;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a benchmark's parameter {@code kernels} may say: the width of vectors in bits, {@code
 * scalar}, or one of two that ask something of their JVM.
 *
 * <p>{@link #PLAIN} are the scalar kernels where C2 may not turn loops into vectors. {@link #AVX2}
 * are vectors of 256 bits where C2 takes the processor for one without AVX-512, with half its
 * registers: what most machines run. With all registers the same kernels once ran at twice the
 * speed.
 */
public final class KernelKind {

  /** Scalar kernels without C2's auto-vectorizer. */
  public static final String PLAIN = "plain";

  /** Vectors of 256 bits, and 16 registers. */
  public static final String AVX2 = "avx2";

  private static final String SCALAR = "scalar";

  private static final Map<String, String> FLAGS =
      Map.of(PLAIN, "-XX:-UseSuperWord", AVX2, "-XX:UseAVX=2");

  private KernelKind() {}

  /** Return the choices that a machine has in hardware, the narrowest first. */
  public static List<String> all(int widest) {
    List<String> choices = new ArrayList<>(List.of(PLAIN, SCALAR));
    for (int bits = 128; bits <= widest; bits *= 2) {
      choices.add(String.valueOf(bits));
      if (bits == 256 && widest > bits && System.getProperty("os.arch").equals("amd64")) {
        choices.add(choices.size() - 1, AVX2);
      }
    }
    return choices;
  }

  /** Return whether a choice has no vectors. */
  public static boolean isScalar(String choice) {
    return choice.equals(SCALAR) || choice.equals(PLAIN);
  }

  /** Return the width of the vectors, or of a number, in bits. */
  public static int bits(String choice) {
    return isScalar(choice) ? Float.SIZE : choice.equals(AVX2) ? 256 : Integer.parseInt(choice);
  }

  /** Return the place in a table's columns: by width, and what asks something of its JVM first. */
  public static int order(String choice) {
    return 2 * bits(choice) - (FLAGS.containsKey(choice) ? 1 : 0);
  }

  /** Return the flag that a choice asks of its JVM. */
  public static Optional<String> flag(String choice) {
    return Optional.ofNullable(FLAGS.get(choice));
  }

  /**
   * Return the value of the library's property.
   *
   * @throws IllegalStateException if this JVM was started without the choice's flag
   */
  static String property(String choice) {
    String flag = FLAGS.get(choice);
    if (flag != null && !ManagementFactory.getRuntimeMXBean().getInputArguments().contains(flag)) {
      throw new IllegalStateException(
          "benchmark: %s kernels need a JVM with %s, but it has none; add -jvmArgsAppend %s"
              .formatted(choice, flag, flag));
    }
    return isScalar(choice) ? SCALAR : String.valueOf(bits(choice));
  }
}
