package dev.incipit.init.theory;

/**
 * The error function and its complement, to a relative error below 2e-15 while the result is a
 * normal number.
 *
 * <p>Below 1/2 by the series with positive terms. From there erfc by the trapezoidal rule on
 *
 * <pre>erfc(x) = (2 x / pi) e^(-x^2) (integral over t from 0 of e^(-t^2) / (x^2 + t^2))</pre>
 *
 * with step {@code h = 1/2}, whose error falls like {@code e^(-(pi/h)^2) = 7e-18} once the pole at
 * {@code t = i x} is accounted for: while it lies within {@code pi / h} of the line it adds {@code
 * 2 / (e^(2 pi x / h) - 1)}, which is subtracted.
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-1968-0223070-2">Chiarella and Reichel 1968, On
 *     the evaluation of integrals related to the error function</a>
 */
final class Erf {

  private static final double STEP = 0.5;

  /** {@code e^(-t^2)} at {@code t = 1/2, 1, ..., 6.5}: the next would be below 1e-21. */
  private static final double[] POWERS = new double[13];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      double t = STEP * (i + 1);
      POWERS[i] = StrictMath.exp(-t * t);
    }
  }

  private Erf() {}

  /** Compute the error function. */
  static double erf(double x) {
    return Math.abs(x) < 0.5 ? series(x) : x < 0 ? tail(-x) - 1 : 1 - tail(x);
  }

  /** Compute {@code 1 - erf(x)}, with all its digits where it is small. */
  static double erfc(double x) {
    return Math.abs(x) < 0.5 ? 1 - series(x) : x < 0 ? 2 - tail(-x) : tail(x);
  }

  /** Sum {@code 2 / sqrt(pi) e^(-x^2) sum of (2 x^2)^n x / (1 * 3 * ... * (2 n + 1))}. */
  private static double series(double x) {
    double square = x * x;
    double term = x;
    double sum = x;
    for (int odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
      term *= 2 * square / odd;
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-square) * sum;
  }

  /** Compute erfc for x of at least 1/2, and NaN for NaN. */
  private static double tail(double x) {
    if (x > 28) {
      return 0;
    }
    double square = x * x;
    double sum = 0;
    for (int i = POWERS.length - 1; i >= 0; i--) {
      double t = STEP * (i + 1);
      sum += POWERS[i] / (square + t * t);
    }
    sum += 0.5 / square;
    // The rounding of the square, which e^ would magnify, is put back.
    double lost = Math.fma(x, x, -square);
    double power = StrictMath.exp(-square) * (1 - lost);
    double pole = x < Math.PI / STEP ? 2 / StrictMath.expm1(2 * Math.PI * x / STEP) : 0;
    return 2 * STEP * x / Math.PI * power * sum - pole;
  }
}
