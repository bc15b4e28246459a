package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compute {@code y = exp(x) / sum exp(x)} along the innermost axis; {@code dx = y (dy - sum(dy
 * y))}.
 */
public record Softmax() implements Op {

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).rank() == 0) {
      throw new ShapeMismatchException(
          "softmax: the operand must have an axis, but got []; reshape it to [1, classes]");
    }
    return inputs.get(0);
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Reductions.softmax(inputs.get(0), output, share);
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
      Reductions.softmaxGradient(output, outputGradient, dx, share);
    }
  }
}
