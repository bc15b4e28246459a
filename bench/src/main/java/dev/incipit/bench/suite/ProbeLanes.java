package dev.incipit.bench.suite;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vectors of the probes: a constant of the process, or C2 would not compile them. */
final class ProbeLanes {

  static final VectorSpecies<Float> SPECIES =
      switch (KernelBenchmark.chosenBits()) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        case 512 -> FloatVector.SPECIES_512;
        default -> throw new IllegalStateException("probe: a width of 128, 256 or 512 is needed");
      };

  private ProbeLanes() {}
}
