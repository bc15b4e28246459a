package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.EXP_NORMAL;
import static dev.incipit.core.kernel.FunctionConstants.SIGMOID_NEAR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Scalar functions over arrays in vectors, one method a function for the reason told in {@link
 * VectorArithmetic}, and short formulas written twice for the reason told in {@link
 * VectorFunctions}.
 *
 * <p>Where all lanes of a vector hold ordinary arguments, exp, log and sigmoid take a shorter way
 * to the same bits; a vector with others goes through a method of its own, so that no vector
 * crosses a call. Those three and tanh take whole vectors only: {@link VectorUnary} sees to the
 * last elements.
 */
final class VectorMaps {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  /**
   * What turns bits of a float into a number below {@link #NORMALS}, as integers with a sign, where
   * the float is positive, finite and normal, and only there.
   */
  private static final int SMALLEST_NORMAL = Integer.MIN_VALUE + 0x0080_0000;

  private static final int NORMALS = Integer.MIN_VALUE + 0x7f00_0000;

  private VectorMaps() {}

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).abs()).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).abs()).intoArray(y, yo + bound, tail);
    }
  }

  static void square(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.mul(v)).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.mul(v)).intoArray(y, yo + bound, tail);
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      V.cast(FloatVector.fromArray(S, x, xo + i).sqrt()).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      V.cast(FloatVector.fromArray(S, x, xo + bound, tail).sqrt()).intoArray(y, yo + bound, tail);
    }
  }

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      if (v.abs().compare(VectorOperators.LE, EXP_NORMAL).allTrue()) {
        V.cast(VectorFunctions.expNormal(v)).intoArray(y, yo + i);
      } else {
        expAnywhere(x, xo + i, y, yo + i);
      }
    }
  }

  private static void expAnywhere(float[] x, int xo, float[] y, int yo) {
    V.cast(VectorFunctions.exp(FloatVector.fromArray(S, x, xo))).intoArray(y, yo);
  }

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      if (v.reinterpretAsInts()
          .sub(SMALLEST_NORMAL)
          .compare(VectorOperators.LT, NORMALS)
          .allTrue()) {
        V.cast(VectorFunctions.logNormal(v)).intoArray(y, yo + i);
      } else {
        VectorFunctions.log(x, xo + i, y, yo + i);
      }
    }
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      V.cast(VectorFunctions.tanh(FloatVector.fromArray(S, x, xo + i))).intoArray(y, yo + i);
    }
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      if (v.abs().compare(VectorOperators.LE, SIGMOID_NEAR).allTrue()) {
        V.cast(VectorFunctions.overOnePlusExpNear(FloatVector.broadcast(S, 1f), v))
            .intoArray(y, yo + i);
      } else {
        sigmoidAnywhere(x, xo + i, y, yo + i);
      }
    }
  }

  private static void sigmoidAnywhere(float[] x, int xo, float[] y, int yo) {
    FloatVector v = V.cast(FloatVector.fromArray(S, x, xo));
    v = v.blend(FunctionConstants.FADE, v.compare(VectorOperators.LT, FunctionConstants.FADE));
    V.cast(VectorFunctions.overOnePlusExp(FloatVector.broadcast(S, 1f), v)).intoArray(y, yo);
  }

  /** {@code x <= 0 ? 0 : x}: one compare and one masked move, and NaN passes. */
  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.blend(0f, v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.blend(0f, v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + bound, tail);
    }
  }

  static void leakyRelu(float p, float[] x, int xo, float[] y, int yo, int n) {
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector v = FloatVector.fromArray(S, x, xo + i);
      V.cast(v.blend(v.mul(p), v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + i);
    }
    if (bound < n) {
      VectorMask<Float> tail = S.indexInRange(bound, n);
      FloatVector v = FloatVector.fromArray(S, x, xo + bound, tail);
      V.cast(v.blend(v.mul(p), v.compare(VectorOperators.LE, 0f))).intoArray(y, yo + bound, tail);
    }
  }
}
