package dev.incipit.nn.health;

import dev.incipit.core.stats.Moments;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.NormalMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What mean-field theory says of the signal in these very weights, and how far a draw may stray.
 *
 * <p>A layer's preactivation is taken as normal, {@code z = m + s xi}, with m the mean of its
 * biases and {@code s^2 = fanIn E[W^2] E[h^2] + Var(b)}, h what enters; then {@code E[f(z)^2]}
 * enters the next layer. Backward, the squared length of a gradient changes by {@code fanIn E[W^2]
 * E[f'(z)^2]} a layer. That is {@link dev.incipit.init.theory.MeanField} with each layer's own
 * numbers and with biases that need not have mean 0.
 *
 * <p>The logarithm of {@code E[z^2]} wanders: a layer of n units adds the variance {@code (E[f^4] /
 * E[f^2]^2 - 1) / n}, as {@link dev.incipit.init.theory.DrawNoise} says, and takes over the share a
 * = d ln E[f^2] / d ln s^2 of a deviation before it: 1 for relu, less for functions that saturate,
 * more for gelu and silu, whose scale is unstable. Backward it is {@code (3 E[f'^4] / E[f'^2]^2 -
 * 1) / n}, and what the forward noise does to the slopes.
 *
 * @param layers layer by layer
 * @param gradientNoise deviation over draws of the sum of all gradient rates
 */
record Expectation(List<At> layers, double gradientNoise) {

  /**
   * What is expected of a layer.
   *
   * @param signal natural logarithm of {@code E[z^2]}
   * @param noise its deviation over draws
   * @param gradientRate logarithm of the factor of the squared gradient on its way back
   */
  record At(double signal, double noise, double gradientRate) {}

  /** A step of the logarithm of s^2, for a derivative. */
  private static final double STEP = 0.02;

  /**
   * Compute it.
   *
   * @param blocks the network
   * @param input mean square of what enters
   * @return empty if some block's function is not known, or a number not finite
   */
  static Optional<Expectation> of(List<Block> blocks, double input) {
    if (blocks.stream().anyMatch(block -> block.f().isEmpty() || !isFinite(block))) {
      return Optional.empty();
    }
    int depth = blocks.size();
    List<At> layers = new ArrayList<>();
    double square = input;
    double carried = 0;
    double backward = 0;
    double slopes = 0;
    for (int k = 0; k < depth; k++) {
      Block block = blocks.get(k);
      Moments bias = Moments.of(block.layer().bias().value());
      double scale = scale(block);
      double fed = scale * square;
      double variance = fed + bias.variance();
      // What biases add to the signal does not wander with it.
      carried *= share(fed, variance) * share(fed, variance);
      double noise = Math.sqrt(carried + 2.0 / block.units());
      Nonlinearity f = block.f().orElseThrow();
      double s = Math.sqrt(variance);
      Square value = Square.of(f::value, f.kinks(), bias.mean(), s);
      Square slope = Square.of(f::derivative, f.kinks(), bias.mean(), s);
      square = value.mean();
      layers.add(
          new At(
              StrictMath.log(variance + bias.mean() * bias.mean()),
              noise,
              StrictMath.log(scale * slope.mean())));
      if (k < depth - 1) {
        slopes += Math.abs(slope.sensitivity()) * noise;
        double pull = value.sensitivity();
        carried = pull * pull * carried + (value.kurtosis() - 1) / block.units();
        backward += (3 * slope.kurtosis() - 1) / block.units();
      }
    }
    return Optional.of(new Expectation(List.copyOf(layers), Math.sqrt(backward + slopes * slopes)));
  }

  private static boolean isFinite(Block block) {
    return Double.isFinite(scale(block))
        && Double.isFinite(Moments.of(block.layer().bias().value()).meanSquare());
  }

  /** Return {@code fanIn E[W^2]}, by which a layer multiplies a mean square. */
  static double scale(Block block) {
    return block.fanIn() * Moments.of(block.layer().weight().value()).meanSquare();
  }

  private static double share(double part, double whole) {
    return whole > 0 ? part / whole : 1;
  }

  /**
   * What a layer's function does to the mean of a square.
   *
   * @param mean E[g^2]
   * @param kurtosis E[g^4] / E[g^2]^2
   * @param sensitivity d ln E[g^2] / d ln s^2
   */
  private record Square(double mean, double kurtosis, double sensitivity) {

    /** Compute it for {@code g(m + s xi)}, xi ~ N(0, 1). */
    static Square of(DoubleUnaryOperator g, List<Double> kinks, double m, double s) {
      double mean = power(g, kinks, m, s, 2);
      double fourth = power(g, kinks, m, s, 4);
      double further = power(g, kinks, m, s * StrictMath.exp(STEP / 2), 2);
      boolean alive = mean > 0 && further > 0;
      return new Square(
          mean,
          alive ? Math.max(1, fourth / (mean * mean)) : 1,
          alive ? StrictMath.log(further / mean) / STEP : 0);
    }

    private static double power(
        DoubleUnaryOperator g, List<Double> kinks, double m, double s, int exponent) {
      DoubleUnaryOperator power =
          z -> {
            double value = g.applyAsDouble(z);
            double square = value * value;
            return exponent == 2 ? square : square * square;
          };
      return s > 0
          ? NormalMean.of(
              xi -> power.applyAsDouble(m + s * xi),
              kinks.stream().map(kink -> (kink - m) / s).toList())
          : power.applyAsDouble(m);
    }
  }
}
