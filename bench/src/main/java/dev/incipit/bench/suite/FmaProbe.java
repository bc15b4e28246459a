package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Probes the machine's limit of arithmetic: multiply-adds a second at each width. */
public class FmaProbe extends KernelBenchmark {

  /** Steps of the loop that one thread does: about 100 microseconds. */
  private static final int STEPS = 60_000;

  /** Room for one vector, and for no other thread's cache line. */
  private static final int STRIDE = 64;

  /** Threads that run the loop, each the whole of it. */
  @Param({"1", "2"})
  public int threads;

  private final Workers.Task task = this::run;
  private float[] out = {};

  /** Choose the width. */
  @Setup
  public void setup() {
    choose();
    Workers.setThreads(threads);
    out = new float[STRIDE * (threads + 1)];
    FmaLoop.run(100, out, 0);
    if (!(Math.abs(out[0] - 24) <= 1e-5)) {
      throw new IllegalStateException("probe: twelve chains to 2 must sum to 24, got " + out[0]);
    }
  }

  /** Multiply and add. */
  @Benchmark
  public float[] fma() {
    Workers.run(task);
    return out;
  }

  private void run(Share share) {
    FmaLoop.run(STEPS, out, STRIDE * (1 + share.from(threads, 1)));
  }

  /** Return the additions and multiplications of one call. */
  public static double flops(String kernels, int threads) {
    // The constant alone: here the loop itself has no width, and must not be loaded.
    return 2.0 * FmaLoop.CHAINS * STEPS * Integer.parseInt(kernels) / Float.SIZE * threads;
  }
}
