package dev.incipit.init.theory;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Compute means over normal numbers, piecewise between kinks, to about twelve digits.
 *
 * <p>The line is cut at the kinks and at fixed points, and finer around 0 and the kinks where the
 * function is steep. Each piece is integrated by a Gauss-Legendre rule with 32 nodes, and halved
 * until the rule with 16 agrees to 1e-14 of the mean of {@code |f|}; so a function that cancels
 * keeps its absolute, not its relative, accuracy.
 *
 * <p>A kink that nobody named is found by the halving unless it hides between a cut and the node
 * next to it. Then the mean is off by up to 1e-3 of a jump, or 1e-6 of a jump of the slope.
 */
public final class NormalMean {

  /** Numbers beyond the last have a density below 1e-170. */
  private static final double[] CUTS = {2, 4, 6, 9, 13, 19, 28};

  private static final double END = 28;
  static final double TOLERANCE = 1e-14;

  /** Halving so often leaves pieces of 1e-14, around a jump that nobody named. */
  private static final int HALVINGS = 48;

  /** An end for functions so rough that halving leads nowhere. */
  private static final int MOST_HALVINGS = 10_000;

  private static final GaussLegendre FINE = new GaussLegendre(32);
  private static final GaussLegendre COARSE = new GaussLegendre(16);

  private final DoubleUnaryOperator integrand;
  private final double tolerance;
  private int budget = MOST_HALVINGS;

  private NormalMean(DoubleUnaryOperator integrand, double tolerance) {
    this.integrand = integrand;
    this.tolerance = tolerance;
  }

  /**
   * Compute the mean of {@code f(z)} over z ~ N(0, 1).
   *
   * @param f the function
   * @param kinks the points where it or one of its derivatives jumps
   * @return the mean; infinite or NaN if the function's values are, or if {@code |f|} grows too
   *     fast for a mean to exist
   */
  public static double of(DoubleUnaryOperator f, List<Double> kinks) {
    return of(f, 0, 1, kinks, TOLERANCE);
  }

  /**
   * Compute the mean of {@code f(z)}, a function of {@code x = centre + scale z}.
   *
   * @param f the function of z
   * @param centre x at {@code z = 0}
   * @param scale how fast x moves with z, positive
   * @param kinks the x where the function or one of its derivatives jumps
   * @param tolerance how far a piece may be off, as a share of the mean of {@code |f|}
   */
  static double of(
      DoubleUnaryOperator f, double centre, double scale, List<Double> kinks, double tolerance) {
    double[] cuts = cuts(centre, scale, kinks);
    DoubleUnaryOperator integrand = z -> f.applyAsDouble(z) * Functions.normalDensity(z);
    GaussLegendre.Integral[] pieces = new GaussLegendre.Integral[cuts.length - 1];
    double total = 0;
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = FINE.integrate(integrand, cuts[i], cuts[i + 1]);
      total += pieces[i].size();
    }
    if (!(total < Double.POSITIVE_INFINITY) || !diesOut(f, total)) {
      return total + Double.POSITIVE_INFINITY;
    }
    NormalMean mean = new NormalMean(integrand, tolerance * total);
    double sum = 0;
    for (int i = 0; i < pieces.length; i++) {
      if (!(pieces[i].size() <= 1e-3 * mean.tolerance)) {
        sum += mean.refine(cuts[i], cuts[i + 1], pieces[i].value(), HALVINGS);
      }
    }
    return sum;
  }

  /**
   * Tell whether what lies beyond the ends may be left out: f is small against its density there,
   * or all of the integrand is, as for a rectifier whose kink is far out.
   */
  private static boolean diesOut(DoubleUnaryOperator f, double total) {
    double height = Math.max(Math.abs(f.applyAsDouble(-END)), Math.abs(f.applyAsDouble(END)));
    return height <= 1e100 || height * Functions.normalDensity(END) <= 1e-15 * total;
  }

  private double refine(double low, double high, double fine, int halvings) {
    double coarse = COARSE.integrate(integrand, low, high).value();
    if (!(Math.abs(fine - coarse) > tolerance) || halvings == 0 || --budget < 0) {
      return fine;
    }
    double middle = 0.5 * (low + high);
    double below = FINE.integrate(integrand, low, middle).value();
    double above = FINE.integrate(integrand, middle, high).value();
    return refine(low, middle, below, halvings - 1) + refine(middle, high, above, halvings - 1);
  }

  /**
   * Cut the line: an activation varies over distances of about 1 in x, around 0 and its kinks, and
   * ever more slowly away from there.
   */
  static double[] cuts(double centre, double scale, List<Double> kinks) {
    double[] cuts = new double[2 * CUTS.length + 1 + (kinks.size() + 1) * 400];
    int count = 0;
    for (double cut : CUTS) {
      cuts[count++] = cut;
      cuts[count++] = -cut;
    }
    cuts[count++] = 0;
    for (int i = -1; i < kinks.size(); i++) {
      double x = i < 0 ? 0 : kinks.get(i);
      double z = (x - centre) / scale;
      if (Math.abs(z) < END) {
        cuts[count++] = z;
      }
      for (double far = 1 / scale; far < 2 && scale < 1e30; far *= 2) {
        if (Math.abs(z - far) < END) {
          cuts[count++] = z - far;
        }
        if (Math.abs(z + far) < END) {
          cuts[count++] = z + far;
        }
      }
    }
    return Arrays.stream(cuts, 0, count).sorted().distinct().toArray();
  }
}
