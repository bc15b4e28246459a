package dev.incipit.core.autograd;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's own operation: {@code y = x^3}, {@code dx = 3 x^2 dy}. */
record Cube() implements CustomOp {

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output) {
    Tensor x = inputs.get(0);
    output.copyFrom(x.mul(x).mul(x));
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients) {
    Tensor dx = inputGradients.get(0);
    if (dx != null) {
      Tensor x = inputs.get(0);
      dx.copyFrom(x.mul(x).mul(3f).mul(outputGradient));
    }
  }
}
