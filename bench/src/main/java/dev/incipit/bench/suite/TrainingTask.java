package dev.incipit.bench.suite;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Sgd;
import dev.incipit.nn.train.Trainer;
import java.util.function.DoubleSupplier;

/**
 * A training step that anyone can take: a ReLU network with its first weights, one batch, softmax
 * cross-entropy, descent with momentum.
 *
 * <p>The batch is always the same and the learning rate small, so that the numbers of the last step
 * are like those of the first.
 */
public final class TrainingTask {

  /** The learning rate. */
  public static final double RATE = 1e-5;

  /** The momentum. */
  public static final double MOMENTUM = 0.9;

  private final int[] sizes;
  private final Tensor x;
  private final Tensor targets;
  private final Sequential model;

  /**
   * Draw weights and batch.
   *
   * @param rows of the batch
   * @param sizes numbers an example has at the input and after each layer
   */
  public TrainingTask(int rows, int... sizes) {
    this.sizes = sizes.clone();
    x = Tensor.zeros(rows, sizes[0]);
    Kernels.active().normal(1, 2, 0, 0f, 1f, x.array(), 0, x.size());
    int classes = sizes[sizes.length - 1];
    targets = Tensor.zeros(rows, classes);
    for (int i = 0; i < rows; i++) {
      targets.set(1f, i, i % classes);
    }
    model = Mlp.of(sizes).build(RandomKey.of(42));
  }

  /** Return the inputs [rows, in]. */
  public float[] x() {
    return x.array();
  }

  /** Return the target distributions [rows, out]. */
  public float[] targets() {
    return targets.array();
  }

  /** Return a layer's weights [in, out], counted from 1. */
  public float[] weights(int layer) {
    return parameter(2 * layer - 2);
  }

  /** Return a layer's biases [out], counted from 1. */
  public float[] biases(int layer) {
    return parameter(2 * layer - 1);
  }

  private float[] parameter(int index) {
    Parameter parameter = model.parameters().get(index);
    return parameter.value().array();
  }

  /** Return our own way to take a step, which gives the loss before it. */
  DoubleSupplier ours() {
    Trainer trainer = new Trainer(model, Loss.crossEntropy(), Sgd.of(RATE, MOMENTUM));
    Batch batch = new Batch(x, targets);
    return () -> trainer.step(batch);
  }

  /**
   * Require that the first step finds the right loss, and that more of them lower it.
   *
   * @param step takes a step and returns the loss before it
   * @param by kernels that compute the right loss
   */
  public void check(DoubleSupplier step, Kernels by) {
    double expected = loss(by);
    double first = step.getAsDouble();
    // A product of 1024 terms, each rounded, may be off by 1024 half-units of 2^-24, and the mean
    // of as many losses by as much again: 1.2e-4 in all, some thirty times what is seen.
    if (!(Math.abs(first - expected) <= 1.2e-4 * expected)) {
      throw new IllegalStateException(
          "training: the first loss must be %s, but is %s".formatted(expected, first));
    }
    double last = first;
    for (int i = 0; i < 10; i++) {
      last = step.getAsDouble();
    }
    if (!(last < first)) {
      throw new IllegalStateException(
          "training: 10 steps must lower the loss, but it went from %s to %s"
              .formatted(first, last));
    }
  }

  /** Compute the loss layer by layer. */
  private double loss(Kernels by) {
    int rows = x.extent(0);
    float[] values = x.array();
    for (int i = 1; i < sizes.length; i++) {
      int in = sizes[i - 1];
      int out = sizes[i];
      float[] z = new float[rows * out];
      by.gemm(Form.NN, rows, out, in, values, 0, in, weights(i), 0, out, z, 0, out, false);
      Unary f = i == sizes.length - 1 ? Unary.IDENTITY : Unary.RELU;
      by.biasMap(f, 0f, rows, out, biases(i), 0, z, 0, out);
      values = z;
    }
    float[] losses = new float[rows];
    by.crossEntropy(rows, sizes[sizes.length - 1], values, 0, targets.array(), 0, losses, 0);
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum / rows;
  }
}
