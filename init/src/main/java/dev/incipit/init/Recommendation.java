package dev.incipit.init;

import dev.incipit.init.text.Numbers;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import java.math.BigDecimal;

/**
 * The initializer that suits the weights before an activation, and why.
 *
 * <p>The package's page has the whole table.
 *
 * @param initializer the initializer
 * @param reason why this one, in a sentence
 * @param source where that is derived or proposed
 */
public record Recommendation(VarianceScaling initializer, String reason, String source) {

  /** What a float weight keeps; rounding to it prints a number that someone may have typed. */
  private static final int DIGITS = 7;

  /**
   * Recommend an initializer for the weights before an activation.
   *
   * @param f the activation
   * @throws IllegalArgumentException if the gain of a function cannot be computed
   * @see Initializer#recommendedFor
   */
  public static Recommendation of(Nonlinearity f) {
    return f.canonical() instanceof StandardFunction(StandardFunction.Kind kind, double parameter)
        ? of(f, kind, parameter)
        : byGain(f);
  }

  private static Recommendation of(Nonlinearity f, StandardFunction.Kind kind, double parameter) {
    return switch (kind) {
      case IDENTITY ->
          new Recommendation(
              LeCun.normal(), "a linear layer keeps the signal at gain 1", Catalogue.LECUN);
      case TANH ->
          new Recommendation(
              Xavier.normal(),
              "tanh is nearly linear around 0; the variance weighs the signal forward against the"
                  + " gradient backward",
              Catalogue.GLOROT);
      case SIGMOID ->
          new Recommendation(
              Xavier.normal(),
              "by custom, as for tanh; a sigmoid's own gain would keep the mean square of its mean"
                  + " 1/2, which carries no signal",
              Catalogue.GLOROT);
      case RELU ->
          new Recommendation(
              He.normal(),
              "a rectifier passes half of the mean square, forward and backward; a factor of 2"
                  + " makes it good",
              Catalogue.HE);
      case LEAKY_RELU ->
          new Recommendation(
              He.normal(parameter),
              "a leaky rectifier passes (1 + slope^2) / 2 of the mean square, forward and"
                  + " backward; the factor makes it good",
              Catalogue.HE);
      case SELU ->
          new Recommendation(
              LeCun.normal(),
              "selu was made to keep mean 0 and variance 1 behind weights of variance 1 / fan-in",
              "Klambauer et al. 2017, https://arxiv.org/abs/1706.02515");
      case ELU, GELU, SILU, MISH, SOFTPLUS, SOFTSIGN -> byGain(f);
    };
  }

  private static Recommendation byGain(Nonlinearity f) {
    double gain = Gain.of(f);
    double scale = Numbers.rounded(new BigDecimal(gain * gain), DIGITS);
    return new Recommendation(
        new VarianceScaling(scale, FanMode.FAN_IN, Distribution.NORMAL),
        "the gain by definition, squared: it keeps the mean square of a normal signal",
        "the derivation of " + Catalogue.HE + ", section 2.2, with this function's integral");
  }
}
