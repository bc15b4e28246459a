package dev.incipit.init.theory;

/** The correlation map of a network whose variance rests, ready to be asked many times. */
final class Correlations {

  /** A network at rest at 0 is seen on its way there. */
  private static final double NEARLY_ZERO = 1e-12;

  private final MeanField field;
  private final double q;
  private final double next;
  private final HermiteSeries values;
  private final HermiteSeries slopes;

  Correlations(Equilibrium equilibrium) {
    field = equilibrium.field();
    q = Math.max(equilibrium.variance(), NEARLY_ZERO);
    next = field.variance(q);
    Nonlinearity f = field.f();
    values = HermiteSeries.of(f::value, f.kinks(), q, Means.square(f, q));
    slopes = HermiteSeries.of(f::derivative, f.kinks(), q, Means.slopeSquare(f, q));
  }

  /** Compute C(c); see {@link Equilibrium#correlation}. */
  double correlation(double c) {
    Nonlinearity f = field.f();
    double sum = values.at(c).orElseGet(() -> Means.product(f::value, f.kinks(), q, c));
    return (field.sigmaW() * field.sigmaW() * sum + field.sigmaB() * field.sigmaB()) / next;
  }

  /** Compute C'(c); see {@link Equilibrium#correlationSlope}. */
  double slope(double c) {
    Nonlinearity f = field.f();
    double sum = slopes.at(c).orElseGet(() -> Means.product(f::derivative, f.kinks(), q, c));
    return field.sigmaW() * field.sigmaW() * sum * q / next;
  }

  /**
   * Find where C meets the diagonal, for a chaotic network: as C is convex between 0 and 1,
   * Newton's method from 0 climbs there and never passes it.
   */
  double fixedPoint() {
    double c = 0;
    for (int step = 0; step < 60; step++) {
      double move = (correlation(c) - c) / (1 - slope(c));
      c += move;
      if (!(Math.abs(move) > MeanField.ROUNDING)) {
        break;
      }
    }
    return Math.max(c, 0);
  }
}
