package dev.incipit.bench.suite;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiply-adds on registers alone: as many a second as the machine can do at this width.
 *
 * <p>Twelve independent chains: a processor with two units of four cycles each is full with eight,
 * and the twelve with their two constants fit the sixteen registers of AVX2.
 */
final class FmaLoop {

  private static final VectorSpecies<Float> S = ProbeLanes.SPECIES;

  /** Independent chains: multiply-adds of vectors in one step. */
  static final int CHAINS = 12;

  private FmaLoop() {}

  /** Run from one vector at {@code at} and leave the result there, so that nothing is left out. */
  static void run(int steps, float[] out, int at) {
    // Every chain tends to 2: no overflow, no denormal.
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector a0 = FloatVector.fromArray(S, out, at);
    FloatVector a1 = a0.add(1f);
    FloatVector a2 = a0.add(2f);
    FloatVector a3 = a0.add(3f);
    FloatVector a4 = a0.add(4f);
    FloatVector a5 = a0.add(5f);
    FloatVector a6 = a0.add(6f);
    FloatVector a7 = a0.add(7f);
    FloatVector a8 = a0.add(8f);
    FloatVector a9 = a0.add(9f);
    FloatVector a10 = a0.add(10f);
    FloatVector a11 = a0.add(11f);
    for (int i = 0; i < steps; i++) {
      a0 = a0.fma(half, one);
      a1 = a1.fma(half, one);
      a2 = a2.fma(half, one);
      a3 = a3.fma(half, one);
      a4 = a4.fma(half, one);
      a5 = a5.fma(half, one);
      a6 = a6.fma(half, one);
      a7 = a7.fma(half, one);
      a8 = a8.fma(half, one);
      a9 = a9.fma(half, one);
      a10 = a10.fma(half, one);
      a11 = a11.fma(half, one);
    }
    a0.add(a1)
        .add(a2.add(a3))
        .add(a4.add(a5).add(a6.add(a7)))
        .add(a8.add(a9).add(a10.add(a11)))
        .intoArray(out, at);
  }
}
