package dev.incipit.nn.data;

import dev.incipit.core.tensor.Tensor;

/**
 * Rows for one step of training.
 *
 * @param x features [rows, d]
 * @param targets target matrix [rows, width]; for classes one-hot
 */
public record Batch(Tensor x, Tensor targets) {

  /** Return the number of rows. */
  public int size() {
    return x.extent(0);
  }
}
