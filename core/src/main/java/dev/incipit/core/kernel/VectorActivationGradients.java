package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Derivatives of activation functions over whole vectors of arrays, one method a function for the
 * reason told in {@link VectorArithmetic}; {@link VectorUnary} sees to the last elements.
 */
final class VectorActivationGradients {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorActivationGradients() {}

  static void elu(
      float alpha, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(
              elu(
                  FloatVector.fromArray(S, at, ao + i),
                  FloatVector.fromArray(S, dy, dyo + i),
                  alpha))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector elu(FloatVector at, FloatVector dy, float alpha) {
    at = V.cast(at);
    dy = V.cast(dy);
    return at.add(alpha).mul(dy).blend(dy, at.compare(VectorOperators.GT, 0f));
  }

  static void selu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(selu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector selu(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    FloatVector left = at.add(FunctionConstants.SELU_SCALE_ALPHA).mul(dy);
    return left.blend(dy.mul(FunctionConstants.SELU_SCALE), at.compare(VectorOperators.GT, 0f));
  }

  static void gelu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(gelu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector gelu(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    return VectorActivations.geluSlope(at).mul(dy);
  }

  static void silu(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(silu(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector silu(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    return VectorActivations.siluSlope(at).mul(dy);
  }

  static void mish(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(mish(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector mish(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    return VectorActivations.mishSlope(at).mul(dy);
  }

  static void softplus(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(softplus(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector softplus(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    return VectorActivations.expMinusOne(at.neg()).mul(dy.neg());
  }

  static void softsign(float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(softsign(FloatVector.fromArray(S, at, ao + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(dx, dxo + i);
    }
  }

  private static FloatVector softsign(FloatVector at, FloatVector dy) {
    at = V.cast(at);
    dy = V.cast(dy);
    FloatVector rest = V.cast(FloatVector.broadcast(S, 1f)).sub(at.abs());
    return rest.mul(rest).mul(dy);
  }
}
