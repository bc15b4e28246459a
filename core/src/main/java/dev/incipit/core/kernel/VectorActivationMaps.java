package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activation functions over whole vectors of arrays, one method a function for the reason told in
 * {@link VectorArithmetic}; {@link VectorUnary} sees to the last elements.
 */
final class VectorActivationMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorActivationMaps() {}

  static void elu(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.elu(FloatVector.fromArray(S, x, xo + i), alpha))
          .intoArray(y, yo + i);
    }
  }

  static void selu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.selu(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.gelu(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      // As sigmoid does: see VectorMaps.
      if (v.abs().compare(VectorOperators.LE, FunctionConstants.SIGMOID_NEAR).allTrue()) {
        V.cast(VectorFunctions.overOnePlusExpNear(v, v)).intoArray(y, yo + i);
      } else {
        siluAnywhere(x, xo + i, y, yo + i);
      }
    }
  }

  private static void siluAnywhere(float[] x, int xo, float[] y, int yo) {
    V.cast(VectorActivations.silu(FloatVector.fromArray(S, x, xo))).intoArray(y, yo);
  }

  static void mish(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.mish(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void softplus(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.softplus(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void softsign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.softsign(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }
}
