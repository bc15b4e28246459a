package dev.incipit.lab.experiment;

import org.apache.commons.statistics.distribution.ContinuousDistribution;

/** How far a sample's excess kurtosis strays from that of its distribution. */
final class Kurtosis {

  /** Pieces of Simpson's rule over a support: the integrands are smooth. */
  private static final int PIECES = 2000;

  private Kurtosis() {}

  /** Compute the standard error for n normal numbers, in exact form. */
  static double normalError(double n) {
    return Math.sqrt(24 * n * (n - 2) * (n - 3) / ((n + 3) * (n + 5))) / (n + 1);
  }

  /**
   * Turn the excess kurtosis of n normal numbers into a standard normal number.
   *
   * <p>Its distribution is skewed to the right, strongly so for small n: this fits a cube of a
   * normal number to its first three moments.
   *
   * @see <a href="https://doi.org/10.1093/biomet/70.1.227">Anscombe and Glynn 1983, Distribution of
   *     the kurtosis statistic b2 for normal samples</a>
   */
  static double normalScore(double sample, double n) {
    double x = (sample + 3 - 3 * (n - 1) / (n + 1)) / normalError(n);
    double skewness =
        6
            * (n * n - 5 * n + 2)
            / ((n + 7) * (n + 9))
            * Math.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
    double a = 6 + 8 / skewness * (2 / skewness + Math.sqrt(1 + 4 / (skewness * skewness)));
    double cube = (1 - 2 / a) / (1 + x * Math.sqrt(2 / (a - 4)));
    return (1 - 2 / (9 * a) - Math.cbrt(cube)) / Math.sqrt(2 / (9 * a));
  }

  /**
   * Compute the standard error for n numbers of a distribution that ends on both sides, by the
   * delta method: {@code (m8 - m4^2 - 4 m4 (m6 - m4) + 4 m4^2 (m4 - 1)) / n} in standardized
   * moments of a symmetric distribution.
   */
  static double error(ContinuousDistribution law, double n) {
    double m4 = moment(law, 4);
    double m6 = moment(law, 6);
    double m8 = moment(law, 8);
    return Math.sqrt((m8 - m4 * m4 - 4 * m4 * (m6 - m4) + 4 * m4 * m4 * (m4 - 1)) / n);
  }

  private static double moment(ContinuousDistribution law, int order) {
    double low = law.getSupportLowerBound();
    double step = (law.getSupportUpperBound() - low) / (2 * PIECES);
    double std = Math.sqrt(law.getVariance());
    double sum = 0;
    for (int i = 0; i <= 2 * PIECES; i++) {
      double x = low + i * step;
      int weight = i == 0 || i == 2 * PIECES ? 1 : i % 2 == 0 ? 2 : 4;
      double power = Math.pow((x - law.getMean()) / std, order);
      // The ends belong to the support, whichever way rounding took them.
      double density = law.density(Math.clamp(x, low, law.getSupportUpperBound()));
      sum += weight * density * power;
    }
    return sum * step / 3;
  }
}
