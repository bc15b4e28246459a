package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic of two operands in vectors.
 *
 * <p>Every loop stands in a method of its own: a vector that crosses a call which the compiler did
 * not inline is boxed, and only a call site that takes a good share of its caller's invocations is
 * inlined. One shared loop with the operation as parameter would be a hundred times slower as soon
 * as two operations met in it.
 */
final class VectorArithmetic {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorArithmetic() {}

  static void add(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).add(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(
              FloatVector.fromArray(S, x, xo + bound, tail)
                  .add(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void subtract(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).sub(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(
              FloatVector.fromArray(S, x, xo + bound, tail)
                  .sub(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void multiply(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).mul(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(
              FloatVector.fromArray(S, x, xo + bound, tail)
                  .mul(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void divide(float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).div(FloatVector.fromArray(S, y, yo + i)))
          .intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(
              FloatVector.fromArray(S, x, xo + bound, tail)
                  .div(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void addRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).add(right)).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).add(right))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void subtractRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).sub(right)).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).sub(right))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void multiplyRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).mul(right)).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).mul(right))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void divideRight(float[] x, int xo, float y, float[] z, int zo, int n) {
    FloatVector right = FloatVector.broadcast(S, y);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).div(right)).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).div(right))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void subtractLeft(float x, float[] y, int yo, float[] z, int zo, int n) {
    FloatVector left = FloatVector.broadcast(S, x);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(left.sub(FloatVector.fromArray(S, y, yo + i))).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(left.sub(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void divideLeft(float x, float[] y, int yo, float[] z, int zo, int n) {
    FloatVector left = FloatVector.broadcast(S, x);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(left.div(FloatVector.fromArray(S, y, yo + i))).intoArray(z, zo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(left.div(FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(z, zo + bound, tail);
    }
  }

  static void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector scale = FloatVector.broadcast(S, alpha);
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(scale.fma(FloatVector.fromArray(S, x, xo + i), FloatVector.fromArray(S, y, yo + i)))
          .intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(
              scale.fma(
                  FloatVector.fromArray(S, x, xo + bound, tail),
                  FloatVector.fromArray(S, y, yo + bound, tail)))
          .intoArray(y, yo + bound, tail);
    }
  }
}
