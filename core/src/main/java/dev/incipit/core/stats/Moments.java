package dev.incipit.core.stats;

import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Count, mean, variance, skewness, kurtosis and range of numbers.
 *
 * <pre>{@code
 * Moments all = Moments.NONE;
 * for (Tensor part : parts) {
 *   all = all.merge(Moments.of(part));
 * }
 * double deviation = all.deviation();
 * }</pre>
 *
 * <p>Sums are of differences from the mean, so a mean that is large against the deviation costs no
 * digits. A NaN or an infinity among the numbers makes mean and sums NaN or infinite.
 *
 * @param count how many numbers
 * @param mean their mean; NaN if there are none
 * @param second sum of {@code (x - mean)^2}
 * @param third sum of {@code (x - mean)^3}
 * @param fourth sum of {@code (x - mean)^4}
 * @param min the least; infinity if there are none, NaN if one is NaN
 * @param max the greatest; negative infinity if there are none, NaN if one is NaN
 * @see <a href="https://doi.org/10.2172/1028931">Pebay 2008, Formulas for robust, one-pass parallel
 *     computation of covariances and arbitrary-order statistical moments</a>
 */
public record Moments(
    long count, double mean, double second, double third, double fourth, double min, double max) {

  /** The moments of no numbers, which {@link #merge} leaves without a trace. */
  public static final Moments NONE =
      new Moments(0, Double.NaN, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** Numbers that stay in the first cache between the pass for their mean and the next. */
  private static final int BLOCK = 4096;

  /** Compute the moments of all elements of a tensor. */
  public static Moments of(Tensor x) {
    return of(x.array(), x.offset(), 1, x.size());
  }

  /**
   * Compute the moments of each column of a matrix, such as those of each unit over a batch.
   *
   * @param x matrix [rows, columns]
   * @return moments for each column
   * @throws ShapeMismatchException if x is no matrix
   */
  public static List<Moments> ofColumns(Tensor x) {
    if (x.rank() != 2) {
      throw new ShapeMismatchException(
          "moments: columns are those of a matrix, but got " + x.shape() + "; reshape it");
    }
    List<Moments> columns = new ArrayList<>(x.extent(1));
    for (int j = 0; j < x.extent(1); j++) {
      columns.add(of(x.array(), x.offset() + j, x.extent(1), x.extent(0)));
    }
    return columns;
  }

  private static Moments of(float[] x, int from, int stride, int count) {
    Moments all = NONE;
    for (int done = 0; done < count; done += BLOCK) {
      all = all.merge(block(x, from + done * stride, stride, Math.min(BLOCK, count - done)));
    }
    return all;
  }

  private static Moments block(float[] x, int from, int stride, int count) {
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = x[from + i * stride];
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / count;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = 0; i < count; i++) {
      double difference = x[from + i * stride] - mean;
      double square = difference * difference;
      second += square;
      third += square * difference;
      fourth += square * square;
    }
    return new Moments(count, mean, second, third, fourth, min, max);
  }

  /**
   * Return the moments of these numbers and others together.
   *
   * @param other moments of the others
   */
  public Moments merge(Moments other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    double a = count;
    double b = other.count;
    double n = a + b;
    double d = other.mean - mean;
    double step = d / n;
    double ab = a * b;
    double second2 = second + other.second + d * step * ab;
    double third2 =
        third
            + other.third
            + d * step * step * ab * (a - b)
            + 3 * step * (a * other.second - b * second);
    double fourth2 =
        fourth
            + other.fourth
            + d * step * step * step * ab * (a * a - ab + b * b)
            + 6 * step * step * (a * a * other.second + b * b * second)
            + 4 * step * (a * other.third - b * third);
    return new Moments(
        count + other.count,
        mean + step * b,
        second2,
        third2,
        fourth2,
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  /** Return the variance of these numbers themselves, {@code second / count}; NaN if none. */
  public double variance() {
    return second / count;
  }

  /** Return the square root of the {@link #variance()}. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Return the mean of the squares, {@code variance + mean^2}. */
  public double meanSquare() {
    return variance() + mean * mean;
  }

  /** Return the skewness, 0 for a symmetric distribution; NaN if all numbers are equal. */
  public double skewness() {
    return third / count / (variance() * deviation());
  }

  /**
   * Return the excess kurtosis, 0 for a normal distribution; NaN if all numbers are equal.
   *
   * <p>It is that of these numbers themselves, {@code count fourth / second^2 - 3}. Of n normal
   * numbers it has a deviation of about {@code sqrt(24 / n)}.
   */
  public double excessKurtosis() {
    return count * fourth / (second * second) - 3;
  }
}
