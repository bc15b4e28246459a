package dev.incipit.init;

/**
 * LeCun's initialization, today that of selu networks: variance {@code 1 / fanIn}.
 *
 * <p>A unit whose inputs have mean 0 and variance 1 then sums to variance 1. The uniform form has
 * ends {@code +-sqrt(3 / fanIn)}.
 *
 * @see <a href="https://doi.org/10.1007/3-540-49430-8_2">LeCun, Bottou, Orr and Müller 1998,
 *     Efficient BackProp, section 4.6</a>
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017, Self-normalizing neural
 *     networks</a>
 */
public final class LeCun {

  private LeCun() {}

  /** Return the normal form. */
  public static VarianceScaling normal() {
    return new VarianceScaling(1, FanMode.FAN_IN, Distribution.NORMAL);
  }

  /** Return the uniform form. */
  public static VarianceScaling uniform() {
    return new VarianceScaling(1, FanMode.FAN_IN, Distribution.UNIFORM);
  }
}
