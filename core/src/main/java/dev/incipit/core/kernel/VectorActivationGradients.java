package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives of activation functions over arrays in vectors, one method a function for the reason
 * told in {@link VectorArithmetic}, and the tails in methods of their own, as in {@link
 * VectorActivationMaps}.
 */
final class VectorActivationGradients {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  private VectorActivationGradients() {}

  static void elu(
      float alpha, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      elu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i), alpha)
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      eluTail(alpha, at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void eluTail(
      float alpha, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    elu(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail), alpha)
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector elu(FloatVector at, FloatVector dy, float alpha) {
    return at.add(alpha).mul(dy).blend(dy, at.compare(VectorOperators.GT, 0f));
  }

  static void selu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      selu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      seluTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void seluTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    selu(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector selu(FloatVector at, FloatVector dy) {
    FloatVector left = at.add(FunctionConstants.SELU_SCALE_ALPHA).mul(dy);
    return left.blend(dy.mul(FunctionConstants.SELU_SCALE), at.compare(VectorOperators.GT, 0f));
  }

  static void gelu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      gelu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      geluTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void geluTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    gelu(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector gelu(FloatVector at, FloatVector dy) {
    return VectorActivations.geluSlope(at).mul(dy);
  }

  static void silu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      silu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      siluTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void siluTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    silu(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector silu(FloatVector at, FloatVector dy) {
    return VectorActivations.siluSlope(at).mul(dy);
  }

  static void mish(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      mish(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      mishTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void mishTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    mish(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector mish(FloatVector at, FloatVector dy) {
    return VectorActivations.mishSlope(at).mul(dy);
  }

  static void softplus(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      softplus(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      softplusTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void softplusTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    softplus(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector softplus(FloatVector at, FloatVector dy) {
    return VectorActivations.expMinusOne(at.neg()).mul(dy.neg());
  }

  static void softsign(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      softsign(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i))
          .intoArray(dx, dxo + i);
    }
    if (bound < n) {
      softsignTail(at, ao + bound, dy, dyo + bound, dx, dxo + bound, n - bound);
    }
  }

  private static void softsignTail(
      float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    softsign(FloatVector.fromArray(S, at, ao, tail), FloatVector.fromArray(S, dy, dyo, tail))
        .intoArray(dx, dxo, tail);
  }

  private static FloatVector softsign(FloatVector at, FloatVector dy) {
    FloatVector rest = FloatVector.broadcast(S, 1f).sub(at.abs());
    return rest.mul(rest).mul(dy);
  }
}
