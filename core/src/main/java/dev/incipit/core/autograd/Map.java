package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Apply a scalar function to every element; {@link Unary} states each derivative.
 *
 * @param function the function
 * @param parameter its parameter, where it has one
 */
public record Map(Unary function, float parameter) implements Op {

  /**
   * Check the parameter.
   *
   * @throws IllegalArgumentException if the function has one and it is negative or not finite
   */
  public Map {
    requireParameter(function, parameter);
  }

  /** Below 0 the sign of the value would not tell that of the argument: a wrong derivative. */
  static void requireParameter(Unary function, float parameter) {
    boolean isUsed = function == Unary.LEAKY_RELU || function == Unary.ELU;
    if (isUsed && !(parameter >= 0 && parameter <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          function
              + ": the parameter must be finite and >= 0, but got "
              + parameter
              + "; for a slope of any sign use Variable.prelu");
    }
  }

  @Override
  public String name() {
    return function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Elementwise.map(function, parameter, inputs.get(0), output, share);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      Tensor at = function.gradientAtOutput() ? output : inputs.get(0);
      Elementwise.mapGradient(function, parameter, at, outputGradient, dx, share);
    }
  }
}
