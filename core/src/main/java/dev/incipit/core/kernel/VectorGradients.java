package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives over arrays in vectors, one method a function for the reason told in {@link
 * VectorArithmetic}, and each formula written twice for the reason told in {@link VectorFunctions}.
 */
final class VectorGradients {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorGradients() {}

  static void abs(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(
              a.mul(0f)
                  .blend(d.neg(), a.compare(VectorOperators.LT, 0f))
                  .blend(d, a.compare(VectorOperators.GT, 0f)))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(
              a.mul(0f)
                  .blend(d.neg(), a.compare(VectorOperators.LT, 0f))
                  .blend(d, a.compare(VectorOperators.GT, 0f)))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  static void square(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.add(a).mul(d)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(a.add(a).mul(d)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void sqrt(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(d.mul(0.5f).div(a)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(d.mul(0.5f).div(a)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void exp(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.mul(d)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(a.mul(d)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void log(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(d.div(a)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(d.div(a)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void tanh(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.neg().fma(a, one).mul(d)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(a.neg().fma(a, one).mul(d)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void sigmoid(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.mul(one.sub(a)).mul(d)).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(a.mul(one.sub(a)).mul(d)).intoArray(dx, dxo + bound, tail);
    }
  }

  static void relu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(d.blend(0f, a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(d.blend(0f, a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + bound, tail);
    }
  }

  static void leakyRelu(
      float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(d.blend(d.mul(p), a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector a = FloatVector.fromArray(S, at, ao + bound, tail);
      FloatVector d = FloatVector.fromArray(S, dy, dyo + bound, tail);
      V.cast(d.blend(d.mul(p), a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + bound, tail);
    }
  }
}
