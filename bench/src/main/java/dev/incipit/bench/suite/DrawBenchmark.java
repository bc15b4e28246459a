package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the random fills. */
public class DrawBenchmark extends KernelBenchmark {

  /** A distribution. */
  public enum Law {
    /** The generator's words themselves. */
    BITS,
    /** Uniform numbers. */
    UNIFORM,
    /** Normal numbers. */
    NORMAL,
    /** Normal numbers within two deviations. */
    TRUNCATED_NORMAL
  }

  /** What to draw. */
  @Param public Law law = Law.UNIFORM;

  /** Where the numbers lie. */
  @Param({"L1", "L3"})
  public WorkingSet set = WorkingSet.L1;

  private Kernels active = Kernels.scalar();
  private float[] numbers = {};
  private int[] words = {};

  /** Check one draw. */
  @Setup
  public void setup() {
    active = activate();
    int n = set.length(1);
    numbers = new float[n];
    words = new int[n];
    fill(Kernels.scalar());
    float[] expected = numbers.clone();
    int[] expectedWords = words.clone();
    fill();
    Check.same(law.name(), expected, 0, numbers, 0, n);
    if (!Arrays.equals(expectedWords, words)) {
      throw new IllegalStateException("BITS: the kernels must agree; run the parity tests");
    }
  }

  /** Draw. */
  @Benchmark
  public float[] fill() {
    return fill(active);
  }

  private float[] fill(Kernels by) {
    int n = numbers.length;
    switch (law) {
      case BITS -> by.bits(1, 2, 0, words, 0, n);
      case UNIFORM -> by.uniform(1, 2, 0, -1f, 1f, numbers, 0, n);
      case NORMAL -> by.normal(1, 2, 0, 0f, 1f, numbers, 0, n);
      case TRUNCATED_NORMAL -> by.truncatedNormal(1, 2, 0, 1f, 2f, numbers, 0, n);
    }
    return numbers;
  }
}
