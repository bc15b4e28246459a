package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives over arrays in vectors, one method a function, and the last elements in plain code,
 * for the reasons told in {@link VectorArithmetic}.
 */
final class VectorGradients {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorGradients() {}

  static void abs(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = V.cast(FloatVector.fromArray(S, dy, dyo + i));
      V.cast(
              a.mul(0f)
                  .blend(d.neg(), a.compare(VectorOperators.LT, 0f))
                  .blend(d, a.compare(VectorOperators.GT, 0f)))
          .intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      float a = at[ao + i];
      float d = dy[dyo + i];
      dx[dxo + i] = a > 0 ? d : a < 0 ? -d : 0 * a;
    }
  }

  static void square(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.add(a).mul(d)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = (at[ao + i] + at[ao + i]) * dy[dyo + i];
    }
  }

  static void sqrt(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = V.cast(FloatVector.fromArray(S, dy, dyo + i));
      V.cast(d.mul(0.5f).div(a)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = (0.5f * dy[dyo + i]) / at[ao + i];
    }
  }

  static void exp(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.mul(d)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = at[ao + i] * dy[dyo + i];
    }
  }

  static void log(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = FloatVector.fromArray(S, at, ao + i);
      FloatVector d = V.cast(FloatVector.fromArray(S, dy, dyo + i));
      V.cast(d.div(a)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = dy[dyo + i] / at[ao + i];
    }
  }

  static void tanh(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.neg().fma(a, one).mul(d)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      float a = at[ao + i];
      dx[dxo + i] = Math.fma(-a, a, 1f) * dy[dyo + i];
    }
  }

  static void sigmoid(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    FloatVector one = V.cast(FloatVector.broadcast(S, 1f));
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = FloatVector.fromArray(S, dy, dyo + i);
      V.cast(a.mul(one.sub(a)).mul(d)).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      float a = at[ao + i];
      dx[dxo + i] = a * (1f - a) * dy[dyo + i];
    }
  }

  static void relu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = V.cast(FloatVector.fromArray(S, dy, dyo + i));
      V.cast(d.blend(0f, a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = at[ao + i] <= 0 ? 0 : dy[dyo + i];
    }
  }

  static void leakyRelu(
      float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector a = V.cast(FloatVector.fromArray(S, at, ao + i));
      FloatVector d = V.cast(FloatVector.fromArray(S, dy, dyo + i));
      V.cast(d.blend(d.mul(p), a.compare(VectorOperators.LE, 0f))).intoArray(dx, dxo + i);
    }
    for (int i = bound; i < n; i++) {
      dx[dxo + i] = at[ao + i] <= 0 ? p * dy[dyo + i] : dy[dyo + i];
    }
  }
}
