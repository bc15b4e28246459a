package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Short functions over arrays in vectors, one method a function, and the last elements in plain
 * code, for the reasons told in {@link VectorArithmetic}.
 */
final class VectorMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorMaps() {}

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).abs()).intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = Math.abs(x[xo + i]);
    }
  }

  static void square(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = V.cast(FloatVector.fromArray(S, x, xo + i));
      V.cast(v.mul(v)).intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).sqrt()).intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = (float) Math.sqrt(x[xo + i]);
    }
  }

  /** {@code x <= 0 ? 0 : x}: one compare and one masked move, and NaN passes. */
  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = V.cast(FloatVector.fromArray(S, x, xo + i));
      V.cast(v.blend(0f, v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0f);
    }
  }

  static void leakyRelu(float p, float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = V.cast(FloatVector.fromArray(S, x, xo + i));
      V.cast(v.blend(v.mul(p), v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0 ? p * x[xo + i] : x[xo + i];
    }
  }
}
