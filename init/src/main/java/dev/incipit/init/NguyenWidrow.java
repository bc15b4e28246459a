package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.OptionalDouble;

/**
 * Weight vectors of uniform numbers, each unit's scaled to the length {@code 0.7 H^(1/N)}.
 *
 * <p>N is the fan in and H the number of units. For a hidden layer of tanh units behind inputs in
 * [-1, 1]: such a unit is nearly linear over a slab of the input space, and steep units are thin
 * slabs. The length makes the H slabs just thick enough to cover the inputs together, overlapping
 * by some 30 %, and the biases spread them. So every weight of {@code U(-1, 1)} is multiplied by
 * {@code 0.7 H^(1/N) / |w|}, with |w| the Euclidean length of its unit's incoming weights, a column
 * of [fanIn, fanOut].
 *
 * <p>The method's other half is the bias, {@code U(-0.7 H^(1/N), 0.7 H^(1/N))}: {@link #bias} gives
 * its initializer. With zero biases all slabs pass through the origin.
 *
 * @see <a href="https://doi.org/10.1109/IJCNN.1990.137819">Nguyen and Widrow 1990, Improving the
 *     learning speed of 2-layer neural networks by choosing initial values of the adaptive
 *     weights</a>
 */
public record NguyenWidrow() implements Initializer {

  /**
   * Return the length of each unit's weight vector, {@code 0.7 H^(1/N)}.
   *
   * @param weights shape of the weights, [N, H]; receptive fields count into N
   * @throws IllegalArgumentException if the rank is below 2
   */
  public double length(Shape weights) {
    Matrix matrix = Matrix.of(weights);
    return 0.7 * StrictMath.pow(Math.max(1, matrix.units()), 1.0 / Math.max(1, matrix.inputs()));
  }

  /**
   * Return the initializer of the biases that belong to weights of a shape.
   *
   * @param weights shape of the weights, not of the bias: [N, H]
   * @return uniform numbers between plus and minus {@link #length}
   * @throws IllegalArgumentException if the rank is below 2
   */
  public Uniform bias(Shape weights) {
    double length = length(weights);
    return new Uniform(-length, length);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    Matrix matrix = Matrix.of(out.shape());
    double length = length(out.shape());
    key.fillUniform(out, -1f, 1f);
    float[] numbers = out.array();
    int end = out.offset() + out.size();
    for (int unit = 0; unit < matrix.units(); unit++) {
      double square = 0;
      for (int at = out.offset() + unit; at < end; at += matrix.units()) {
        square += (double) numbers[at] * numbers[at];
      }
      double norm = Math.sqrt(square);
      for (int at = out.offset() + unit; at < end; at += matrix.units()) {
        // The quotient first: it is at most 1, so that no weight exceeds the length.
        numbers[at] = (float) (numbers[at] / norm * length);
      }
    }
  }

  /**
   * State the distribution of a weight: the squares of a unit's N weights sum to the squared
   * length, so each has an N-th of it as variance. The weights of one unit are not independent.
   */
  @Override
  public Theory theory(Shape shape) {
    double length = length(shape);
    double variance = length * length / Math.max(1, Matrix.of(shape).inputs());
    return new Theory.Moments(0, variance, -length, length, OptionalDouble.empty());
  }

  /** Return {@code nguyen-widrow}. */
  @Override
  public String toString() {
    return "nguyen-widrow";
  }
}
