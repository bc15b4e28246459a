package dev.incipit.lab.experiment;

import java.util.List;
import java.util.OptionalInt;

/**
 * One network's training.
 *
 * @param depth number of weight layers
 * @param contestant how it was initialized
 * @param seed its seed
 * @param points the curve, from step 0 to the end
 * @param losses training loss after each step: the mean over the last {@link Setup#WINDOW} batches
 * @param stepsToThreshold first step at which that loss lay below the threshold; empty if none did
 */
public record Run(
    int depth,
    Contestant contestant,
    long seed,
    List<Point> points,
    List<Double> losses,
    OptionalInt stepsToThreshold) {

  /**
   * A point of the curve.
   *
   * @param step steps taken
   * @param epoch passes over the training images, with fraction
   * @param trainLoss mean loss of the last batches, in nats; of the first batch at step 0
   * @param validationLoss mean loss on held-out images, in nats
   * @param validationError share of held-out images classified wrongly, in 0..1
   */
  public record Point(
      int step, double epoch, double trainLoss, double validationLoss, double validationError) {}

  /** Return the end of the curve. */
  public Point last() {
    return points.getLast();
  }
}
