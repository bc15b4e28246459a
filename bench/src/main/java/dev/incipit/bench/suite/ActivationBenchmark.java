package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times every function of one variable and its derivative, in the first-level cache. */
public class ActivationBenchmark extends KernelBenchmark {

  /** The parameter of those that have one. */
  private static final float P = 0.25f;

  /** What is computed of a function. */
  public enum Pass {
    /** {@code y = f(x)}. */
    VALUE(2),
    /** {@code dx = dy f'}. */
    SLOPE(3);

    private final int arrays;

    Pass(int arrays) {
      this.arrays = arrays;
    }

    /** Return the number of arrays read and written. */
    public int arrays() {
      return arrays;
    }
  }

  /** The function. */
  @Param public Unary function = Unary.RELU;

  /** Its value or its slope. */
  @Param public Pass pass = Pass.VALUE;

  private Kernels active = Kernels.scalar();
  private float[] x = {};
  private float[] dy = {};
  private float[] out = {};

  /** Draw the numbers, positive for square roots and logarithms, and check the function. */
  @Setup
  public void setup() {
    active = activate();
    int n = WorkingSet.L1.length(pass.arrays());
    x = new float[n];
    dy = new float[n];
    out = new float[n];
    boolean positive = function == Unary.LOG || function == Unary.SQRT;
    active.uniform(1, 2, 0, positive ? 0.01f : -4f, 4f, x, 0, n);
    active.uniform(1, 3, 0, -4f, 4f, dy, 0, n);
    float[] expected = new float[n];
    apply(Kernels.scalar(), expected);
    Check.same(function + " " + pass, expected, 0, apply(), 0, n);
  }

  /** Compute. */
  @Benchmark
  public float[] apply() {
    return apply(active, out);
  }

  private float[] apply(Kernels by, float[] to) {
    switch (pass) {
      case VALUE -> by.map(function, P, x, 0, to, 0, x.length);
      case SLOPE -> by.mapGradient(function, P, x, 0, dy, 0, to, 0, x.length);
    }
    return to;
  }
}
