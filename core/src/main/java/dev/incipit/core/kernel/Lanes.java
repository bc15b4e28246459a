package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Choose the vector width, once, for all vector kernels.
 *
 * <p>The species must be {@code static final}: C2 compiles a vector operation to an instruction
 * only where the species is a constant.
 */
final class Lanes {

  static final VectorSpecies<Float> FLOAT =
      species(System.getProperty(KernelChoice.PROPERTY, "auto"));
  static final VectorSpecies<Integer> INT = VectorSpecies.of(int.class, FLOAT.vectorShape());

  /** The class of a vector of {@link #FLOAT}. */
  static final Class<? extends FloatVector> VECTOR =
      FLOAT.vectorType().asSubclass(FloatVector.class);

  static final Class<? extends IntVector> INT_VECTOR = INT.vectorType().asSubclass(IntVector.class);

  /** Elements of one vector. */
  static final int COUNT = FLOAT.length();

  private Lanes() {}

  private static VectorSpecies<Float> species(String width) {
    return switch (width) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      case "512" -> FloatVector.SPECIES_512;
      case "auto" -> widest();
      default ->
          throw new IllegalArgumentException(
              KernelChoice.PROPERTY
                  + ": vectors are 128, 256 or 512 bits wide, but got "
                  + width
                  + "; use one of these or auto");
    };
  }

  /** Stop at 512 bits: a tile of random numbers is 16 lanes wide. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() <= 512
        ? preferred
        : VectorSpecies.of(float.class, VectorShape.S_512_BIT);
  }

  /** Return the widest vectors that the machine has in hardware, in bits. */
  static int preferredBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
