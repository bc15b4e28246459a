package dev.incipit.init;

import java.util.OptionalDouble;

/**
 * How a single weight is distributed, in exact numbers.
 *
 * <p>Weights are floats: a drawn one lies within the support rounded to float.
 */
public sealed interface Theory {

  /** Return the mean. */
  double mean();

  /** Return the variance. */
  double variance();

  /** Return the lower end of the support, negative infinity if there is none. */
  double low();

  /** Return the upper end of the support, infinity if there is none. */
  double high();

  /** Return the excess kurtosis (0 for a normal distribution), empty if unknown or undefined. */
  OptionalDouble excessKurtosis();

  /** Return the standard deviation. */
  default double std() {
    return Math.sqrt(variance());
  }

  /**
   * A weight that is always the same.
   *
   * @param value the weight
   */
  record Point(double value) implements Theory {
    @Override
    public double mean() {
      return value;
    }

    @Override
    public double variance() {
      return 0;
    }

    @Override
    public double low() {
      return value;
    }

    @Override
    public double high() {
      return value;
    }

    @Override
    public OptionalDouble excessKurtosis() {
      return OptionalDouble.empty();
    }
  }

  /**
   * A weight from a normal distribution.
   *
   * @param mean its mean
   * @param variance its variance, positive
   */
  record Gaussian(double mean, double variance) implements Theory {
    @Override
    public double low() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    public double high() {
      return Double.POSITIVE_INFINITY;
    }

    @Override
    public OptionalDouble excessKurtosis() {
      return OptionalDouble.of(0);
    }
  }

  /**
   * A weight from a normal distribution of mean 0, cut at both sides.
   *
   * @param variance its variance, which is less than before the cut; positive
   * @param cut where it is cut, in standard deviations before the cut, in [0.1, 8]
   */
  record TruncatedGaussian(double variance, double cut) implements Theory {
    @Override
    public double mean() {
      return 0;
    }

    @Override
    public double low() {
      return -high();
    }

    @Override
    public double high() {
      return cut * stdBefore();
    }

    @Override
    public OptionalDouble excessKurtosis() {
      double second = Truncation.moment(2, cut);
      return OptionalDouble.of(Truncation.moment(4, cut) / (second * second) - 3);
    }

    /** Return the standard deviation of the normal distribution before the cut. */
    public double stdBefore() {
      return std() / Truncation.std(cut);
    }
  }

  /**
   * A weight from a uniform distribution.
   *
   * @param low its lower end
   * @param high its upper end, above {@code low}
   */
  record Flat(double low, double high) implements Theory {
    @Override
    public double mean() {
      return 0.5 * (low + high);
    }

    @Override
    public double variance() {
      double width = high - low;
      return width * width / 12;
    }

    @Override
    public OptionalDouble excessKurtosis() {
      return OptionalDouble.of(-1.2);
    }
  }

  /**
   * A weight of which only moments and support are stated.
   *
   * @param mean its mean
   * @param variance its variance
   * @param low the lower end of its support, negative infinity if there is none
   * @param high the upper end of its support, infinity if there is none
   * @param excessKurtosis its excess kurtosis, empty if unknown or undefined
   */
  record Moments(
      double mean, double variance, double low, double high, OptionalDouble excessKurtosis)
      implements Theory {}
}
