package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;

/**
 * A rectifier that learns its slope: {@code f(x) = x <= 0 ? slope x : x}, one slope for the layer.
 *
 * <p>Put it after a {@link Dense} layer without activation:
 *
 * <pre>{@code
 * Sequential.of(
 *     Dense.create("dense1", 784, 100, Activation.identity(), he, zeros, key.split("dense1")),
 *     Prelu.create("prelu1"),
 *     ...);
 * }</pre>
 *
 * <p>Do not let weight decay touch the slope, which it would pull towards a ReLU.
 *
 * @param slope the slope for negative arguments, of one element and any sign
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>
 */
public record Prelu(Parameter slope) implements Layer {

  /** Where the slope starts, after He et al. */
  public static final float INITIAL_SLOPE = 0.25f;

  /**
   * Check the slope's shape.
   *
   * @throws ShapeMismatchException if it is not one number
   */
  public Prelu {
    if (slope.shape().size() != 1) {
      throw new ShapeMismatchException(
          "prelu: the slope must be one number, but got shape "
              + slope.shape()
              + "; pass one of shape [1]");
    }
  }

  /**
   * Create a layer whose slope starts at {@link #INITIAL_SLOPE}.
   *
   * @param name what its parameter is called: {@code name.slope}
   * @return the layer
   */
  public static Prelu create(String name) {
    return new Prelu(new Parameter(name + ".slope", Tensor.vector(INITIAL_SLOPE)));
  }

  @Override
  public Variable forward(Variable x) {
    return x.prelu(slope);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(slope);
  }

  /** Return the name and the slope now, as in {@code prelu(0.25)}. */
  @Override
  public String toString() {
    return "prelu(" + slope.value().array()[slope.value().offset()] + ")";
  }
}
