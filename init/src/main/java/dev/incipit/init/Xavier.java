package dev.incipit.init;

/**
 * Xavier Glorot's initialization, for linear and tanh-like units: variance {@code gain^2 * 2 /
 * (fanIn + fanOut)}.
 *
 * <p>It weighs the signal forward, which wants {@code 1 / fanIn}, against the gradient backward,
 * which wants {@code 1 / fanOut}. It takes the activation for linear around 0: right for tanh, a
 * factor of 2 a layer too small for relu, for which see {@link He}. The uniform form has ends
 * {@code +-gain sqrt(6 / (fanIn + fanOut))}.
 *
 * <p>Some texts print {@code sqrt(2 / (fanIn + fanOut))} as the variance. It is the standard
 * deviation: in the paper, as here, the variance is {@code 2 / (fanIn + fanOut)}.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010,
 *     Understanding the difficulty of training deep feedforward neural networks</a>
 */
public final class Xavier {

  private Xavier() {}

  /** Return the normal form. */
  public static VarianceScaling normal() {
    return normal(1);
  }

  /**
   * Return the normal form with a gain.
   *
   * @param gain factor of the standard deviation, positive
   * @throws IllegalArgumentException if the gain is not positive, or beyond 1e18
   */
  public static VarianceScaling normal(double gain) {
    return scaled("xavier-normal", gain, Distribution.NORMAL);
  }

  /** Return the uniform form. */
  public static VarianceScaling uniform() {
    return uniform(1);
  }

  /**
   * Return the uniform form with a gain.
   *
   * @param gain factor of the standard deviation, positive
   * @throws IllegalArgumentException if the gain is not positive, or beyond 1e18
   */
  public static VarianceScaling uniform(double gain) {
    return scaled("xavier-uniform", gain, Distribution.UNIFORM);
  }

  private static VarianceScaling scaled(String name, double gain, Distribution distribution) {
    double factor = Parameters.root(name, "gain", gain);
    return new VarianceScaling(factor * factor, FanMode.AVERAGE, distribution);
  }
}
