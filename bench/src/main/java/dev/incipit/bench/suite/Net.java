package dev.incipit.bench.suite;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The networks whose training step is timed. */
public enum Net {
  /** One hidden layer, small batch: 784-100-10, batch 32. */
  SMALL(32, 784, 100, 10),
  /** Two hidden layers: 784-256-128-10, batch 64. */
  MIDDLE(64, 784, 256, 128, 10),
  /** Thirty hidden layers, as in He et al. 2015: 784, 30 x 100, 10, batch 128. */
  DEEP(128, IntStream.concat(IntStream.of(784), deep()).toArray()),
  /** Wide layers and a large batch, where products are nearly all: 784-1024-1024-10, batch 1024. */
  WIDE(1024, 784, 1024, 1024, 10);

  private final int batch;

  @SuppressWarnings("ImmutableEnumChecker") // never written, and given out as a copy
  private final int[] sizes;

  Net(int batch, int... sizes) {
    this.batch = batch;
    this.sizes = sizes;
  }

  private static IntStream deep() {
    return IntStream.concat(IntStream.generate(() -> 100).limit(30), IntStream.of(10));
  }

  /** Return the layers and the batch, for people. */
  public String title() {
    return (this == DEEP ? "784-30x100-10" : layers()) + ", batch " + batch;
  }

  private String layers() {
    return IntStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining("-"));
  }

  /** Return the rows of a step. */
  public int batch() {
    return batch;
  }

  /** Return the numbers an example has at the input and after each layer. */
  public int[] sizes() {
    return sizes.clone();
  }

  /**
   * Return the least bytes that one step must move, every array once for each use of it.
   *
   * <p>Weights: read forward and, except in the first layer, backward; their gradient written; by
   * the descent the gradient, velocity and weights read, velocity and weights written. A hidden
   * layer's values: written, read by the next layer, by its weights' gradient and by the slope;
   * their gradient written and read twice. The output: written and read twice, and its gradient.
   */
  public double bytes() {
    double floats = 2.0 * batch * sizes[0];
    for (int i = 1; i < sizes.length; i++) {
      floats += (i == 1 ? 7.0 : 8.0) * sizes[i - 1] * sizes[i];
      floats += (i == sizes.length - 1 ? 6.0 : 7.0) * batch * sizes[i];
    }
    return Float.BYTES * floats;
  }

  /**
   * Return the additions and multiplications of the products of one step: forward, weights'
   * gradient, and, except in the first layer, input's gradient.
   */
  public double flops() {
    double weights = 0;
    for (int i = 1; i < sizes.length; i++) {
      weights += (i == 1 ? 2.0 : 3.0) * sizes[i - 1] * sizes[i];
    }
    return 2 * batch * weights;
  }
}
