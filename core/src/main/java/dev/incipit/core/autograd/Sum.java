package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sum all elements into one number; every element's derivative is 1. */
public record Sum() implements Op {

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.of();
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    if (share.isFirst()) {
      output.fill(Reductions.sum(inputs.get(0)));
    }
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    Tensor dx = inputGradients.get(0);
    if (dx != null && share.isFirst()) {
      dx.fill(outputGradient.item());
    }
  }
}
