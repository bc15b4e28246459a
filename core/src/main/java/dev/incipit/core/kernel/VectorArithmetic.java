package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic of two operands in vectors.
 *
 * <p>Every loop stands in a method of its own: a vector that crosses a call which the compiler did
 * not inline is boxed, and only a call site that takes a good share of its caller's invocations is
 * inlined. One shared loop with the operation as parameter would be a hundred times slower as soon
 * as two operations met in it.
 *
 * <p>The last elements are plain code. A masked load of what ends with its array, as a bias does,
 * takes a way through the JDK on which C2 did not always keep the masks in registers: one process
 * of five left 80 bytes for each row, for ever.
 */
final class VectorArithmetic {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorArithmetic() {}

  static void add(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).add(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] + y[yo + i];
    }
  }

  static void subtract(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).sub(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] - y[yo + i];
    }
  }

  static void multiply(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).mul(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] * y[yo + i];
    }
  }

  static void divide(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).div(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] / y[yo + i];
    }
  }

  static void addRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).add(right)).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] + y;
    }
  }

  static void subtractRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).sub(right)).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] - y;
    }
  }

  static void multiplyRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).mul(right)).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] * y;
    }
  }

  static void divideRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(V.cast(FloatVector.fromArray(S, x, xo + i)).div(right)).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x[xo + i] / y;
    }
  }

  static void subtractLeft(float x, float[] y, int yo, float[] z, int zo, int n) {
    FloatVector left = V.cast(FloatVector.broadcast(S, x));
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(left.sub(FloatVector.fromArray(S, y, yo + i))).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x - y[yo + i];
    }
  }

  static void divideLeft(float x, float[] y, int yo, float[] z, int zo, int n) {
    FloatVector left = V.cast(FloatVector.broadcast(S, x));
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(left.div(FloatVector.fromArray(S, y, yo + i))).intoArray(z, zo + i);
    }
    for (int i = bound; i < n; i++) {
      z[zo + i] = x / y[yo + i];
    }
  }

  static void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector scale = V.cast(FloatVector.broadcast(S, alpha));
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(scale.fma(FloatVector.fromArray(S, x, xo + i), FloatVector.fromArray(S, y, yo + i)))
          .intoArray(y, yo + i);
    }
    for (int i = bound; i < n; i++) {
      y[yo + i] = Math.fma(alpha, x[xo + i], y[yo + i]);
    }
  }
}
