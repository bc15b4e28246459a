package dev.incipit.init.theory;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The mean of {@code g(x) g(y)} over normal x and y as a power series in their correlation c.
 *
 * <p>With {@code a_k} the mean of {@code g(sqrt(q) z) h_k(z)}, where {@code h_k} are the
 * orthonormal Hermite polynomials, it is the sum of {@code a_k^2 c^k} (Mehler 1866). The terms left
 * out are at most {@code |c|^n} times what the squares kept lack of {@code E[g^2]}: so each sum
 * knows its error, and none is given where that is too large, near c = 1 or for a rough g.
 *
 * <p>One series costs a few thousand values of g, for every c; two nested means cost a million for
 * one.
 */
final class HermiteSeries {

  private static final int TERMS = 256;

  /** Relative error of a sum. */
  private static final double TOLERANCE = 1e-13;

  /** Beyond, the density's root alone is below 1e-21. */
  private static final double END = 14;

  /** Over half a unit {@code h_256} turns by at most 8 radians, which the rule integrates. */
  private static final int PIECES_PER_UNIT = 2;

  private static final GaussLegendre RULE = new GaussLegendre(32);
  private static final double[] ROOTS = new double[TERMS + 1];

  static {
    for (int k = 0; k <= TERMS; k++) {
      ROOTS[k] = Math.sqrt(k);
    }
  }

  private final double[] squares;
  private final double total;
  private final double rest;

  private HermiteSeries(double[] squares, double total, double rest) {
    this.squares = squares;
    this.total = total;
    this.rest = rest;
  }

  /**
   * Compute the coefficients.
   *
   * @param g the function
   * @param kinks the points where it or one of its derivatives jumps
   * @param q variance of x and y, positive
   * @param total {@code E[g(x)^2]}
   */
  static HermiteSeries of(DoubleUnaryOperator g, List<Double> kinks, double q, double total) {
    double root = Math.sqrt(q);
    double[] cuts = cuts(root, kinks);
    double[] sums = new double[TERMS + 1];
    for (int i = 0; i + 1 < cuts.length; i++) {
      RULE.visit(
          cuts[i], cuts[i + 1], (z, weight) -> add(g.applyAsDouble(root * z), z, weight, sums));
    }
    double kept = 0;
    double[] squares = new double[TERMS];
    for (int k = 0; k < TERMS; k++) {
      squares[k] = sums[k] * sums[k];
      kept += squares[k];
    }
    // Where these nodes miss the mean of g^2 itself, they are too few for its coefficients.
    boolean resolved = Math.abs(sums[TERMS] - total) <= TOLERANCE * total;
    return new HermiteSeries(
        squares, total, resolved ? Math.max(0, total - kept) : Double.POSITIVE_INFINITY);
  }

  private static double[] cuts(double root, List<Double> kinks) {
    double[] steep = NormalMean.cuts(0, root, kinks);
    int grid = (int) (2 * END * PIECES_PER_UNIT) + 1;
    double[] all = Arrays.copyOf(steep, steep.length + grid);
    for (int i = 0; i < grid; i++) {
      all[steep.length + i] = (double) i / PIECES_PER_UNIT - END;
    }
    return Arrays.stream(all).filter(z -> Math.abs(z) <= END).sorted().distinct().toArray();
  }

  /** Add one node's part of each coefficient and, last, of the mean of g^2. */
  private static void add(double value, double z, double weight, double[] sums) {
    double part = weight * value * Functions.normalDensity(z);
    double before = 0;
    double h = 1;
    for (int k = 0; k < TERMS; k++) {
      sums[k] += part * h;
      double next = (z * h - ROOTS[k] * before) / ROOTS[k + 1];
      before = h;
      h = next;
    }
    sums[TERMS] += part * value;
  }

  /**
   * Sum the series.
   *
   * @param c correlation, from -1 to 1
   * @return {@code E[g(x) g(y)]}, or nothing where the series converges too slowly
   */
  OptionalDouble at(double c) {
    double power = StrictMath.pow(Math.abs(c), TERMS);
    // Not at 1 itself, where an infinite rest would have no bound either.
    if (!(power * rest <= TOLERANCE * total)) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int k = TERMS - 1; k >= 0; k--) {
      sum = Math.fma(sum, c, squares[k]);
    }
    return OptionalDouble.of(sum);
  }
}
