package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Exactly k incoming weights of each unit from {@code N(0, std^2)}, the others zero.
 *
 * <p>The number of inputs that a unit hears then does not grow with the layer, so that units stay
 * unlike each other and out of saturation however wide it is. The weights counted are the
 * <em>incoming</em> ones, as in the paper: k nonzero numbers in each column of [fanIn, fanOut].
 * Some libraries count the outgoing ones.
 *
 * <p>The numbers are those of {@link Normal} with the same key. Which k of a column stay is drawn
 * from a key of the column's own, all choices alike (Floyd's method).
 *
 * @param k nonzero incoming weights of a unit, positive; at most the fan in
 * @param std the standard deviation of the nonzero weights, positive
 * @see <a href="https://www.cs.toronto.edu/~jmartens/docs/Deep_HessianFree.pdf">Martens 2010, Deep
 *     learning via Hessian-free optimization</a>
 * @see <a href="https://doi.org/10.1145/30401.315746">Bentley and Floyd 1987, A sample of
 *     brilliance</a>
 */
public record Sparse(int k, double std) implements Initializer {

  private static final int MOST = 1 << 29;

  /**
   * Create a sparse initializer.
   *
   * @throws IllegalArgumentException if a number is not positive, or k beyond 2^29
   */
  public Sparse {
    if (k < 1 || k > MOST) {
      throw new IllegalArgumentException(
          "sparse: k must lie between 1 and 536870912, but got " + k + "; 15 is customary");
    }
    std = Parameters.positive("sparse", "std", std);
  }

  /** Return the initializer with 15 nonzero weights of deviation 1, the paper's choice. */
  public static Sparse of() {
    return new Sparse(15, 1);
  }

  /**
   * Overwrite a tensor's numbers.
   *
   * @throws IllegalArgumentException if k exceeds the fan in, or the rank is below 2
   */
  @Override
  public void fill(Tensor out, RandomKey key) {
    Matrix matrix = checked(out.shape());
    if (matrix.isEmpty()) {
      return;
    }
    key.fillNormal(out, 0f, (float) std);
    RandomKey places = key.split("sparse");
    boolean[] kept = new boolean[matrix.inputs()];
    int[] words = new int[2 * k];
    for (int unit = 0; unit < matrix.units(); unit++) {
      places.split(unit).fillBits(words);
      choose(words, kept);
      for (int input = 0; input < kept.length; input++) {
        if (!kept[input]) {
          out.array()[out.offset() + input * matrix.units() + unit] = 0f;
        }
      }
    }
  }

  /** Mark k places, each set of k with the same probability to one part in 2^33. */
  private void choose(int[] words, boolean[] kept) {
    Arrays.fill(kept, false);
    for (int step = 0; step < k; step++) {
      int last = kept.length - k + step;
      long bits = (words[2 * step] & 0xFFFF_FFFFL) | ((long) words[2 * step + 1] << 32);
      int place = (int) Math.unsignedMultiplyHigh(bits, last + 1L);
      kept[kept[place] ? last : place] = true;
    }
  }

  private Matrix checked(Shape shape) {
    Matrix matrix = Matrix.of(shape);
    if (!matrix.isEmpty() && k > matrix.inputs()) {
      throw new IllegalArgumentException(
          "sparse: k must not exceed the fan in, but got k %d and fan in %d; pass a smaller k"
              .formatted(k, matrix.inputs()));
    }
    return matrix;
  }

  /** State the distribution of a weight: zero but with probability {@code k / fanIn}. */
  @Override
  public Theory theory(Shape shape) {
    double share = Math.min(1, k / (double) Math.max(1, checked(shape).inputs()));
    return new Theory.Moments(
        0,
        share * std * std,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        OptionalDouble.of(3 / share - 3));
  }

  /** Return the like of {@code sparse(k=15, std=1)}. */
  @Override
  public String toString() {
    return "sparse(k=" + k + ", std=" + Numbers.text(std) + ")";
  }
}
