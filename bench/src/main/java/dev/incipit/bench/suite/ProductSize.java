package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Form;

/**
 * The extents of the products of a dense layer, forward and backward.
 *
 * @param m rows of the result
 * @param n columns of the result
 * @param k numbers summed for each element
 */
public record ProductSize(int m, int n, int k) {

  /**
   * Read a size.
   *
   * @param form which product: NN is {@code x[batch, in] W[in, out]}, TN the weights' gradient
   *     {@code x^T dz}, NT the input's gradient {@code dz W^T}
   * @param text {@code batch x in x out} as {@code 32x784x100}, or one number for all three
   * @return the extents of that product
   */
  public static ProductSize of(Form form, String text) {
    String[] parts = text.split("x", -1);
    int batch = Integer.parseInt(parts[0]);
    int in = parts.length == 1 ? batch : Integer.parseInt(parts[1]);
    int out = parts.length == 1 ? batch : Integer.parseInt(parts[2]);
    return switch (form) {
      case NN -> new ProductSize(batch, out, in);
      case TN -> new ProductSize(in, out, batch);
      case NT -> new ProductSize(batch, in, out);
    };
  }

  /** Return the least bytes that must move: every operand once. */
  public double bytes() {
    return Float.BYTES * ((double) m * k + (double) k * n + (double) m * n);
  }

  /** Return the number of additions and multiplications. */
  public double flops() {
    return 2.0 * m * n * k;
  }
}
