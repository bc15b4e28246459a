package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Average all n elements into one number; every element's derivative is 1/n. */
public record Mean() implements Op {

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).size() == 0) {
      throw new IllegalArgumentException(
          "mean: the tensor must hold an element, but got "
              + inputs.get(0)
              + "; check its extents");
    }
    return Shape.of();
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    if (share.isFirst()) {
      output.fill(Reductions.mean(inputs.get(0)));
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
      dx.fill(outputGradient.item() / dx.size());
    }
  }
}
