package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compute {@code y = x <= 0 ? a x : x} with one slope {@code a} that is an input too.
 *
 * <p>{@code dx = x <= 0 ? a dy : dy} and {@code da} the sum of {@code x dy} over {@code x <= 0}.
 * Both are taken at x, not at y as for a leaky ReLU, so that the slope may be learned to be
 * negative. Inputs are x, of any shape, and a, of one element.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>
 */
public record Prelu() implements Op {

  @Override
  public String name() {
    return "prelu";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(1).size() != 1) {
      throw new ShapeMismatchException(
          "prelu: the slope must be one number, but got shape "
              + inputs.get(1)
              + "; pass one of shape [1]");
    }
    return inputs.get(0);
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Elementwise.map(Unary.LEAKY_RELU, slope(inputs), inputs.get(0), output, share);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    Tensor x = inputs.get(0);
    Tensor dx = inputGradients.get(0);
    Tensor dslope = inputGradients.get(1);
    if (dslope != null && share.isFirst()) {
      dslope.fill(Reductions.slopeGradient(x, outputGradient));
    }
    if (dx != null) {
      Elementwise.mapGradient(Unary.LEAKY_RELU, slope(inputs), x, outputGradient, dx, share);
    }
  }

  private static float slope(List<Tensor> inputs) {
    return inputs.get(1).array()[inputs.get(1).offset()];
  }
}
