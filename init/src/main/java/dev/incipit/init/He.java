package dev.incipit.init;

/**
 * He's initialization, for rectifiers: variance {@code 2 / ((1 + slope^2) fan)}.
 *
 * <p>A rectifier passes half of its input's mean square, a leaky one {@code (1 + slope^2) / 2} of
 * it; the scale makes that good, so that the signal of a deep network keeps its size. The uniform
 * form has ends {@code +-sqrt(3 variance)}.
 *
 * <p>Some texts print {@code sqrt(2 / fanIn)} as the variance. It is the standard deviation: in the
 * paper, as here, the variance is {@code 2 / fanIn}.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, Delving deep into rectifiers</a>
 */
public final class He {

  private He() {}

  /** Return the normal form for relu, divided by the fan in. */
  public static VarianceScaling normal() {
    return normal(0);
  }

  /**
   * Return the normal form for leaky relu, divided by the fan in.
   *
   * @param slope slope of the activation left of 0
   * @throws IllegalArgumentException if the slope is not finite, or beyond 1e18
   */
  public static VarianceScaling normal(double slope) {
    return normal(slope, FanMode.FAN_IN);
  }

  /**
   * Return the normal form for leaky relu.
   *
   * @param slope slope of the activation left of 0
   * @param mode which number of connections divides; the paper finds fan in and fan out equally
   *     good
   * @throws IllegalArgumentException if the slope is not finite, or beyond 1e18
   */
  public static VarianceScaling normal(double slope, FanMode mode) {
    return new VarianceScaling(scale("he-normal", slope), mode, Distribution.NORMAL);
  }

  /** Return the uniform form for relu, divided by the fan in. */
  public static VarianceScaling uniform() {
    return uniform(0);
  }

  /**
   * Return the uniform form for leaky relu, divided by the fan in.
   *
   * @param slope slope of the activation left of 0
   * @throws IllegalArgumentException if the slope is not finite, or beyond 1e18
   */
  public static VarianceScaling uniform(double slope) {
    return uniform(slope, FanMode.FAN_IN);
  }

  /**
   * Return the uniform form for leaky relu.
   *
   * @param slope slope of the activation left of 0
   * @param mode which number of connections divides
   * @throws IllegalArgumentException if the slope is not finite, or beyond 1e18
   */
  public static VarianceScaling uniform(double slope, FanMode mode) {
    return new VarianceScaling(scale("he-uniform", slope), mode, Distribution.UNIFORM);
  }

  private static double scale(String name, double slope) {
    if (!(Math.abs(slope) <= 1e18)) {
      throw new IllegalArgumentException(
          name
              + ": slope must lie between -1e18 and 1e18, but got "
              + slope
              + "; pass the slope of the leaky relu, 0 for relu");
    }
    return scale(slope);
  }

  /** Compute {@code 2 / (1 + slope^2)}. */
  static double scale(double slope) {
    return 2 / (1 + slope * slope);
  }
}
