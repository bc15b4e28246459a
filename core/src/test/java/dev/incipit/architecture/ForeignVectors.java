package dev.incipit.architecture;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Does what any other code in the process may do: computes by vectors of another width than ours.
 *
 * <p>The methods of the Vector API are shared, and so are the profiles that the compiler keeps of
 * them: it then expects these vectors in our kernels, too.
 */
public final class ForeignVectors {

  private static final int N = 1003;
  private static final int ROUNDS = 3000;

  private ForeignVectors() {}

  /**
   * Compute with another width. One is worse than several: of two kinds of receivers the compiler
   * inlines both, of more it waits until it knows the one. The machine has to have it, else its
   * vectors are plain Java.
   *
   * @param bits the width that is ours
   * @return a number that depends on all of the work
   */
  public static float use(int bits) {
    boolean isWide = FloatVector.SPECIES_PREFERRED.length() == 16;
    VectorSpecies<Float> species =
        bits != 256
            ? FloatVector.SPECIES_256
            : isWide ? FloatVector.SPECIES_512 : FloatVector.SPECIES_128;
    float sum = 0;
    float[] a = new float[N];
    float[] b = new float[N];
    int[] words = new int[N];
    Arrays.fill(a, 1.5f);
    Arrays.fill(b, 2.5f);
    for (int round = 0; round < ROUNDS; round++) {
      sum += floats(species, a, b);
      sum += words(VectorSpecies.of(int.class, species.vectorShape()), a, words);
    }
    return sum;
  }

  private static float floats(VectorSpecies<Float> species, float[] a, float[] b) {
    FloatVector sum = FloatVector.zero(species);
    for (int i = 0; i < N; i += species.length()) {
      VectorMask<Float> mask = species.indexInRange(i, N);
      FloatVector x = FloatVector.fromArray(species, a, i, mask);
      FloatVector y = FloatVector.fromArray(species, b, i, mask);
      sum = x.fma(y, sum).max(x).min(y);
      x.mul(y).add(1f).sub(y).div(2f).abs().sqrt().neg().intoArray(a, i, mask);
      x.blend(y, x.compare(VectorOperators.LT, y)).blend(0f, mask.not()).intoArray(b, i, mask);
    }
    for (int i = 0; i < species.loopBound(N); i += species.length()) {
      FloatVector x = FloatVector.fromArray(species, a, i);
      x.rearrange(species.iotaShuffle(1, 1, true)).intoArray(a, i);
      FloatVector.fromArray(species, b, i).intoArray(a, i);
      x.intoArray(b, i);
    }
    return sum.reduceLanes(VectorOperators.ADD) + sum.reduceLanes(VectorOperators.MAX);
  }

  private static int words(VectorSpecies<Integer> species, float[] a, int[] words) {
    VectorSpecies<Float> floats = VectorSpecies.of(float.class, species.vectorShape());
    int count = 0;
    for (int i = 0; i < species.loopBound(N); i += species.length()) {
      IntVector x = FloatVector.fromArray(floats, a, i).reinterpretAsInts();
      IntVector y = IntVector.fromArray(species, words, i).add(x).lanewise(VectorOperators.ROL, 5);
      y.lanewise(VectorOperators.XOR, x).and(0x7fffff).intoArray(words, i);
      count += x.compare(VectorOperators.LT, y).trueCount();
      ((FloatVector) y.convert(VectorOperators.I2F, 0)).intoArray(a, i);
    }
    return count;
  }
}
