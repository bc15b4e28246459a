package dev.incipit.nn;

import dev.incipit.core.autograd.Map;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import java.util.List;

/**
 * An activation function, alone or as the tail of a {@link Dense} layer.
 *
 * @param function the function
 * @param slope slope for negative arguments of a leaky ReLU; 0 for the others
 */
public record Activation(Unary function, float slope) implements Layer, Nonlinearity {

  private static final String NAMES =
      "identity, sigmoid, tanh, relu, leaky-relu, leaky-relu(slope), abs, square, sqrt, exp, log";

  /**
   * Check the slope.
   *
   * @throws IllegalArgumentException if the slope is negative or not finite, or given to a function
   *     that has none
   */
  public Activation {
    if (!(slope >= 0) || Float.isInfinite(slope) || (slope != 0 && function != Unary.LEAKY_RELU)) {
      throw new IllegalArgumentException(
          "activation: the slope must be finite and >= 0, and 0 but for a leaky ReLU, but got "
              + function
              + " with "
              + slope
              + "; 0.01 is customary for a leaky ReLU");
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

  /**
   * Read an activation from its name, as {@link #toString()} prints it.
   *
   * @param text such as {@code relu} or {@code leaky-relu(0.1)}
   * @return the activation
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Activation parse(String text) {
    return switch (text) {
      case "identity" -> identity();
      case "sigmoid" -> sigmoid();
      case "tanh" -> tanh();
      case "relu" -> relu();
      case "leaky-relu" -> leakyRelu(0.01f);
      case "abs" -> new Activation(Unary.ABS, 0f);
      case "square" -> new Activation(Unary.SQUARE, 0f);
      case "sqrt" -> new Activation(Unary.SQRT, 0f);
      case "exp" -> new Activation(Unary.EXP, 0f);
      case "log" -> new Activation(Unary.LOG, 0f);
      default -> parseLeaky(text);
    };
  }

  private static Activation parseLeaky(String text) {
    if (text.startsWith("leaky-relu(") && text.endsWith(")")) {
      try {
        return leakyRelu(Float.parseFloat(text.substring(11, text.length() - 1)));
      } catch (NumberFormatException e) {
        throw unknown(text);
      }
    }
    throw unknown(text);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "activation: the name must be known, but got " + text + "; choose one of " + NAMES);
  }

  @Override
  public Variable forward(Variable x) {
    return Variable.apply(new Map(function, slope), x);
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
   * Return the function of the literature, with the slope as its decimal shows it: 0.1, not the
   * float next to it.
   */
  @Override
  public Nonlinearity canonical() {
    return switch (function) {
      case IDENTITY -> StandardFunction.of(StandardFunction.Kind.IDENTITY);
      case SIGMOID -> StandardFunction.of(StandardFunction.Kind.SIGMOID);
      case TANH -> StandardFunction.of(StandardFunction.Kind.TANH);
      case RELU -> StandardFunction.of(StandardFunction.Kind.RELU);
      case LEAKY_RELU -> StandardFunction.leakyRelu(Double.parseDouble(Float.toString(slope)));
      case ABS -> Nonlinearity.of(toString(), Math::abs, Math::signum, 0);
      case SQUARE -> Nonlinearity.of(toString(), x -> x * x, x -> 2 * x);
      case SQRT -> Nonlinearity.of(toString(), Math::sqrt, x -> 0.5 / Math.sqrt(x), 0);
      case EXP -> Nonlinearity.of(toString(), StrictMath::exp, StrictMath::exp);
      case LOG -> Nonlinearity.of(toString(), StrictMath::log, x -> 1 / x, 0);
    };
  }

  /** Return the name that {@link #parse} reads. */
  @Override
  public String toString() {
    return switch (function) {
      case LEAKY_RELU -> "leaky-relu(" + slope + ")";
      case IDENTITY, ABS, SQUARE, SQRT, EXP, LOG, TANH, SIGMOID, RELU ->
          function.name().toLowerCase(java.util.Locale.ROOT);
    };
  }
}
