package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A differentiable operation: its value, and beside it its derivative.
 *
 * <p>The operations of the library are a closed set; {@link CustomOp} is the door for others.
 *
 * <p>Both directions run on a team of threads, each with its {@link Share}. A thread writes its
 * share of every output, and calls {@link Share#await()} before it reads what others wrote in the
 * same call; between two operations everyone waits for everyone.
 */
public sealed interface Op
    permits Arithmetic,
        CrossEntropy,
        CustomOp,
        Dense,
        MatMul,
        Map,
        Mean,
        Prelu,
        Reshape,
        Softmax,
        Sum {

  /** Return the operation's name, as errors give it. */
  String name();

  /**
   * Check the inputs' shapes and return the output's.
   *
   * @param inputs shape of each input
   * @return shape of the output
   * @throws dev.incipit.core.tensor.ShapeMismatchException if the inputs do not fit
   */
  Shape outputShape(List<Shape> inputs);

  /**
   * Compute the output, overwriting whatever it holds.
   *
   * @param inputs the inputs
   * @param output the output, of the shape that {@link #outputShape} gives
   * @param share this thread's share
   */
  void forward(List<Tensor> inputs, Tensor output, Share share);

  /**
   * Compute the loss's gradient with respect to the inputs from that with respect to the output.
   *
   * @param inputs the inputs
   * @param output the output that {@link #forward} computed
   * @param outputGradient gradient with respect to the output; not needed afterwards, so that it
   *     may serve as scratch space
   * @param inputGradients for each input the gradient to overwrite, or null where none is needed
   * @param share this thread's share
   */
  void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share);
}
