package dev.incipit.init.theory;

/**
 * The functions of one variable that activations are made of, without cancellation or overflow.
 *
 * <p>By {@link StrictMath} and the basic operations, so that the bits are the same everywhere.
 */
final class Functions {

  /** {@code lambda} and {@code alpha} of Klambauer et al. 2017. */
  static final double SELU_SCALE = 1.0507009873554805;

  static final double SELU_ALPHA = 1.6732632423543772;

  private static final double SQRT_HALF = Math.sqrt(0.5);

  private Functions() {}

  static double sigmoid(double x) {
    double t = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? t : 1) / (1 + t);
  }

  /** Compute {@code sigmoid(x) sigmoid(-x)}, which keeps its digits where sigmoid is nearly 1. */
  static double sigmoidSlope(double x) {
    double t = StrictMath.exp(-Math.abs(x));
    return t / ((1 + t) * (1 + t));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /**
   * Compute {@code x tanh(softplus(x)) = x n (n + 2) / (n (n + 2) + 2)} with {@code n = e^x}; for
   * positive x by {@code t = 1 / n}, which does not overflow.
   */
  static double mish(double x) {
    double t = StrictMath.exp(-Math.abs(x));
    double share = x < 0 ? t * (t + 2) / (t * (t + 2) + 2) : (1 + 2 * t) / (1 + 2 * t * (1 + t));
    return x * share;
  }

  /** Compute {@code mish(x) / x + 4 x n (n + 1) / (n (n + 2) + 2)^2} with {@code n = e^x}. */
  static double mishSlope(double x) {
    double t = StrictMath.exp(-Math.abs(x));
    double denominator = x < 0 ? t * (t + 2) + 2 : 1 + 2 * t * (1 + t);
    double share = (x < 0 ? t * (t + 2) : 1 + 2 * t) / denominator;
    double power = x < 0 ? t : t * t;
    return share + 4 * x * power * (1 + t) / (denominator * denominator);
  }

  /** Compute the density of N(0, 1). */
  static double normalDensity(double x) {
    return StrictMath.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /** Compute the distribution function of N(0, 1). */
  static double normalCdf(double x) {
    return 0.5 * Erf.erfc(-x * SQRT_HALF);
  }
}
