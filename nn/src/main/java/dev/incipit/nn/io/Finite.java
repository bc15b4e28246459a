package dev.incipit.nn.io;

import dev.incipit.core.tensor.Tensor;

/** The rule that weights are numbers. */
final class Finite {

  private Finite() {}

  /** Refuse a tensor with NaN or an infinity, which a network could neither use nor lose. */
  static void require(Refusal refusal, String name, Tensor tensor) {
    float[] numbers = tensor.array();
    for (int i = 0; i < tensor.size(); i++) {
      float number = numbers[tensor.offset() + i];
      if (!Float.isFinite(number)) {
        throw refusal.because(
            "weights must be finite",
            "%s at index %d of %s".formatted(number, i, Refusal.quote(name)),
            "a training that diverged needs a smaller rate or another initialization");
      }
    }
  }
}
