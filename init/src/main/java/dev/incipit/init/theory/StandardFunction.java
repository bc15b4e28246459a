package dev.incipit.init.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An activation function of the literature, in double precision.
 *
 * @param kind which function
 * @param parameter the slope of a leaky relu or the alpha of an ELU; 0 for the others
 */
public record StandardFunction(Kind kind, double parameter) implements Nonlinearity {

  /** Which function. */
  public enum Kind {
    /** {@code x}. */
    IDENTITY,
    /** {@code 1 / (1 + e^-x)}. */
    SIGMOID,
    /** The hyperbolic tangent. */
    TANH,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code x} above 0, {@code slope x} below. */
    LEAKY_RELU,
    /** {@code x} above 0, {@code alpha (e^x - 1)} below (Clevert et al. 2015). */
    ELU,
    /** ELU scaled so that it keeps mean 0 and variance 1 (Klambauer et al. 2017). */
    SELU,
    /** {@code x Phi(x)}, Phi the normal distribution function: the exact form, by erf. */
    GELU,
    /** {@code x sigmoid(x)}, also called swish. */
    SILU,
    /** {@code x tanh(softplus(x))} (Misra 2019). */
    MISH,
    /** {@code ln(1 + e^x)}. */
    SOFTPLUS,
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN;

    /** Return the name, such as {@code leaky-relu}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private double fallback() {
      return this == LEAKY_RELU ? 0.01 : this == ELU ? 1 : 0;
    }
  }

  /**
   * Create a function.
   *
   * @throws IllegalArgumentException if the parameter is beyond 1e18 or not a number, or given to a
   *     function that has none
   */
  public StandardFunction {
    boolean has = kind == Kind.LEAKY_RELU || kind == Kind.ELU;
    if (!(Math.abs(parameter) <= 1e18) || (parameter != 0 && !has)) {
      throw new IllegalArgumentException(
          "nonlinearity: the parameter must lie between -1e18 and 1e18, and be 0 but for leaky-relu"
              + " and elu, but got "
              + parameter
              + " for "
              + kind
              + "; 0.01 is customary for leaky-relu, 1 for elu");
    }
    // Turns -0 into 0, so that equal functions make equal records.
    parameter += 0.0;
  }

  /** Return a function with its customary parameter: 0.01 for a leaky relu, 1 for an ELU. */
  public static StandardFunction of(Kind kind) {
    return new StandardFunction(kind, kind.fallback());
  }

  /** Return the leaky relu of a given slope below 0. */
  public static StandardFunction leakyRelu(double slope) {
    return new StandardFunction(Kind.LEAKY_RELU, slope);
  }

  /** Return the ELU that tends to {@code -alpha}. */
  public static StandardFunction elu(double alpha) {
    return new StandardFunction(Kind.ELU, alpha);
  }

  /**
   * Read a function from its name, as {@link #toString()} prints it.
   *
   * @param text such as {@code silu}, {@code leaky-relu} or {@code leaky-relu(0.1)}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static StandardFunction parse(String text) {
    int open = text.indexOf('(');
    String name = open < 0 ? text : text.substring(0, open);
    for (Kind kind : Kind.values()) {
      if (kind.toString().equals(name)) {
        return open < 0 ? of(kind) : new StandardFunction(kind, parameter(text, open));
      }
    }
    throw unknown(text);
  }

  private static double parameter(String text, int open) {
    if (!text.endsWith(")")) {
      throw unknown(text);
    }
    try {
      return Double.parseDouble(text.substring(open + 1, text.length() - 1));
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        Arrays.stream(Kind.values())
            .map(Kind::toString)
            .collect(
                Collectors.joining(
                    ", ",
                    "nonlinearity: the name must be known, but got \"" + text + "\"; choose from ",
                    ", leaky-relu(slope), elu(alpha)")));
  }

  @Override
  public double value(double x) {
    return switch (kind) {
      case IDENTITY -> x;
      case SIGMOID -> Functions.sigmoid(x);
      case TANH -> StrictMath.tanh(x);
      case RELU -> x <= 0 ? 0 : x;
      case LEAKY_RELU -> x <= 0 ? parameter * x : x;
      case ELU -> x <= 0 ? parameter * StrictMath.expm1(x) : x;
      case SELU -> Functions.SELU_SCALE * (x <= 0 ? Functions.SELU_ALPHA * StrictMath.expm1(x) : x);
      case GELU -> x * Functions.normalCdf(x);
      case SILU -> x * Functions.sigmoid(x);
      case MISH -> Functions.mish(x);
      case SOFTPLUS -> Functions.softplus(x);
      case SOFTSIGN -> x / (1 + Math.abs(x));
    };
  }

  @Override
  public double derivative(double x) {
    return switch (kind) {
      case IDENTITY -> 1;
      case SIGMOID -> Functions.sigmoidSlope(x);
      case TANH -> 4 * Functions.sigmoidSlope(2 * x);
      case RELU -> x <= 0 ? 0 : 1;
      case LEAKY_RELU -> x <= 0 ? parameter : 1;
      case ELU -> x <= 0 ? parameter * StrictMath.exp(x) : 1;
      case SELU -> Functions.SELU_SCALE * (x <= 0 ? Functions.SELU_ALPHA * StrictMath.exp(x) : 1);
      case GELU -> Functions.normalCdf(x) + x * Functions.normalDensity(x);
      case SILU -> Functions.sigmoid(x) * (1 + x * Functions.sigmoid(-x));
      case MISH -> Functions.mishSlope(x);
      case SOFTPLUS -> Functions.sigmoid(x);
      case SOFTSIGN -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
    };
  }

  /** Return 0 for the functions that are pieced together there, softsign included. */
  @Override
  public List<Double> kinks() {
    return switch (kind) {
      case RELU, LEAKY_RELU, ELU, SELU, SOFTSIGN -> List.of(0.0);
      case IDENTITY, SIGMOID, TANH, GELU, SILU, MISH, SOFTPLUS -> List.of();
    };
  }

  /** Return the name that {@link #parse} reads, with the parameter where there is one. */
  @Override
  public String toString() {
    boolean has = kind == Kind.LEAKY_RELU || kind == Kind.ELU;
    return has ? kind + "(" + parameter + ")" : kind.toString();
  }
}
