package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activation functions over arrays in vectors, one method a function for the reason told in {@link
 * VectorArithmetic}, and the tails in methods of their own, so that the loop's vectors stay in
 * registers (see {@link VectorFunctions}).
 */
final class VectorActivationMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;

  private VectorActivationMaps() {}

  static void elu(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.elu(FloatVector.fromArray(S, x, xo + i), alpha).intoArray(y, yo + i);
    }
    if (bound < n) {
      eluTail(alpha, x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void eluTail(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.elu(FloatVector.fromArray(S, x, xo, tail), alpha).intoArray(y, yo, tail);
  }

  static void selu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.selu(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    if (bound < n) {
      seluTail(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void seluTail(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.selu(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.gelu(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    if (bound < n) {
      geluTail(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void geluTail(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.gelu(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      // As sigmoid does: see VectorMaps.
      if (v.abs().compare(VectorOperators.LE, FunctionConstants.SIGMOID_NEAR).allTrue()) {
        VectorFunctions.overOnePlusExpNear(v, v).intoArray(y, yo + i);
      } else {
        siluAnywhere(x, xo + i, y, yo + i, S.length());
      }
    }
    if (bound < n) {
      siluAnywhere(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void siluAnywhere(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.silu(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }

  static void mish(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.mish(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    if (bound < n) {
      mishTail(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void mishTail(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.mish(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }

  static void softplus(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.softplus(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    if (bound < n) {
      softplusTail(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void softplusTail(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.softplus(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }

  static void softsign(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      VectorActivations.softsign(FloatVector.fromArray(S, x, xo + i)).intoArray(y, yo + i);
    }
    if (bound < n) {
      softsignTail(x, xo + bound, y, yo + bound, n - bound);
    }
  }

  private static void softsignTail(float[] x, int xo, float[] y, int yo, int n) {
    VectorMask<Float> tail = S.indexInRange(0, n);
    VectorActivations.softsign(FloatVector.fromArray(S, x, xo, tail)).intoArray(y, yo, tail);
  }
}
