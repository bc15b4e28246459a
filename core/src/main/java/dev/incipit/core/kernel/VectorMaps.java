package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Short functions over arrays in vectors, one method a function for the reason told in {@link
 * VectorArithmetic}, and formulas written twice for the reason told in {@link VectorFunctions}.
 */
final class VectorMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorMaps() {}

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).abs()).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).abs()).intoArray(y, yo + bound, tail);
    }
  }

  static void square(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.mul(v)).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.mul(v)).intoArray(y, yo + bound, tail);
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).sqrt()).intoArray(y, yo + bound, tail);
    }
  }

  /** {@code x <= 0 ? 0 : x}: one compare and one masked move, and NaN passes. */
  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.blend(0f, v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.blend(0f, v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + bound, tail);
    }
  }

  static void leakyRelu(float p, float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.blend(v.mul(p), v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.blend(v.mul(p), v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + bound, tail);
    }
  }
}
