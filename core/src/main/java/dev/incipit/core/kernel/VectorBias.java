package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds a bias to the rows of a matrix in place, and takes the positive part, a strip of up to four
 * vectors of columns at a time, whose bias stays in registers.
 *
 * <p>Where a strip is not four whole vectors some of its four overlap, or are the same; all are
 * read before one is written. Rows of less than a vector are left to plain loops: behind a mask
 * each waited for the store of the one before (5 ns a row of ten, instead of 3; Zen 5).
 */
final class VectorBias {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  private VectorBias() {}

  static void add(int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    if (cols < L) {
      for (int r = 0, at = yo; r < rows; r++, at += ldy) {
        VectorArithmetic.add(y, at, bias, bo, y, at, cols);
      }
      return;
    }
    for (int j = 0, width; j < cols; j += width) {
      width = width(cols - j);
      addStrip(rows, width, bias, bo + j, y, yo + j, ldy);
    }
  }

  static void relu(int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    if (cols < L) {
      for (int r = 0, at = yo; r < rows; r++, at += ldy) {
        for (int j = 0; j < cols; j++) {
          y[at + j] = Math.max(y[at + j] + bias[bo + j], 0f);
        }
      }
      return;
    }
    for (int j = 0, width; j < cols; j += width) {
      width = width(cols - j);
      reluStrip(rows, width, bias, bo + j, y, yo + j, ldy);
    }
  }

  /**
   * Return the columns of the next strip: up to four vectors, so that none or at least one is left.
   */
  private static int width(int left) {
    return left <= 4 * L ? left : left < 5 * L ? 2 * L : 4 * L;
  }

  private static void addStrip(
      int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    int last = cols - L;
    int second = Math.min(L, last);
    int third = Math.min(2 * L, last);
    FloatVector b0 = V.cast(FloatVector.fromArray(S, bias, bo));
    FloatVector b1 = V.cast(FloatVector.fromArray(S, bias, bo + second));
    FloatVector b2 = V.cast(FloatVector.fromArray(S, bias, bo + third));
    FloatVector b3 = V.cast(FloatVector.fromArray(S, bias, bo + last));
    for (int r = 0, at = yo; r < rows; r++, at += ldy) {
      FloatVector y0 = V.cast(FloatVector.fromArray(S, y, at)).add(b0);
      FloatVector y1 = V.cast(FloatVector.fromArray(S, y, at + second)).add(b1);
      FloatVector y2 = V.cast(FloatVector.fromArray(S, y, at + third)).add(b2);
      FloatVector y3 = V.cast(FloatVector.fromArray(S, y, at + last)).add(b3);
      V.cast(y0).intoArray(y, at);
      V.cast(y1).intoArray(y, at + second);
      V.cast(y2).intoArray(y, at + third);
      V.cast(y3).intoArray(y, at + last);
    }
  }

  private static void reluStrip(
      int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    int last = cols - L;
    int second = Math.min(L, last);
    int third = Math.min(2 * L, last);
    FloatVector b0 = V.cast(FloatVector.fromArray(S, bias, bo));
    FloatVector b1 = V.cast(FloatVector.fromArray(S, bias, bo + second));
    FloatVector b2 = V.cast(FloatVector.fromArray(S, bias, bo + third));
    FloatVector b3 = V.cast(FloatVector.fromArray(S, bias, bo + last));
    for (int r = 0, at = yo; r < rows; r++, at += ldy) {
      FloatVector y0 = V.cast(FloatVector.fromArray(S, y, at)).add(b0);
      FloatVector y1 = V.cast(FloatVector.fromArray(S, y, at + second)).add(b1);
      FloatVector y2 = V.cast(FloatVector.fromArray(S, y, at + third)).add(b2);
      FloatVector y3 = V.cast(FloatVector.fromArray(S, y, at + last)).add(b3);
      V.cast(y0.blend(0f, y0.compare(VectorOperators.LE, 0f))).intoArray(y, at);
      V.cast(y1.blend(0f, y1.compare(VectorOperators.LE, 0f))).intoArray(y, at + second);
      V.cast(y2.blend(0f, y2.compare(VectorOperators.LE, 0f))).intoArray(y, at + third);
      V.cast(y3.blend(0f, y3.compare(VectorOperators.LE, 0f))).intoArray(y, at + last);
    }
  }
}
