package dev.incipit.nn.health;

import java.util.List;

/**
 * How a mean square changes over the depth of a network, in logarithms.
 *
 * @param path the logarithm from layer to layer
 * @param expected what theory expects of the whole change
 * @param noise deviation over draws of the whole change
 * @param first the part of the expected change that the first layer makes, which may differ from
 *     the others' in what it takes in
 */
record Change(List<Double> path, double expected, double noise, double first) {

  /** Deviations of noise that are chance: once in 150,000 draws a normal number goes beyond. */
  static final double SIGMAS = 4.5;

  /** A change by 1,000 in all. */
  private static final double LIMIT = StrictMath.log(1000);

  /** A change by the factor 1.28 a layer. */
  private static final double RATE = 0.25;

  private int steps() {
    return path.size() - 1;
  }

  double total() {
    return path.getLast() - path.getFirst();
  }

  private boolean beyond(double change) {
    return Math.abs(change) > LIMIT && Math.abs(change) > RATE * steps();
  }

  /** Tell whether the change is large, and no chance. */
  boolean isSick() {
    boolean predicted = beyond(expected) && expected * total() > 0;
    return beyond(total()) && (predicted || !isExplained());
  }

  private boolean isExplained() {
    return Math.abs(total() - expected) <= SIGMAS * noise;
  }

  /**
   * Return the factor of the deviation a layer: theory's, in which there is no noise, where it
   * explains what was measured or where nothing is left to measure.
   */
  double factor() {
    boolean theory = isExplained() || Double.isInfinite(total());
    double change = theory ? expected - first : total();
    int layers = theory && first != 0 ? Math.max(1, steps() - 1) : steps();
    return StrictMath.exp(change / (2 * layers));
  }

  /** Return the step at which the change becomes large. */
  int onset() {
    for (int i = 1; i < path.size(); i++) {
      if (Math.abs(path.get(i) - path.getFirst()) > LIMIT) {
        return i;
      }
    }
    return steps();
  }
}
