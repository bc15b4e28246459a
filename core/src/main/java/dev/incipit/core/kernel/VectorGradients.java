package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives over arrays in vectors, one method a function for the reason told in {@link
 * VectorArithmetic}.
 */
final class VectorGradients {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  private VectorGradients() {}

  static void abs(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      abs(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      abs(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector abs(FloatVector at, FloatVector dy) {
    FloatVector slopeless = at.mul(0f).blend(dy.neg(), at.compare(VectorOperators.LT, 0f));
    return slopeless.blend(dy, at.compare(VectorOperators.GT, 0f));
  }

  static void square(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      square(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      square(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector square(FloatVector at, FloatVector dy) {
    return at.add(at).mul(dy);
  }

  static void sqrt(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      sqrt(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      sqrt(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector sqrt(FloatVector at, FloatVector dy) {
    return dy.mul(0.5f).div(at);
  }

  static void exp(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      exp(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      exp(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector exp(FloatVector at, FloatVector dy) {
    return at.mul(dy);
  }

  static void log(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      log(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      log(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector log(FloatVector at, FloatVector dy) {
    return dy.div(at);
  }

  static void tanh(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      tanh(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      tanh(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector tanh(FloatVector at, FloatVector dy) {
    return at.neg().fma(at, FloatVector.broadcast(S, 1f)).mul(dy);
  }

  static void sigmoid(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      sigmoid(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      sigmoid(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector sigmoid(FloatVector at, FloatVector dy) {
    return at.mul(FloatVector.broadcast(S, 1f).sub(at)).mul(dy);
  }

  static void relu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      relu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      relu(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail))
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector relu(FloatVector at, FloatVector dy) {
    return dy.blend(0f, at.compare(VectorOperators.LE, 0f));
  }

  static void leakyRelu(
      float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      leakyRelu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i), p)
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      leakyRelu(
              FloatVector.fromArray(S, at, ao + bound, tail),
              FloatVector.fromArray(S, dy, dyo + bound, tail),
              p)
          .intoArray(dx, dxo + bound, tail);
    }
  }

  private static FloatVector leakyRelu(FloatVector at, FloatVector dy, float p) {
    return dy.blend(dy.mul(p), at.compare(VectorOperators.LE, 0f));
  }
}
