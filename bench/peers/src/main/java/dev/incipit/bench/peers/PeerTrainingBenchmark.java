package dev.incipit.bench.peers;

import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.TrainingTask;
import dev.incipit.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** Times the peers' training step, from the same weights, on the same batch. */
@Warmup(iterations = 12, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class PeerTrainingBenchmark extends PeerBenchmark {

  /** The network and its batch. */
  @Param public Net net = Net.SMALL;

  /** Threads that share the work. */
  @Param("1")
  public int threads;

  private DoubleSupplier step = () -> 0;

  /** Build the network, check its first loss against ours, and that steps lower it. */
  @Setup
  public void setup() {
    TrainingTask task = new TrainingTask(net.batch(), net.sizes());
    step =
        switch (peer) {
          case PYTORCH -> TorchTraining.of(task, net, threads);
          case DJL -> DjlTraining.of(task, net, threads);
          case DL4J -> Dl4jTraining.of(task, net, threads);
          case OPENBLAS, ND4J, VECTOR_BLAS, JDK -> throw unknown();
        };
    task.check(step, Kernels.active());
  }

  /** Take one step. */
  @Benchmark
  public double step() {
    return step.getAsDouble();
  }
}
