package dev.incipit.bench.suite;

import java.util.stream.IntStream;

/** The networks whose training step is timed. */
public enum Net {
  /** One hidden layer, small batch: 784-100-10, batch 32. */
  SMALL(32, 784, 100, 10),
  /** Two hidden layers: 784-256-128-10, batch 64. */
  MIDDLE(64, 784, 256, 128, 10),
  /** Thirty hidden layers, as in He et al. 2015: 784, 30 x 100, 10, batch 128. */
  DEEP(128, IntStream.concat(IntStream.of(784), deep()).toArray());

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

  /** Return the rows of a step. */
  public int batch() {
    return batch;
  }

  /** Return the numbers an example has at the input and after each layer. */
  public int[] sizes() {
    return sizes.clone();
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
