package dev.incipit.init.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The means of an activation under normal arguments that mean-field theory is made of. */
final class Means {

  /** A nested mean is computed from means that are good to about 1e-14. */
  private static final double NESTED_TOLERANCE = 1e-12;

  private Means() {}

  /** Compute {@code E[f(sqrt(q) z)^2]}. */
  static double square(Nonlinearity f, double q) {
    Nonlinearity known = f.canonical();
    return square(known::value, known.kinks(), q);
  }

  /** Compute {@code E[f'(sqrt(q) z)^2]}. */
  static double slopeSquare(Nonlinearity f, double q) {
    Nonlinearity known = f.canonical();
    return square(known::derivative, known.kinks(), q);
  }

  /** Compute {@code E[g(sqrt(q) z)^2]}; for q = 0 its limit. */
  private static double square(DoubleUnaryOperator g, List<Double> kinks, double q) {
    if (q == 0) {
      double left = kinks.contains(0.0) ? g.applyAsDouble(-1e-300) : g.applyAsDouble(0);
      double right = kinks.contains(0.0) ? g.applyAsDouble(1e-300) : left;
      return 0.5 * (left * left + right * right);
    }
    double root = Math.sqrt(q);
    DoubleUnaryOperator squared =
        z -> {
          double value = g.applyAsDouble(root * z);
          return value * value;
        };
    return NormalMean.of(squared, 0, root, kinks, NormalMean.TOLERANCE);
  }

  /**
   * Compute {@code d/dq E[f(sqrt(q) z)^2] = E[f(sqrt(q) z) f'(sqrt(q) z) z] / sqrt(q)}; for q = 0
   * its limit where {@code f(0) = 0}.
   */
  static double growth(Nonlinearity f, double q) {
    if (q == 0) {
      return slopeSquare(f, 0);
    }
    double root = Math.sqrt(q);
    Nonlinearity known = f.canonical();
    DoubleUnaryOperator integrand = z -> known.value(root * z) * known.derivative(root * z) * z;
    return NormalMean.of(integrand, 0, root, known.kinks(), NormalMean.TOLERANCE) / root;
  }

  /**
   * Compute {@code E[g(x) g(y)]} for normal x and y of mean 0, variance q and correlation c.
   *
   * <p>With {@code x = sqrt(q) u} and {@code y = sqrt(q) (c u + sqrt(1 - c^2) v)} it is a mean over
   * u of means over v.
   */
  static double product(DoubleUnaryOperator g, List<Double> kinks, double q, double c) {
    double root = Math.sqrt(q);
    if (c == 1) {
      return square(g, kinks, q);
    }
    if (c == -1) {
      List<Double> both = new ArrayList<>(kinks);
      kinks.forEach(kink -> both.add(-kink));
      DoubleUnaryOperator opposite = z -> g.applyAsDouble(root * z) * g.applyAsDouble(-root * z);
      return NormalMean.of(opposite, 0, root, both, NormalMean.TOLERANCE);
    }
    double rest = root * Math.sqrt((1 - c) * (1 + c));
    DoubleUnaryOperator outer =
        u -> {
          double centre = root * c * u;
          return g.applyAsDouble(root * u)
              * NormalMean.of(
                  v -> g.applyAsDouble(centre + rest * v),
                  centre,
                  rest,
                  kinks,
                  NormalMean.TOLERANCE);
        };
    return NormalMean.of(outer, 0, root, kinks, NESTED_TOLERANCE);
  }
}
