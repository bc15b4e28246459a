package dev.incipit.lab.experiment;

import java.util.List;

/**
 * The settings of the main job.
 *
 * @param depths numbers of weight layers
 * @param width units of every hidden layer
 * @param seeds number of seeds, from {@code firstSeed} on
 * @param firstSeed the first seed
 * @param epochs passes over the training images
 * @param batch images a step
 * @param rate learning rate
 * @param momentum momentum
 * @param threshold training loss, in nats, that a run must fall below
 * @param evaluations evaluations on held-out images an epoch, in the first two; then one an epoch
 */
public record Setup(
    List<Integer> depths,
    int width,
    int seeds,
    long firstSeed,
    int epochs,
    int batch,
    double rate,
    double momentum,
    double threshold,
    int evaluations) {

  /** Batches whose losses are averaged into the training loss that is compared and plotted. */
  public static final int WINDOW = 20;

  /** Epochs in which a network is evaluated more than once. */
  public static final int CLOSELY_WATCHED = 2;

  /**
   * Check the settings.
   *
   * @throws IllegalArgumentException if one lies outside its range
   */
  public Setup {
    depths = List.copyOf(depths);
    require(!depths.isEmpty(), "depths", depths, "name at least one, such as 22,30,50");
    for (int depth : depths) {
      require(depth >= 2 && depth <= 1000, "depths", depths, "each must lie in 2..1000");
    }
    require(
        depths.stream().distinct().count() == depths.size(), "depths", depths, "name each once");
    require(width >= 1 && width <= 16384, "width", width, "it must lie in 1..16384");
    require(seeds >= 1 && seeds <= 1000, "seeds", seeds, "their number must lie in 1..1000");
    require(epochs >= 1 && epochs <= 10_000, "epochs", epochs, "their number must lie in 1..10000");
    require(batch >= 1, "batch", batch, "it must be at least 1");
    require(rate > 0 && rate < 100, "rate", rate, "it must lie between 0 and 100");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "it must lie in [0, 1)");
    require(
        threshold > 0 && threshold < 100, "threshold", threshold, "it must lie between 0 and 100");
    require(evaluations >= 1 && evaluations <= 100, "evaluations", evaluations, "1..100 an epoch");
  }

  private static void require(boolean holds, String name, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "he-vs-xavier: " + name + ": " + rule + ", but got " + value);
    }
  }

  /** Return the settings of the picture: 22, 30 and 50 layers, five seeds, ten epochs. */
  public static Setup full() {
    return new Setup(List.of(22, 30, 50), 256, 5, 0, 10, 128, 0.0025, 0.9, 1.5, 4);
  }

  /** Return settings that show the difference in half a minute: fewer depths and epochs. */
  public static Setup quick() {
    return new Setup(List.of(22, 30), 256, 5, 0, 2, 128, 0.0025, 0.9, 1.5, 4);
  }
}
