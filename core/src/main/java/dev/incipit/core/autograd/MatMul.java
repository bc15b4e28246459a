package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Products;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multiply matrices: {@code C = A B}, {@code dA = dC B^T}, {@code dB = A^T dC}. */
public record MatMul() implements Op {

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Products.shape(Form.NN, inputs.get(0), inputs.get(1));
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Products.matmul(Form.NN, inputs.get(0), inputs.get(1), output, share);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    Tensor da = inputGradients.get(0);
    Tensor db = inputGradients.get(1);
    if (da != null) {
      Products.matmul(Form.NT, outputGradient, inputs.get(1), da, share);
    }
    if (db != null) {
      Products.matmul(Form.TN, inputs.get(0), outputGradient, db, share);
    }
  }
}
