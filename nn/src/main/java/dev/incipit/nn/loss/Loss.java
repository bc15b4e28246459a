package dev.incipit.nn.loss;

import dev.incipit.core.autograd.Variable;

/** A measure of how far predictions are from targets: one number, smaller is better. */
@FunctionalInterface
public interface Loss {

  /**
   * Compute the loss.
   *
   * @param predictions outputs of the network [batch, out]
   * @param targets what they should be [batch, out]
   * @return a single number
   */
  Variable of(Variable predictions, Variable targets);

  /**
   * Return the mean cross-entropy, in nats, of softmax of the predictions against target
   * distributions; ln(classes) for a network that knows nothing.
   */
  static Loss crossEntropy() {
    return (logits, targets) -> logits.crossEntropy(targets).mean();
  }

  /** Return the mean of squared differences. */
  static Loss meanSquaredError() {
    return Variable::meanSquaredError;
  }
}
