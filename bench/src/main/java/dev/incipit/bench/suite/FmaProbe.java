package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import java.util.Arrays;
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
    FmaLoop.run(1024, out, 0, 0);
    // Chain i goes from i to i + 1024 times a half of 2^-18, in steps that 24 bits hold.
    double expected = 66 + FmaLoop.CHAINS * 1024 * 0.5 * FmaLoop.SMALL;
    if (!(Math.abs(out[0] - expected) <= 1e-4)) {
      throw new IllegalStateException(
          "probe: the chains must sum to %s, but sum to %s".formatted(expected, out[0]));
    }
    Arrays.fill(out, 0f);
  }

  /** Multiply and add. */
  @Benchmark
  public float[] fma() {
    Workers.run(task);
    return out;
  }

  private void run(Share share) {
    FmaLoop.run(STEPS, out, 0, STRIDE * (1 + share.from(threads, 1)));
  }

  /** Return the additions and multiplications of one call. */
  public static double flops(String kernels, int threads) {
    // The constant alone: here the loop itself has no width, and must not be loaded.
    return 2.0 * FmaLoop.CHAINS * STEPS * KernelKind.bits(kernels) / Float.SIZE * threads;
  }
}
