package dev.incipit.init;

import dev.incipit.core.linalg.HouseholderQr;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;
import java.util.OptionalDouble;

/**
 * A random matrix with orthonormal rows or columns, whichever are shorter in number, times a gain.
 *
 * <p>A square one is a rotation, perhaps with a reflection: it keeps every signal's length, and so
 * does a product of any number of them. Deep linear networks then learn in a time that does not
 * grow with depth, which no independent draw of the weights achieves. A nonlinearity wants its
 * gain: sqrt(2) for relu.
 *
 * <p>It is Q of the QR decomposition of a matrix of normal numbers, each column with the sign of
 * R's diagonal beside it: without the signs it would not be uniform (Haar). Of the weights [fanIn,
 * fanOut] the columns are orthonormal where {@code fanIn >= fanOut}, else the rows: {@code W^T W}
 * or {@code W W^T} is {@code gain^2 I}. With receptive fields the matrix is [height * width * in,
 * out]. Its size alone decides which of the two is drawn, so an element depends on the whole shape.
 *
 * @param gain factor of the matrix, positive
 * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al. 2014, Exact solutions to the nonlinear
 *     dynamics of learning in deep linear neural networks</a>
 * @see <a href="https://arxiv.org/abs/math-ph/0609050">Mezzadri 2007, How to generate random
 *     matrices from the classical compact groups</a>
 */
public record Orthogonal(double gain) implements Initializer {

  /**
   * Create an orthogonal initializer.
   *
   * @throws IllegalArgumentException if the gain is not positive, or beyond 1e18
   */
  public Orthogonal {
    gain = Parameters.root("orthogonal", "gain", gain);
  }

  /** Return the initializer with gain 1. */
  public static Orthogonal of() {
    return new Orthogonal(1);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    Matrix matrix = Matrix.of(out.shape());
    if (matrix.isEmpty()) {
      return;
    }
    int longer = Math.max(matrix.inputs(), matrix.units());
    int shorter = Math.min(matrix.inputs(), matrix.units());
    boolean fits = matrix.units() == shorter;
    Tensor q =
        fits
            ? Tensor.wrap(Shape.of(longer, shorter), out.array(), out.offset())
            : Tensor.zeros(longer, shorter);
    key.fillNormal(q, 0f, 1f);
    uniform(q, HouseholderQr.orthonormalize(q));
    if (!fits) {
      out.copyFrom(q.transpose().reshape(out.shape().extents()));
    }
  }

  /** Give the columns the signs of R's diagonal, and the gain. */
  private void uniform(Tensor q, Tensor diagonal) {
    double[] factors = new double[q.extent(1)];
    for (int j = 0; j < factors.length; j++) {
      factors[j] = diagonal.get(j) < 0 ? -gain : gain;
    }
    float[] numbers = q.array();
    int end = q.offset() + q.size();
    for (int row = q.offset(); row < end; row += factors.length) {
      for (int j = 0; j < factors.length; j++) {
        // Rounding may lengthen a unit vector by some millionths of a percent.
        numbers[row + j] = (float) (factors[j] * Math.clamp(numbers[row + j], -1f, 1f));
      }
    }
  }

  /**
   * State the distribution of a coordinate of a random point on a sphere.
   *
   * <p>In M dimensions, M the longer side of the matrix, on the sphere of radius 1 it has variance
   * 1/M and fourth moment 3/(M (M + 2)). Weights of one tensor are not independent.
   */
  @Override
  public Theory theory(Shape shape) {
    Matrix matrix = Matrix.of(shape);
    double dimension = Math.max(1, Math.max(matrix.inputs(), matrix.units()));
    double kurtosis = -6 / (dimension + 2);
    return new Theory.Moments(0, gain * gain / dimension, -gain, gain, OptionalDouble.of(kurtosis));
  }

  /** Return {@code orthogonal}, or the like of {@code orthogonal(gain=1.5)}. */
  @Override
  public String toString() {
    return gain == 1 ? "orthogonal" : "orthogonal(gain=" + Numbers.text(gain) + ")";
  }
}
