package dev.incipit.nn.train;

import java.util.List;
import java.util.Optional;

/**
 * The course of training.
 *
 * @param epochs one entry an epoch, in order
 */
public record History(List<Epoch> epochs) {

  /** Copy the list. */
  public History {
    epochs = List.copyOf(epochs);
  }

  /**
   * One pass over the training data.
   *
   * @param number its number, from 1
   * @param steps steps since training began
   * @param trainLoss mean of its batches' losses, each taken before its step
   * @param validation evaluation on held-out data after it; empty where there is none
   */
  public record Epoch(int number, long steps, double trainLoss, Optional<Evaluation> validation) {}

  /** Return the last epoch; empty if training had none. */
  public Optional<Epoch> last() {
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.getLast());
  }
}
