package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Times one {@linkplain TrainingTask training step}. */
@Warmup(iterations = 12, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class TrainingBenchmark extends KernelBenchmark {

  /** The network and its batch. */
  @Param public Net net = Net.SMALL;

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private DoubleSupplier step = () -> 0;

  /** Build the network, check its loss against the scalar kernels, and that steps lower it. */
  @Setup
  public void setup() {
    activate();
    Workers.setThreads(threads);
    TrainingTask task = new TrainingTask(net.batch(), net.sizes());
    step = task.ours();
    task.check(step, Kernels.scalar());
  }

  /** Take one step. */
  @Benchmark
  public double step() {
    return step.getAsDouble();
  }
}
