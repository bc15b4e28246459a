package dev.incipit.bench.suite;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiply-adds on registers alone: as many a second as the machine can do at this width.
 *
 * <p>The sum is the addend, as in a matrix product.
 *
 * <p>Twelve independent chains: a processor with two units of four cycles each is full with eight,
 * and the twelve with their two constants fit the sixteen registers of AVX2.
 */
final class FmaLoop {

  private static final VectorSpecies<Float> S = ProbeLanes.SPECIES;

  /** Independent chains: multiply-adds of vectors in one step. */
  static final int CHAINS = 12;

  /** What a step adds, twice: so little that no chain leaves the normal numbers. */
  static final float SMALL = 0x1p-18f;

  private FmaLoop() {}

  /**
   * Run.
   *
   * @param from index of one vector of numbers to start from
   * @param to index where the sum of the chains goes, so that nothing is left out
   */
  static void run(int steps, float[] data, int from, int to) {
    FloatVector x = FloatVector.broadcast(S, 0.5f);
    FloatVector y = FloatVector.broadcast(S, SMALL);
    FloatVector a0 = FloatVector.fromArray(S, data, from);
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
      a0 = x.fma(y, a0);
      a1 = x.fma(y, a1);
      a2 = x.fma(y, a2);
      a3 = x.fma(y, a3);
      a4 = x.fma(y, a4);
      a5 = x.fma(y, a5);
      a6 = x.fma(y, a6);
      a7 = x.fma(y, a7);
      a8 = x.fma(y, a8);
      a9 = x.fma(y, a9);
      a10 = x.fma(y, a10);
      a11 = x.fma(y, a11);
    }
    a0.add(a1)
        .add(a2.add(a3))
        .add(a4.add(a5).add(a6.add(a7)))
        .add(a8.add(a9).add(a10.add(a11)))
        .intoArray(data, to);
  }
}
