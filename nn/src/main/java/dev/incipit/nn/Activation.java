package dev.incipit.nn;

import dev.incipit.core.autograd.Map;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import java.util.List;
import java.util.Locale;

/**
 * An activation function, alone or as the tail of a {@link Dense} layer.
 *
 * <p>For a rectifier that learns its slope see {@link Prelu}.
 *
 * @param function the function
 * @param parameter the slope of a leaky ReLU, alpha of an ELU; 0 for the others
 */
public record Activation(Unary function, float parameter) implements Layer, Nonlinearity {

  private static final String NAMES =
      "identity, sigmoid, tanh, relu, leaky-relu, leaky-relu(slope), elu, elu(alpha), selu, gelu,"
          + " silu, mish, softplus, softsign, abs, square, sqrt, exp, log";

  /**
   * Check the parameter.
   *
   * @throws IllegalArgumentException if the parameter is negative or not finite, or given to a
   *     function that has none
   */
  public Activation {
    if (!(parameter >= 0)
        || Float.isInfinite(parameter)
        || (parameter != 0 && !hasParameter(function))) {
      throw new IllegalArgumentException(
          "activation: the slope of a leaky ReLU and the alpha of an ELU must be finite and >= 0,"
              + " and 0 for other functions, but got "
              + function
              + " with "
              + parameter
              + "; 0.01 is customary for a leaky ReLU, 1 for an ELU");
    }
  }

  /** Return {@code f(x) = x}. */
  public static Activation identity() {
    return new Activation(Unary.IDENTITY, 0f);
  }

  /** Return {@code f(x) = 1 / (1 + e^-x)}. */
  public static Activation sigmoid() {
    return new Activation(Unary.SIGMOID, 0f);
  }

  /** Return the hyperbolic tangent. */
  public static Activation tanh() {
    return new Activation(Unary.TANH, 0f);
  }

  /** Return {@code f(x) = max(x, 0)}. */
  public static Activation relu() {
    return new Activation(Unary.RELU, 0f);
  }

  /**
   * Return {@code f(x) = x <= 0 ? slope x : x}.
   *
   * @param slope slope for negative arguments, at least 0; 0.01 is customary
   */
  public static Activation leakyRelu(float slope) {
    return new Activation(Unary.LEAKY_RELU, slope);
  }

  /** Return the ELU with alpha 1, whose slope has no jump. */
  public static Activation elu() {
    return elu(1f);
  }

  /**
   * Return {@code f(x) = x < 0 ? alpha (e^x - 1) : x}.
   *
   * @param alpha minus the limit for negative arguments, at least 0
   * @see <a href="https://arxiv.org/abs/1511.07289">Clevert et al. 2016</a>
   */
  public static Activation elu(float alpha) {
    return new Activation(Unary.ELU, alpha);
  }

  /**
   * Return {@code f(x) = 1.0507 (x < 0 ? 1.6733 (e^x - 1) : x)}, which draws mean and variance
   * towards 0 and 1 under LeCun's initialization.
   *
   * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</a>
   */
  public static Activation selu() {
    return new Activation(Unary.SELU, 0f);
  }

  /**
   * Return {@code f(x) = x Phi(x)}, Phi the distribution function of the normal law itself, not its
   * approximation by a tanh.
   *
   * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
   */
  public static Activation gelu() {
    return new Activation(Unary.GELU, 0f);
  }

  /**
   * Return {@code f(x) = x / (1 + e^-x)}, also called swish.
   *
   * @see <a href="https://arxiv.org/abs/1702.03118">Elfwing et al. 2018</a>
   */
  public static Activation silu() {
    return new Activation(Unary.SILU, 0f);
  }

  /**
   * Return {@code f(x) = x tanh(ln(1 + e^x))}.
   *
   * @see <a href="https://arxiv.org/abs/1908.08681">Misra 2019</a>
   */
  public static Activation mish() {
    return new Activation(Unary.MISH, 0f);
  }

