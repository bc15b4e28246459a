package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Share;

/**
 * How the threads of a team divide a matrix: into blocks of columns or of rows.
 *
 * <p>Everything that writes a matrix of one kind divides it alike. So in a training step the thread
 * that computes a part of the weights' gradient also updates that part of the weights.
 */
enum Areas {
  /**
   * Outputs of a layer and their gradients [batch, units]: by columns, so that a thread reads its
   * part of the weights alone; by rows where these divide by a tenth more evenly.
   */
  OUTPUTS {
    @Override
    int rowUnit(int columns) {
      return TILE;
    }

    @Override
    boolean isByColumns(int rows, int columns, Share share) {
      return 10 * largest(columns, COLUMN_UNIT, share) * rows
          <= 11 * largest(rows, rowUnit(columns), share) * columns;
    }
  },

  /**
   * Weights and their gradients [in, out]: by rows, for a cache line that lies across a border is
   * fought over, and a border between columns has one in every row; by columns where these divide
   * by a tenth more evenly.
   */
  WEIGHTS {
    @Override
    int rowUnit(int columns) {
      return columns <= FEW_COLUMNS ? TURNED_TILE : TILE;
    }

    @Override
    boolean isByColumns(int rows, int columns, Share share) {
      return 11 * largest(columns, COLUMN_UNIT, share) * rows
          < 10 * largest(rows, rowUnit(columns), share) * columns;
    }
  };

  /** Columns are divided in these units: a cache line, and whole vectors at every width. */
  static final int COLUMN_UNIT = 16;

  /**
   * Rows of a tile of a product at 128 and 512 bits; at 256, of two tiles of five and one of two.
   */
  private static final int TILE = 12;

  /** Weights of up to as many columns have their gradient computed the other way round. */
  private static final int FEW_COLUMNS = 24;

  /**
   * Rows of a tile there. A part of another size has a tile of its own, which runs so rarely that
   * C2 leaves it uncompiled for hundreds of steps: 1,024 rows of ten columns by parts of 516 and
   * 508 left 1.6 MB a step.
   */
  private static final int TURNED_TILE = 32;

  /** Return the units in which rows are divided: whole tiles of a product, but for 256 bits. */
  abstract int rowUnit(int columns);

  abstract boolean isByColumns(int rows, int columns, Share share);

  /** Return the first row of a thread's block. */
  int top(int rows, int columns, Share share) {
    return isByColumns(rows, columns, share) ? 0 : share.from(rows, rowUnit(columns));
  }

  /** Return the row after the last of a thread's block. */
  int bottom(int rows, int columns, Share share) {
    return isByColumns(rows, columns, share) ? rows : share.to(rows, rowUnit(columns));
  }

  /** Return the first column of a thread's block. */
  int left(int rows, int columns, Share share) {
    return isByColumns(rows, columns, share) ? share.from(columns, COLUMN_UNIT) : 0;
  }

  /** Return the column after the last of a thread's block. */
  int right(int rows, int columns, Share share) {
    return isByColumns(rows, columns, share) ? share.to(columns, COLUMN_UNIT) : columns;
  }

  /** Return the largest share of an extent: the one that the others wait for. */
  private static long largest(int extent, int unit, Share share) {
    int units = (extent + unit - 1) / unit;
    return Math.min(extent, (long) (units + share.parts() - 1) / share.parts() * unit);
  }
}
