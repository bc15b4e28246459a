package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Share;

/**
 * How the threads of a team divide a matrix: by columns, or by rows where there are few columns.
 *
 * <p>Everything that writes a matrix of one shape divides it alike. So in a training step the same
 * thread computes a part of a layer's outputs, of the weights' gradient, and of the weights.
 */
final class Areas {

  /** Columns are divided in these units: a cache line, and whole vectors at every width. */
  static final int COLUMNS = 16;

  /** Rows are divided in these units: a whole tile of a product. */
  static final int ROWS = 12;

  private Areas() {}

  /** Return whether a matrix is divided by columns: unless rows divide by a tenth more evenly. */
  static boolean byColumns(int rows, int columns, Share share) {
    return 10 * largest(columns, COLUMNS, share) * rows
        <= 11 * largest(rows, ROWS, share) * columns;
  }

  /** Return the largest share of an extent: the one that the others wait for. */
  private static long largest(int extent, int unit, Share share) {
    int units = (extent + unit - 1) / unit;
    return Math.min(extent, (long) (units + share.parts() - 1) / share.parts() * unit);
  }
}
