package dev.incipit.core.tensor;

import java.util.Locale;

/** Prints tensors for people. */
final class TensorText {

  private static final int EDGE = 3;

  private TensorText() {}

  static String of(Tensor tensor) {
    StringBuilder text = new StringBuilder("Tensor").append(tensor.shape());
    if (tensor.size() == 0) {
      return text.append(" (empty)").toString();
    }
    text.append(' ');
    axis(tensor, text, 0, 0, tensor.size());
    return text.toString();
  }

  private static void axis(Tensor tensor, StringBuilder text, int axis, int at, int size) {
    if (axis == tensor.rank()) {
      text.append(number(tensor.array()[tensor.offset() + at]));
      return;
    }
    int extent = tensor.extent(axis);
    int stride = size / extent;
    boolean innermost = axis == tensor.rank() - 1;
    text.append('[');
    for (int i = 0; i < extent; i++) {
      if (i > 0) {
        text.append(innermost ? ", " : ",\n" + " ".repeat(axis + 1));
      }
      if (extent > 2 * EDGE + 1 && i == EDGE) {
        text.append("...");
        i = extent - EDGE - 1;
      } else {
        axis(tensor, text, axis + 1, at + i * stride, stride);
      }
    }
    text.append(']');
  }

  private static String number(float x) {
    return Float.isFinite(x) ? String.format(Locale.ROOT, "%.5g", x) : Float.toString(x);
  }
}
