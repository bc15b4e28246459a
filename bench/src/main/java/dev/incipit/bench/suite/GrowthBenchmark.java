package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times a {@linkplain TrainingTask training step} of a network whose layers are all alike, so that
 * its cost is known as a law: width^2 times depth times batch, over threads.
 */
@Warmup(iterations = 12, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class GrowthBenchmark extends KernelBenchmark {

  /** Inputs and outputs of every layer. */
  @Param("256")
  public int width;

  /** Layers. */
  @Param("4")
  public int depth;

  /** Rows of the batch. */
  @Param("128")
  public int batch;

  /** Threads that share the work. */
  @Param("1")
  public int threads;

  private DoubleSupplier step = () -> 0;

  /** Build the network, check its loss, and that steps lower it. */
  @Setup
  public void setup() {
    activate();
    Workers.setThreads(threads);
    int[] sizes = new int[depth + 1];
    Arrays.fill(sizes, width);
    TrainingTask task = new TrainingTask(batch, sizes);
    step = task.ours();
    task.check(step, Kernels.scalar());
  }

  /** Take one step. */
  @Benchmark
  public double step() {
    return step.getAsDouble();
  }
}
