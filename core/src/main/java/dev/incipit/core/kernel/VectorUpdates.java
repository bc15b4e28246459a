package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The optimizers' updates, each one pass over gradient, state and weights.
 *
 * <p>The last numbers are the scalar kernel's: a second copy of the formula behind a mask was too
 * much for C2's inlining, and some of its vectors became objects.
 */
final class VectorUpdates {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorUpdates() {}

  static void momentumStep(
      float rate,
      float momentum,
      float decay,
      float[] g,
      int go,
      float[] v,
      int vo,
      float[] w,
      int wo,
      int n) {
    FloatVector step = V.cast(FloatVector.broadcast(S, -rate));
    FloatVector keep = V.cast(FloatVector.broadcast(S, momentum));
    FloatVector pull = V.cast(FloatVector.broadcast(S, decay));
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector weight = FloatVector.fromArray(S, w, wo + i);
      FloatVector h = pull.fma(weight, FloatVector.fromArray(S, g, go + i));
      FloatVector velocity = keep.fma(FloatVector.fromArray(S, v, vo + i), h);
      V.cast(velocity).intoArray(v, vo + i);
      V.cast(step.fma(velocity, weight)).intoArray(w, wo + i);
    }
    if (bound < n) {
      ScalarKernels.INSTANCE.momentumStep(
          rate, momentum, decay, g, go + bound, v, vo + bound, w, wo + bound, n - bound);
    }
  }

  static void adamStep(
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction,
      float decay,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      float[] w,
      int wo,
      int n) {
    FloatVector keep1 = V.cast(FloatVector.broadcast(S, beta1));
    FloatVector keep2 = V.cast(FloatVector.broadcast(S, beta2));
    FloatVector pull = V.cast(FloatVector.broadcast(S, decay));
    FloatVector correct = FloatVector.broadcast(S, correction);
    FloatVector floor = FloatVector.broadcast(S, epsilon);
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      FloatVector weight = V.cast(FloatVector.fromArray(S, w, wo + i));
      FloatVector h = pull.fma(weight, FloatVector.fromArray(S, g, go + i));
      FloatVector first = keep1.fma(FloatVector.fromArray(S, m, mo + i), h.mul(rest1));
      FloatVector second = keep2.fma(FloatVector.fromArray(S, v, vo + i), h.mul(rest2).mul(h));
      V.cast(first).intoArray(m, mo + i);
      V.cast(second).intoArray(v, vo + i);
      FloatVector length = second.sqrt().fma(correct, floor);
      V.cast(weight.sub(first.mul(rate).div(length))).intoArray(w, wo + i);
    }
    if (bound < n) {
      ScalarKernels.INSTANCE.adamStep(
          rate,
          beta1,
          beta2,
          epsilon,
          correction,
          decay,
          g,
          go + bound,
          m,
          mo + bound,
          v,
          vo + bound,
          w,
          wo + bound,
          n - bound);
    }
  }
}
