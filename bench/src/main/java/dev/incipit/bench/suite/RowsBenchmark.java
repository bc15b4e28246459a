package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times what is computed row by row, in the first-level cache. */
public class RowsBenchmark extends KernelBenchmark {

  /** A function of a row. */
  public enum Function {
    /** {@code exp(x - max) / sum}. */
    SOFTMAX,
    /** {@code max + ln sum exp(x - max)}. */
    LOG_SUM_EXP,
    /** The cross-entropy of softmax against targets. */
    CROSS_ENTROPY,
    /** Its derivative. */
    CROSS_ENTROPY_GRADIENT
  }

  /** What to compute. */
  @Param public Function function = Function.SOFTMAX;

  /** Numbers in a row. */
  @Param({"10", "100", "1000"})
  public int columns;

  private Kernels active = Kernels.scalar();
  private int rows;
  private float[] x = {};
  private float[] targets = {};
  private float[] ofRows = {};
  private float[] out = {};

  /** Draw the numbers and check the function. */
  @Setup
  public void setup() {
    active = activate();
    rows = rows(columns);
    int n = rows * columns;
    x = new float[n];
    targets = new float[n];
    ofRows = new float[rows];
    out = new float[n];
    active.uniform(1, 2, 0, -4f, 4f, x, 0, n);
    active.uniform(1, 3, 0, 0f, 1f, targets, 0, n);
    active.uniform(1, 4, 0, 0f, 1f, ofRows, 0, rows);
    float[] expected = new float[n];
    apply(Kernels.scalar(), expected);
    Check.same(function.name(), expected, 0, apply(), 0, n);
  }

  /** Return how many rows of some length are computed in a call. */
  public static int rows(int columns) {
    return Math.max(1, WorkingSet.L1.length(3) / columns);
  }

  /** Compute. */
  @Benchmark
  public float[] apply() {
    return apply(active, out);
  }

  private float[] apply(Kernels by, float[] to) {
    switch (function) {
      case SOFTMAX -> by.softmax(rows, columns, x, 0, to, 0);
      case LOG_SUM_EXP -> by.logSumExp(rows, columns, x, 0, to, 0);
      case CROSS_ENTROPY -> by.crossEntropy(rows, columns, x, 0, targets, 0, to, 0);
      case CROSS_ENTROPY_GRADIENT ->
          by.crossEntropyGradient(rows, columns, x, 0, targets, 0, ofRows, 0, to, 0);
    }
    return to;
  }
}
