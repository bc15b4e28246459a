package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compute the cross-entropy, in nats, of {@code softmax(logits)} against each row of targets.
 *
 * <p>Inputs are logits [rows, classes] and targets [rows, classes], each row of which sums to 1;
 * the output is one loss a row [rows]. {@code dlogits = (softmax(logits) - targets) dloss}; targets
 * get no gradient.
 */
public record CrossEntropy() implements Op {

  @Override
  public String name() {
    return "crossEntropy";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape logits = inputs.get(0);
    if (logits.rank() != 2 || logits.size() == 0 || !logits.equals(inputs.get(1))) {
      throw new ShapeMismatchException(
          "crossEntropy: logits and targets must be equal matrices [rows, classes], but got "
              + logits
              + " and "
              + inputs.get(1)
              + "; encode the labels as one row of classes each");
    }
    return Shape.of(logits.extent(0));
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Reductions.crossEntropy(inputs.get(0), inputs.get(1), output, share);
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
      Reductions.crossEntropyGradient(inputs.get(0), inputs.get(1), outputGradient, dx, share);
    }
    if (inputGradients.get(1) != null) {
      throw new IllegalArgumentException(
          "crossEntropy: targets must be constant, but a gradient was asked for them;"
              + " pass them as Variable.constant");
    }
  }
}
