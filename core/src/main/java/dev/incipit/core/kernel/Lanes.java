package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this process.
 *
 * <p>Chosen once, at class initialisation, and held in static final fields: the compiler treats a
 * species as a constant only then, and boxes every vector otherwise.
 */
final class Lanes {

  static final VectorSpecies<Float> FLOAT = species();
  static final VectorSpecies<Integer> INT = FLOAT.withLanes(int.class).check(int.class);

  static final int COUNT = FLOAT.length();

  private Lanes() {}

  private static VectorSpecies<Float> species() {
    return switch (System.getProperty(KernelChoice.PROPERTY, "auto")) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      default -> widest();
    };
  }

  private static VectorSpecies<Float> widest() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    if (preferred >= 512) {
      return FloatVector.SPECIES_512;
    }
    return preferred == 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }

  /** Return the widest vectors the machine has in hardware, in bits. */
  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
