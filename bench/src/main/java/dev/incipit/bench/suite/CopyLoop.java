package dev.incipit.bench.suite;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** A copy in vectors of one width: what a loop that reads and writes can do at best. */
final class CopyLoop {

  private static final VectorSpecies<Float> S = ProbeLanes.SPECIES;

  private CopyLoop() {}

  /** Copy {@code n} numbers, a multiple of 64. */
  static void run(float[] x, float[] z, int n) {
    for (int i = 0; i < S.loopBound(n); i += S.length()) {
      FloatVector.fromArray(S, x, i).intoArray(z, i);
    }
  }
}
