package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Products;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compute a dense layer {@code y = f(x W + b)} in one pass.
 *
 * <p>With {@code dz = dy f'(y)}: {@code dx = dz W^T}, {@code dW = x^T dz}, {@code db} the column
 * sums of {@code dz}. Inputs are x [batch, in], W [in, out] and b [out].
 *
 * @param function f, whose derivative must follow from its value
 * @param parameter the function's parameter, where it has one
 */
public record Dense(Unary function, float parameter) implements Op {

  /**
   * Check the function.
   *
   * @throws IllegalArgumentException if its derivative needs the argument, which is not kept, or
   *     its parameter is negative or not finite
   */
  public Dense {
    if (!function.gradientAtOutput()) {
      throw new IllegalArgumentException(
          "dense: the derivative must follow from the function's value, but got "
              + function
              + "; use IDENTITY and apply the function as a layer of its own");
    }
    Map.requireParameter(function, parameter);
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape output = Products.shape(Form.NN, inputs.get(0), inputs.get(1));
    if (!inputs.get(2).equals(Shape.of(output.extent(1)))) {
      throw new ShapeMismatchException(
          "dense: the bias must have one number for each column of the weights, but got "
              + inputs.get(2)
              + " and "
              + inputs.get(1)
              + "; pass a bias of shape ["
              + output.extent(1)
              + "]");
    }
    return output;
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Products.dense(inputs.get(0), inputs.get(1), inputs.get(2), function, parameter, output, share);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    applySlope(output, outputGradient, share);
    gradients(inputs, outputGradient, inputGradients, null, share);
  }

  /** Turn {@code dy} into {@code dz}, and wait until all of it is there. */
  void applySlope(Tensor output, Tensor gradient, Share share) {
    if (function != Unary.IDENTITY) {
      Elementwise.mapGradient(function, parameter, output, gradient, gradient, share);
      share.await();
    }
  }

  /**
   * Compute the gradients from {@code dz}.
   *
   * @param below the dense layer that x comes from, if its slope is to be multiplied in: then
   *     {@code dx} is that layer's {@code dz}
   */
  void gradients(
      List<Tensor> inputs,
      Tensor dz,
      List<@Nullable Tensor> inputGradients,
      @Nullable Dense below,
      Share share) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    Tensor dx = inputGradients.get(0);
    Tensor dw = inputGradients.get(1);
    Tensor db = inputGradients.get(2);
    if (dw != null) {
      Products.matmul(Form.TN, x, dz, dw, share);
    }
    if (db != null) {
      Reductions.columnSums(dz, db, share);
    }
    if (dx != null && below != null && below.function != Unary.IDENTITY) {
      Products.denseGradient(dz, w, below.function, below.parameter, x, dx, share);
    } else if (dx != null) {
      Products.matmul(Form.NT, dz, w, dx, share);
    }
  }
}
