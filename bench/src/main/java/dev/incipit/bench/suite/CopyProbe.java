package dev.incipit.bench.suite;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Probes the machine's limit of bandwidth: bytes read and written a second by a copy. */
public class CopyProbe extends KernelBenchmark {

  /** Where the numbers lie. */
  @Param public WorkingSet set = WorkingSet.L1;

  private float[] x = {};
  private float[] z = {};

  /** Choose the width and check a copy. */
  @Setup
  public void setup() {
    choose();
    x = new float[set.length(2)];
    z = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    Check.same("copy", x, 0, copy(), 0, x.length);
  }

  /** Copy. */
  @Benchmark
  public float[] copy() {
    CopyLoop.run(x, z, x.length);
    return z;
  }
}