  /** Return {@code f(x) = ln(1 + e^x)}. */
  public static Activation softplus() {
    return new Activation(Unary.SOFTPLUS, 0f);
  }

  /** Return {@code f(x) = x / (1 + |x|)}. */
  public static Activation softsign() {
    return new Activation(Unary.SOFTSIGN, 0f);
  }

  /**
   * Read an activation from its name, as {@link #toString()} prints it.
   *
   * @param text such as {@code relu} or {@code leaky-relu(0.1)}
   * @return the activation
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Activation parse(String text) {
    for (Unary function : Unary.values()) {
      if (!hasParameter(function) && nameOf(function).equals(text)) {
        return new Activation(function, 0f);
      }
    }
    return switch (text) {
      case "leaky-relu" -> leakyRelu(0.01f);
      case "elu" -> elu();
      default -> parseWithParameter(text);
    };
  }

  private static Activation parseWithParameter(String text) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      throw unknown(text);
    }
    float parameter;
    try {
      parameter = Float.parseFloat(text.substring(open + 1, text.length() - 1));
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    return switch (text.substring(0, open)) {
      case "leaky-relu" -> leakyRelu(parameter);
      case "elu" -> elu(parameter);
      default -> throw unknown(text);
    };
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "activation: the name must be known, but got " + text + "; choose one of " + NAMES);
  }

  @Override
  public Variable forward(Variable x) {
    return Variable.apply(new Map(function, parameter), x);
  }

  /** Compute {@code f(x)} in double, for theory. */
  @Override
  public double value(double x) {
    return canonical().value(x);
  }

  /** Compute {@code f'(x)} in double, for theory. */
  @Override
  public double derivative(double x) {
    return canonical().derivative(x);
  }

  @Override
  public List<Double> kinks() {
    return canonical().kinks();
  }

  /**
   * Return the function of the literature, with the parameter as its decimal shows it: 0.1, not the
   * float next to it.
   */
  @Override
  public Nonlinearity canonical() {
    return switch (function) {
      case IDENTITY -> StandardFunction.of(StandardFunction.Kind.IDENTITY);
      case SIGMOID -> StandardFunction.of(StandardFunction.Kind.SIGMOID);
      case TANH -> StandardFunction.of(StandardFunction.Kind.TANH);
      case RELU -> StandardFunction.of(StandardFunction.Kind.RELU);
      case LEAKY_RELU -> StandardFunction.leakyRelu(decimal());
      case ELU -> StandardFunction.elu(decimal());
      case SELU -> StandardFunction.of(StandardFunction.Kind.SELU);
      case GELU -> StandardFunction.of(StandardFunction.Kind.GELU);
      case SILU -> StandardFunction.of(StandardFunction.Kind.SILU);
      case MISH -> StandardFunction.of(StandardFunction.Kind.MISH);
      case SOFTPLUS -> StandardFunction.of(StandardFunction.Kind.SOFTPLUS);
      case SOFTSIGN -> StandardFunction.of(StandardFunction.Kind.SOFTSIGN);
      case ABS -> Nonlinearity.of(toString(), Math::abs, Math::signum, 0);
      case SQUARE -> Nonlinearity.of(toString(), x -> x * x, x -> 2 * x);
      case SQRT -> Nonlinearity.of(toString(), Math::sqrt, x -> 0.5 / Math.sqrt(x), 0);
      case EXP -> Nonlinearity.of(toString(), StrictMath::exp, StrictMath::exp);
      case LOG -> Nonlinearity.of(toString(), StrictMath::log, x -> 1 / x, 0);
    };
  }

  private double decimal() {
    return Double.parseDouble(Float.toString(parameter));
  }

  /** Return the name that {@link #parse} reads. */
  @Override
  public String toString() {
    return hasParameter(function) ? nameOf(function) + "(" + parameter + ")" : nameOf(function);
  }

  private static boolean hasParameter(Unary function) {
    return function == Unary.LEAKY_RELU || function == Unary.ELU;
  }

  private static String nameOf(Unary function) {
    return function.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
