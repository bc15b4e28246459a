package dev.incipit.init.theory;

/**
 * What a network does to two signals once their variance has come to rest at {@code q*}.
 *
 * @param field the network
 * @param variance the fixed point {@code q*}
 * @see MeanField#equilibrium
 */
public record Equilibrium(MeanField field, double variance) {

  /** Compute {@code chi_1 = sigmaW^2 E[f'(sqrt(q*) z)^2]}: below 1 ordered, above 1 chaotic. */
  public double chi1() {
    return field.chi(variance);
  }

  /**
   * Compute the next layer's correlation between two signals,
   *
   * <pre>C(c) = (sigmaW^2 E[f(x) f(y)] + sigmaB^2) / V(q*)</pre>
   *
   * for normal x and y of variance q* and correlation c; where q* is 0, its limit.
   *
   * @param c correlation in this layer, from -1 to 1
   * @throws IllegalArgumentException if {@code c} is not in that range
   */
  public double correlation(double c) {
    check(c);
    return new Correlations(this).correlation(c);
  }

  /**
   * Compute the slope of the correlation map, {@code C'(c) = sigmaW^2 E[f'(x) f'(y)] q* / V(q*)}.
   *
   * <p>{@code C'(1)} is chi_1 wherever q* is positive.
   *
   * @param c correlation in this layer, from -1 to 1
   * @throws IllegalArgumentException if {@code c} is not in that range
   */
  public double correlationSlope(double c) {
    check(c);
    return new Correlations(this).slope(c);
  }

  private static void check(double c) {
    if (!(Math.abs(c) <= 1)) {
      throw new IllegalArgumentException(
          "correlation: it must lie between -1 and 1, but got " + c + "; divide by the variance");
    }
  }

  /**
   * Find the correlation {@code c*} to which any two signals tend.
   *
   * <p>It is 1 unless the network is chaotic.
   */
  public double correlationFixedPoint() {
    if (chi1() <= 1 + MeanField.ROUNDING) {
      return 1;
    }
    return new Correlations(this).fixedPoint();
  }

  /**
   * Compute the depth scale of the variance, {@code xi_q = -1 / ln |V'(q*)|}, in layers.
   *
   * @return the number of layers in which a small disturbance falls by the factor e; infinite where
   *     it does not fall
   */
  public double varianceDepth() {
    return depth(field.varianceSlope(variance));
  }

  /**
   * Compute the depth scale of correlations, {@code xi_c = -1 / ln C'(c*)}, in layers; in an
   * ordered network {@code C'(c*)} is chi_1.
   *
   * <p>Networks train to a depth of about six of them (Schoenholz et al. 2017).
   *
   * @return the number of layers over which a network tells two inputs apart; infinite where order
   *     turns into chaos
   */
  public double correlationDepth() {
    double chi = chi1();
    if (chi <= 1 + MeanField.ROUNDING) {
      return depth(chi);
    }
    Correlations correlations = new Correlations(this);
    return depth(correlations.slope(correlations.fixedPoint()));
  }

  private static double depth(double slope) {
    return Math.abs(slope) >= 1 - MeanField.ROUNDING
        ? Double.POSITIVE_INFINITY
        : -1 / StrictMath.log(Math.abs(slope));
  }
}
