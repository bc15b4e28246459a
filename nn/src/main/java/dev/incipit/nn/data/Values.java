package dev.incipit.nn.data;

import dev.incipit.core.tensor.Tensor;

/**
 * Numbers to predict, for regression.
 *
 * @param matrix the numbers [n, width], shared with the caller, who must not write into them
 */
public record Values(Tensor matrix) implements Targets {

  /**
   * Create values.
   *
   * @throws IllegalArgumentException if {@code matrix} is no matrix
   * @throws DataException if a number is not finite
   */
  public Values {
    Matrices.requireMatrix("values", matrix);
    Matrices.requireFinite("values", matrix);
  }

  @Override
  public int size() {
    return matrix.extent(0);
  }

  @Override
  public int width() {
    return matrix.extent(1);
  }

  @Override
  public void copyRow(int index, float[] row, int offset) {
    int width = width();
    System.arraycopy(matrix.array(), matrix.offset() + index * width, row, offset, width);
  }

  @Override
  public Values rows(int from, int to) {
    return new Values(matrix.rows(from, to));
  }

  @Override
  public Values subset(int... indices) {
    return new Values(Matrices.gather(matrix, indices));
  }
}
