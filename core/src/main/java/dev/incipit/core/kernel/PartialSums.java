package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@code c} has of a tile's sums, copied to where the tile reads it: one vector after another,
 * each at a place that is a constant.
 *
 * <p>Read from {@code c} itself by the tile, each vector is checked and addressed by itself. Where
 * C2 had seen both that and tiles that start from zero, it was short of registers for it, and moved
 * an address through a vector register and the stack in each step of the tile's loop, a chain of
 * more than the 12 cycles that 24 multiply-adds take: 1024 x 1024 x 1024 ran at 212 GFLOP/s instead
 * of 240, and 512 x 512 x 512, which starts from zero alone, at 215 after it (Zen 5, 512 bits).
 */
final class PartialSums {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final VectorSpecies<Float> HALF = FloatVector.SPECIES_256;
  private static final Class<? extends FloatVector> H =
      HALF.vectorType().asSubclass(FloatVector.class);

  /** The most that a tile has. */
  static final int SIZE = 24 * L;

  private PartialSums() {}

  /**
   * Copy rows of whole vectors.
   *
   * @param rows rows of the tile
   * @param given rows of {@code c}, of which the last one serves for those that are missing
   * @param vectors vectors of a row
   * @param last where in a row of {@code c} the last one starts, which may overlap the one before
   * @return them, until the thread's next call
   */
  static float[] of(int rows, int given, int vectors, int last, float[] c, int co, int ldc) {
    float[] s = Panels.ofThread().sums;
    int to = 0;
    for (int i = 0; i < rows; i++) {
      int row = co + Math.min(i, given - 1) * ldc;
      for (int j = 0; j < vectors; j++, to += L) {
        V.cast(FloatVector.fromArray(S, c, row + Math.min(j * L, last))).intoArray(s, to);
      }
    }
    return s;
  }

  /** The same, a vector of 256 bits a row. */
  static float[] halves(int rows, float[] c, int co, int ldc) {
    float[] s = Panels.ofThread().sums;
    for (int i = 0; i < rows; i++) {
      H.cast(FloatVector.fromArray(HALF, c, co + i * ldc)).intoArray(s, i * HALF.length());
    }
    return s;
  }
}
