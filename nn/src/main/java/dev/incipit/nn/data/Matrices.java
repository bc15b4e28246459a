package dev.incipit.nn.data;

import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;

/** What matrices of data must fulfil, and how their rows are picked. */
final class Matrices {

  private Matrices() {}

  static void requireMatrix(String operation, Tensor matrix) {
    if (matrix.rank() != 2 || matrix.size() == 0) {
      throw new ShapeMismatchException(
          operation
              + ": a matrix with at least a row and a column is needed, but got "
              + matrix.shape()
              + "; reshape to [rows, columns]");
    }
  }

  static void requireFinite(String operation, Tensor matrix) {
    int columns = matrix.extent(1);
    float[] array = matrix.array();
    for (int i = 0; i < matrix.size(); i++) {
      float number = array[matrix.offset() + i];
      if (!Float.isFinite(number)) {
        throw new DataException(
            ("%s: numbers must be finite, but got %s at row %d, column %d;"
                    + " correct or remove the row")
                .formatted(operation, number, i / columns, i % columns));
      }
    }
  }

  /** Copy chosen rows into a new matrix, in the order given. */
  static Tensor gather(Tensor matrix, int... indices) {
    int columns = matrix.extent(1);
    Tensor result = Tensor.zeros(indices.length, columns);
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(
          matrix.array(),
          matrix.offset() + indices[i] * columns,
          result.array(),
          i * columns,
          columns);
    }
    return result;
  }
}
