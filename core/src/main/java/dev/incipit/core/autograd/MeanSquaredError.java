package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compute the mean of squared differences over all n elements: {@code dx = 2 (x - y) / n}, {@code dy
 * = -dx}. Inputs are two tensors of equal shape.
 */
public record MeanSquaredError() implements Op {

  @Override
  public String name() {
    return "meanSquaredError";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).size() == 0 || !inputs.get(0).equals(inputs.get(1))) {
      throw new ShapeMismatchException(
          "meanSquaredError: predictions and targets must have one shape, but got "
              + inputs.get(0)
              + " and "
              + inputs.get(1)
              + "; reshape the targets");
    }
    return Shape.of();
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    if (share.isFirst()) {
      Tensor x = inputs.get(0);
      output.fill(Reductions.squaredDistance(x, inputs.get(1)) / x.size());
    }
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    float scale = 2f * outputGradient.item() / inputs.get(0).size();
    gradient(inputs.get(0), inputs.get(1), scale, inputGradients.get(0), share);
    gradient(inputs.get(1), inputs.get(0), scale, inputGradients.get(1), share);
  }

  private static void gradient(
      Tensor x, Tensor y, float scale, @Nullable Tensor dx, Share share) {
    if (dx != null && share.isFirst()) {
      Elementwise.binary(Binary.SUBTRACT, x, y, dx, Share.WHOLE);
      Elementwise.scale(scale, dx, Share.WHOLE);
    }
  }
}
