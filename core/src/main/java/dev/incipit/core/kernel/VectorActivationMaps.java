package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
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

  static void mish(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.mish(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void softsign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorActivations.softsign(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }
}
