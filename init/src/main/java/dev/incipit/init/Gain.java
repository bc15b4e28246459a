package dev.incipit.init;

import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.NormalMean;
import dev.incipit.init.theory.StandardFunction;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The factor by which an activation's weights must be larger than a linear layer's.
 *
 * <p>There are two answers. The <em>gain by definition</em>, {@link #of}, keeps the mean square of
 * a normal signal: {@code 1 / sqrt(E[f(z)^2])}, z ~ N(0, 1), with weights of variance {@code gain^2
 * / fanIn}. The <em>customary gain</em>, {@link #customary}, is what libraries print in a table.
 * They agree for linear and the rectifiers, where the customary number is derived in just this way.
 * They differ for
 *
 * <ul>
 *   <li>tanh: 5/3 against 1.592537. The slightly larger number keeps a deep network a little on the
 *       chaotic side, where tanh itself stops the growth;
 *   <li>sigmoid: 1 against 1.846229. The customary 1 says no more than that nobody derived another;
 *       a sigmoid's outputs have mean 1/2, so most of the mean square that the definition keeps is
 *       that mean and carries no signal;
 *   <li>selu: 3/4 against 1.000000. Selu was made to keep mean 0 and variance 1 with gain 1; 3/4 is
 *       an empirical choice, smaller for the sake of stability.
 * </ul>
 *
 * <p>The <em>stability number</em>, {@link #chi}, tells what the gain by definition does backward:
 * by which factor the gradient's mean square changes a layer. It is 1 for the rectifiers: with them
 * one gain serves both directions. For others it is not (tanh 1.1778, silu 1.0666, gelu 1.0720),
 * and over depth its powers count; what to do then is the business of {@link
 * dev.incipit.init.theory.Criticality}.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, section 2.2</a>
 */
public final class Gain {

  /**
   * A gain from the customary table.
   *
   * @param value the gain
   * @param reason where it comes from, in a sentence
   */
  public record Customary(double value, String reason) {}

  private Gain() {}

  /**
   * Compute the gain that keeps the mean square of a normal signal, {@code 1 / sqrt(E[f(z)^2])}.
   *
   * @param f the activation
   * @return the gain, to about twelve digits
   * @throws IllegalArgumentException if the mean square is zero or not finite
   */
  public static double of(Nonlinearity f) {
    return 1 / Math.sqrt(meanSquare(f, f.canonical()::value, "f(z)"));
  }

  /**
   * Compute the stability number {@code E[f'(z)^2] / E[f(z)^2]}.
   *
   * @param f the activation
   * @return the factor by which, under {@link #of}, a layer multiplies the gradient's mean square
   * @throws IllegalArgumentException if a mean square is zero or not finite
   */
  public static double chi(Nonlinearity f) {
    Nonlinearity known = f.canonical();
    return meanSquare(f, known::derivative, "f'(z)") / meanSquare(f, known::value, "f(z)");
  }

  private static double meanSquare(Nonlinearity f, DoubleUnaryOperator g, String name) {
    double result =
        NormalMean.of(
            z -> {
              double value = g.applyAsDouble(z);
              return value * value;
            },
            f.kinks());
    if (!(result > 0 && result < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "gain: the mean square of %s, z ~ N(0, 1), must be positive and finite, but got %s for %s"
                  .formatted(name, result, f)
              + "; choose a function that is not zero and grows more slowly than e^(x^2/4)");
    }
    return result;
  }

  /**
   * Look up the customary gain of an activation.
   *
   * @param f the activation
   * @return empty if custom has none: then use {@link #of}
   */
  public static Optional<Customary> customary(Nonlinearity f) {
    return f.canonical() instanceof StandardFunction(StandardFunction.Kind kind, double parameter)
        ? customary(kind, parameter)
        : Optional.empty();
  }

  private static Optional<Customary> customary(StandardFunction.Kind kind, double slope) {
    return switch (kind) {
      case IDENTITY -> row(1, "a linear layer needs none");
      case SIGMOID -> row(1, "by convention, not derived: libraries list it among the linear");
      case TANH ->
          row(
              5.0 / 3,
              "an empirical choice, near the derived 1.5925 and slightly larger, so that signals"
                  + " settle instead of fading");
      case RELU -> row(Math.sqrt(2), "derived: a rectifier passes half of the mean square");
      case LEAKY_RELU ->
          row(
              Math.sqrt(2 / (1 + slope * slope)),
              "derived: a leaky rectifier passes (1 + slope^2) / 2 of the mean square");
      case SELU ->
          row(
              0.75,
              "an empirical choice for stability: selu by its own derivation wants 1, which is"
                  + " LeCun's initialization");
      case ELU, GELU, SILU, MISH, SOFTPLUS, SOFTSIGN -> Optional.empty();
    };
  }

  private static Optional<Customary> row(double value, String reason) {
    return Optional.of(new Customary(value, reason));
  }
}
