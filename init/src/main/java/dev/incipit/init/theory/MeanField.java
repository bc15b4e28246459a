package dev.incipit.init.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Mean-field theory of a deep network at the start: a wide one, with weights of variance {@code
 * sigmaW^2 / fanIn} and biases of variance {@code sigmaB^2}.
 *
 * <p>From layer to layer the variance q of what units sum up follows the map
 *
 * <pre>V(q) = sigmaW^2 E[f(sqrt(q) z)^2] + sigmaB^2,   z ~ N(0, 1)</pre>
 *
 * and {@code chi = sigmaW^2 E[f'(sqrt(q) z)^2]} is the factor by which a small difference between
 * two inputs, and backward the mean square of the gradient, changes. At the fixed point {@code q* =
 * V(q*)} it is called chi_1: below 1 the network is ordered (inputs become alike, gradients
 * vanish), above 1 chaotic (neighbours part, gradients explode).
 *
 * <pre>{@code
 * MeanField field = new MeanField(Activation.tanh(), 1.5, 0.3);
 * double chi1 = field.equilibrium().orElseThrow().chi1();
 * }</pre>
 *
 * @param f the activation
 * @param sigmaW deviation of a weight times the root of the fan in; He is sqrt(2), LeCun 1
 * @param sigmaB deviation of a bias
 * @see <a href="https://arxiv.org/abs/1606.05340">Poole et al. 2016, Exponential expressivity in
 *     deep neural networks through transient chaos</a>
 * @see <a href="https://arxiv.org/abs/1611.01232">Schoenholz et al. 2017, Deep information
 *     propagation</a>
 */
public record MeanField(Nonlinearity f, double sigmaW, double sigmaB) {

  /** Relative differences below it are rounding. */
  static final double ROUNDING = 1e-12;

  private static final int STEPS_PER_DECADE = 4;
  private static final int LEAST_EXPONENT = -24;
  private static final int MOST_EXPONENT = 12;

  /**
   * Check the deviations, and take the activation for what it is in the literature.
   *
   * @throws IllegalArgumentException if {@code sigmaW} is not positive, {@code sigmaB} negative, or
   *     one of them beyond 1e18
   */
  public MeanField {
    if (!(sigmaW > 0 && sigmaW <= 1e18) || !(sigmaB >= 0 && sigmaB <= 1e18)) {
      throw new IllegalArgumentException(
          "mean field: sigmaW must be positive and sigmaB at least 0, both up to 1e18, but got "
              + sigmaW
              + " and "
              + sigmaB
              + "; pass standard deviations, sqrt(2) and 0 for He's initialization");
    }
    f = f.canonical();
  }

  /**
   * Compute the variance of the next layer, {@code V(q)}.
   *
   * @param q variance of this layer, at least 0
   * @return infinity or NaN where {@code f} leaves the range of double
   * @throws IllegalArgumentException if {@code q} is negative or not finite
   */
  public double variance(double q) {
    return sigmaW * sigmaW * Means.square(f, checked(q)) + sigmaB * sigmaB;
  }

  /**
   * Compute {@code V'(q)}: how strongly a change of the variance passes on.
   *
   * @param q variance of this layer, at least 0; at 0 the limit for {@code f(0) = 0}
   * @throws IllegalArgumentException if {@code q} is negative or not finite
   */
  public double varianceSlope(double q) {
    return sigmaW * sigmaW * Means.growth(f, checked(q));
  }

  /**
   * Compute {@code chi = sigmaW^2 E[f'(sqrt(q) z)^2]}.
   *
   * @param q variance of this layer, at least 0
   * @throws IllegalArgumentException if {@code q} is negative or not finite
   */
  public double chi(double q) {
    return sigmaW * sigmaW * Means.slopeSquare(f, checked(q));
  }

  private static double checked(double q) {
    if (!(q >= 0 && q < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mean field: a variance must be at least 0 and finite, but got "
              + q
              + "; pass the mean square of what units sum up");
    }
    return q;
  }

  /**
   * Find every fixed point of the variance: 0, and those from 1e-24 to 1e12.
   *
   * <p>Those are found where {@code V(q) - q} changes sign between quarter decades. A map that
   * touches the diagonal without crossing it, between them, is missed.
   */
  public FixedPoints fixedPoints() {
    List<FixedPoints.Point> points = new ArrayList<>();
    if (variance(0) == 0) {
      points.add(new FixedPoints.Point(0, varianceSlope(0)));
    }
    double signed = 0;
    int sign = 0;
    for (int k = LEAST_EXPONENT * STEPS_PER_DECADE; k <= MOST_EXPONENT * STEPS_PER_DECADE; k++) {
      double q = StrictMath.pow(10, k / (double) STEPS_PER_DECADE);
      int here = sign(q);
      if (here * sign < 0) {
        double root = bisect(signed, q, sign);
        points.add(new FixedPoints.Point(root, varianceSlope(root)));
      }
      if (here != 0) {
        signed = q;
        sign = here;
      }
    }
    if (sign == 0) {
      return new FixedPoints.Everywhere();
    }
    return points.isEmpty() ? new FixedPoints.None() : new FixedPoints.Some(points);
  }

  /** Return the sign of {@code V(q) - q}, 0 within rounding; a value out of range counts as big. */
  private int sign(double q) {
    double excess = variance(q) - q;
    return Math.abs(excess) <= ROUNDING * q ? 0 : excess < 0 ? -1 : 1;
  }

  private double bisect(double from, double to, int signOfFrom) {
    double low = from;
    double high = to;
    for (double middle = 0.5 * (low + high);
        low < middle && middle < high;
        middle = 0.5 * (low + high)) {
      double excess = variance(middle) - middle;
      if ((excess < 0 ? -1 : 1) == signOfFrom) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /**
   * Return the fixed point to which a signal of variance 1 goes.
   *
   * <p>Where the variance of the first layer repeats, as with relu after He, it stays 1. The answer
   * takes V for an increasing map, as those of the common activations are.
   *
   * @return empty if the variance grows without bound
   */
  public Optional<Equilibrium> equilibrium() {
    int sign = sign(1);
    return switch (fixedPoints()) {
      case FixedPoints.Everywhere _ -> Optional.of(new Equilibrium(this, 1));
      case FixedPoints.None _ -> Optional.empty();
      case FixedPoints.Some(List<FixedPoints.Point> points) ->
          (sign == 0
                  ? Optional.of(1.0)
                  : sign > 0
                      ? points.stream()
                          .map(FixedPoints.Point::variance)
                          .filter(q -> q > 1)
                          .findFirst()
                      : points.reversed().stream()
                          .map(FixedPoints.Point::variance)
                          .filter(q -> q < 1)
                          .findFirst())
              .map(q -> new Equilibrium(this, q));
    };
  }
}
