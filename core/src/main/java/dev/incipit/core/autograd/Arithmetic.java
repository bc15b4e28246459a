package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Reductions;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Compute {@code x op y}, broadcasting extents of 1.
 *
 * <p>Derivatives: add (1, 1), subtract (1, -1), multiply (y, x), divide (1/y, -(x/y)/y); a
 * stretched operand gathers the sum over what it was stretched to.
 *
 * @param operation the operation
 */
public record Arithmetic(Binary operation) implements Op {

  @Override
  public String name() {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return Shape.broadcast(name(), inputs.get(0), inputs.get(1));
  }

  @Override
  public void forward(List<Tensor> inputs, Tensor output, Share share) {
    Elementwise.binary(operation, inputs.get(0), inputs.get(1), output, share);
  }

  @Override
  public void backward(
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      Share share) {
    if (!share.isFirst()) {
      return;
    }
    Tensor dx = inputGradients.get(0);
    Tensor dy = inputGradients.get(1);
    boolean xStretched = dx != null && !dx.shape().equals(output.shape());
    boolean yStretched = dy != null && !dy.shape().equals(output.shape());
    // Operands of full shape first: what remains may then overwrite the output's gradient.
    if (dx != null && !xStretched) {
      left(inputs.get(1), outputGradient, dx);
    }
    if (dy != null && !yStretched) {
      right(inputs.get(0), inputs.get(1), output, outputGradient, dy);
    }
    if (dx != null && xStretched) {
      Tensor scratch = yStretched ? outputGradient.copy() : outputGradient;
      left(inputs.get(1), outputGradient, scratch);
      Reductions.sumTo(scratch, dx);
    }
    if (dy != null && yStretched) {
      right(inputs.get(0), inputs.get(1), output, outputGradient, outputGradient);
      Reductions.sumTo(outputGradient, dy);
    }
  }

  private void left(Tensor y, Tensor dz, Tensor out) {
    switch (operation) {
      case ADD, SUBTRACT -> out.copyFrom(dz);
      case MULTIPLY -> Elementwise.binary(Binary.MULTIPLY, dz, y, out);
      case DIVIDE -> Elementwise.binary(Binary.DIVIDE, dz, y, out);
    }
  }

  private void right(Tensor x, Tensor y, Tensor z, Tensor dz, Tensor out) {
    switch (operation) {
      case ADD -> out.copyFrom(dz);
      case SUBTRACT -> {
        out.copyFrom(dz);
        Elementwise.scale(-1f, out, Share.WHOLE);
      }
      case MULTIPLY -> Elementwise.binary(Binary.MULTIPLY, dz, x, out);
      case DIVIDE -> {
        Elementwise.binary(Binary.MULTIPLY, dz, z, out);
        Elementwise.binary(Binary.DIVIDE, out, y, out);
        Elementwise.scale(-1f, out, Share.WHOLE);
      }
    }
  }
}
