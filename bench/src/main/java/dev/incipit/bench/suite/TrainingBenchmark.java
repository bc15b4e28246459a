package dev.incipit.bench.suite;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Sgd;
import dev.incipit.nn.train.Trainer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times one training step: forward, softmax cross-entropy, backward, descent with momentum.
 *
 * <p>The batch is always the same and the learning rate small, so that the numbers of the last step
 * are like those of the first.
 */
@Warmup(iterations = 8, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class TrainingBenchmark extends KernelBenchmark {

  private static final double RATE = 1e-5;

  /** The network and its batch. */
  @Param public Net net = Net.SMALL;

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private @Nullable Trainer trainer;
  private @Nullable Batch batch;

  /** Build the network, check its loss against the scalar kernels, and that steps lower it. */
  @Setup
  public void setup() {
    Kernels active = activate();
    Workers.setThreads(threads);
    int[] sizes = net.sizes();
    Tensor x = Tensor.zeros(net.batch(), sizes[0]);
    active.normal(1, 2, 0, 0f, 1f, x.array(), 0, x.size());
    Tensor targets = Tensor.zeros(net.batch(), sizes[sizes.length - 1]);
    for (int i = 0; i < net.batch(); i++) {
      targets.set(1f, i, i % sizes[sizes.length - 1]);
    }
    batch = new Batch(x, targets);
    Sequential model = Mlp.of(sizes).build(RandomKey.of(42));
    trainer = new Trainer(model, Loss.crossEntropy(), Sgd.of(RATE, 0.9));
    double expected = loss(model.parameters(), x.array(), targets.array());
    float first = step();
    // A mean of up to 128 floats, here summed in double: both within 128 half-units of 2^-24.
    if (!(Math.abs(first - expected) <= 1e-5 * expected)) {
      throw new IllegalStateException(
          "training: the first loss must be %s, but is %s".formatted(expected, first));
    }
    float last = first;
    for (int i = 0; i < 50; i++) {
      last = step();
    }
    if (!(last < first)) {
      throw new IllegalStateException(
          "training: 50 steps must lower the loss, but it went from %s to %s"
              .formatted(first, last));
    }
  }

  /** Take one step. */
  @Benchmark
  public float step() {
    return Objects.requireNonNull(trainer).step(Objects.requireNonNull(batch));
  }

  /** Compute the loss with the scalar kernels, layer by layer. */
  private double loss(List<Parameter> parameters, float[] x, float[] targets) {
    Kernels scalar = Kernels.scalar();
    int rows = net.batch();
    int[] sizes = net.sizes();
    float[] values = x;
    for (int i = 1; i < sizes.length; i++) {
      int in = sizes[i - 1];
      int out = sizes[i];
      float[] w = parameters.get(2 * i - 2).value().array();
      float[] bias = parameters.get(2 * i - 1).value().array();
      float[] z = new float[rows * out];
      scalar.gemm(Form.NN, rows, out, in, values, 0, in, w, 0, out, z, 0, out, false);
      Unary f = i == sizes.length - 1 ? Unary.IDENTITY : Unary.RELU;
      scalar.biasMap(f, 0f, rows, out, bias, 0, z, 0, out);
      values = z;
    }
    float[] losses = new float[rows];
    scalar.crossEntropy(rows, sizes[sizes.length - 1], values, 0, targets, 0, losses, 0);
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / rows;
  }
}
