package dev.incipit.lab.experiment;

import dev.incipit.init.Identity;
import dev.incipit.init.Orthogonal;
import dev.incipit.init.Sparse;
import dev.incipit.init.Theory;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;

/** The weights of a draw that have a density, with what theory says of it. */
public final class Marginal {

  private final double[] values;
  private final Optional<ContinuousDistribution> independent;
  private final Optional<DoubleUnaryOperator> density;

  private Marginal(
      double[] values,
      Optional<ContinuousDistribution> independent,
      Optional<DoubleUnaryOperator> density) {
    this.values = values;
    this.independent = independent;
    this.density = density;
  }

  /** Return the weights, without the zeros that a family puts in. */
  double[] values() {
    return values;
  }

  /** Return how many weights there are, without the zeros that a family puts in. */
  public int count() {
    return values.length;
  }

  /**
   * Return the distribution that each weight follows independently; empty if they depend on each
   * other, or none is known.
   */
  Optional<ContinuousDistribution> independent() {
    return independent;
  }

  /** Return the density of the weights; empty if none is known. */
  public Optional<DoubleUnaryOperator> density() {
    return density;
  }

  /** Read the weights of a draw that have a density. */
  public static Marginal of(Draw draw) {
    Theory theory = draw.theory();
    return switch (draw.initializer()) {
      case Sparse sparse -> independent(draw, false, NormalDistribution.of(0, sparse.std()));
      case Orthogonal orthogonal ->
          new Marginal(values(draw, true), Optional.empty(), onSphere(orthogonal.gain(), theory));
      case Identity _ -> new Marginal(values(draw, true), Optional.empty(), Optional.empty());
      default ->
          named(theory)
              .map(distribution -> independent(draw, true, distribution))
              .orElseGet(
                  () -> new Marginal(values(draw, true), Optional.empty(), Optional.empty()));
    };
  }

  private static Marginal independent(
      Draw draw, boolean zeros, ContinuousDistribution distribution) {
    return new Marginal(
        values(draw, zeros), Optional.of(distribution), Optional.of(distribution::density));
  }

  private static double[] values(Draw draw, boolean zeros) {
    float[] weights = draw.weights().array();
    double[] values = new double[weights.length];
    int count = 0;
    for (float weight : weights) {
      if (zeros || weight != 0) {
        values[count++] = weight;
      }
    }
    return count == values.length ? values : Arrays.copyOf(values, count);
  }

  private static Optional<ContinuousDistribution> named(Theory theory) {
    return switch (theory) {
      case Theory.Gaussian normal ->
          Optional.of(NormalDistribution.of(normal.mean(), normal.std()));
      case Theory.TruncatedGaussian cut ->
          Optional.of(TruncatedNormalDistribution.of(0, cut.stdBefore(), cut.low(), cut.high()));
      case Theory.Flat flat ->
          Optional.of(UniformContinuousDistribution.of(flat.low(), flat.high()));
      case Theory.Point _, Theory.Moments _ -> Optional.empty();
    };
  }

  /**
   * Return the density of a coordinate of a random point on a sphere in M dimensions: with radius 1
   * {@code (1 + x) / 2} has a beta distribution, both of whose parameters are {@code (M - 1) / 2}.
   */
  private static Optional<DoubleUnaryOperator> onSphere(double radius, Theory theory) {
    double dimension = Math.rint(radius * radius / theory.variance());
    if (dimension < 2) {
      return Optional.empty();
    }
    double parameter = 0.5 * (dimension - 1);
    BetaDistribution beta = BetaDistribution.of(parameter, parameter);
    return Optional.of(x -> beta.density(0.5 * (1 + x / radius)) / (2 * radius));
  }
}
