package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Give the same numbers another shape; the gradient goes back to the first.
 *
 * @param shape the new shape, of equal size
 */
public record Reshape(Shape shape) implements Op {

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (inputs.get(0).size() != shape.size()) {
      throw new ShapeMismatchException(
          "reshape: the number of elements must stay, but got "
              + inputs.get(0)
              + " to "
              + shape
              + "; the extents must multiply to "
              + inputs.get(0).size());
    }
    return shape;
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    if (share.isFirst()) {
      output.copyFrom(inputs.get(0).reshape(shape.extents()));
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
      dx.copyFrom(outputGradient.reshape(dx.shape().extents()));
    }
  }
}
