package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation written by a user of the library.
 *
 * <p>It is called on one thread and need not think of others. Check a new one with {@link
 * GradientCheck}.
 */
public non-sealed interface CustomOp extends Op {

  /**
   * Compute the output, overwriting whatever it holds.
   *
   * @param inputs the inputs, to be left as they are
   * @param output the output, of the shape that {@link #outputShape(List)} gives
   */
  void forward(List<Tensor> inputs, Tensor output);

  /**
   * Compute the gradient with respect to each input that has one.
   *
   * @param inputs the inputs
   * @param output the output that {@link #forward(List, Tensor)} computed
   * @param outputGradient gradient with respect to the output
   * @param inputGradients for each input the gradient to overwrite, or null where none is needed
   */
  void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients);

  @Override
  default void forward(List<Tensor> inputs, Tensor output, Share share) {
    if (share.isFirst()) {
      forward(inputs, output);
    }
  }

  @Override
  default void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    if (share.isFirst()) {
      backward(inputs, output, outputGradient, inputGradients);
    }
  }

  /** Return the simple name of the class, unless overridden. */
  @Override
  default String name() {
    return getClass().getSimpleName();
  }

  @Override
  Shape outputShape(List<Shape> inputs);
}
