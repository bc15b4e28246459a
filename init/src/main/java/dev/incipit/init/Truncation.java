package dev.incipit.init;

/**
 * Moments of a standard normal number z, given that {@code |z| <= cut}.
 *
 * <p>The integral of the density over the cut is {@code 2 phi(c) (c + c^3/3 + c^5/15 + ...)}, with
 * {@code 1 / (1 3 5 ... (2n + 1))} before the power 2n + 1 (the series of erf, all terms positive).
 * Integrating {@code z^2k} by parts takes away the first k terms and multiplies by {@code 1 3 5 ...
 * (2k - 1)}. So with {@code U_k} the sum over n >= k of {@code c^2n / (1 3 5 ... (2n + 1))}
 *
 * <pre>E[z^2k] = 1 3 5 ... (2k - 1) U_k / U_0</pre>
 *
 * <p>without an exponential, and without cancellation at any cut.
 */
final class Truncation {

  /** Terms of the series: at the widest cut, 8, the rest is below 1e-60 of the sum. */
  private static final int TERMS = 200;

  private Truncation() {}

  /**
   * Compute the moment {@code E[z^order]}.
   *
   * <p>Two sums of positive terms, each term some {@code 2n} roundings off by at most {@code
   * 2^-53}, leave a relative error below {@code TERMS 2^-51}; at cut 2 some ten terms count.
   *
   * @param order an even number
   * @param cut deviations to the cut, up to 8
   */
  static double moment(int order, double cut) {
    double square = cut * cut;
    double term = 1;
    double whole = 1;
    double tail = order == 0 ? 1 : 0;
    double odd = 1;
    for (int n = 1; n <= TERMS; n++) {
      term *= square / (2 * n + 1);
      whole += term;
      tail += 2 * n >= order ? term : 0;
      odd *= 2 * n <= order ? 2 * n - 1 : 1;
    }
    return odd * tail / whole;
  }

  /** Compute the standard deviation: 0.879625661034239 at cut 2. */
  static double std(double cut) {
    return Math.sqrt(moment(2, cut));
  }
}
