package dev.incipit.nn.train;

import java.util.OptionalDouble;

/**
 * How well a network does on a data set.
 *
 * @param loss mean loss over all rows
 * @param accuracy share of rows whose largest output is the right class, in 0..1; empty where the
 *     targets are not classes
 */
public record Evaluation(double loss, OptionalDouble accuracy) {

  /** Return the share of rows classified wrongly, in 0..1; empty where targets are not classes. */
  public OptionalDouble error() {
    return accuracy.isPresent() ? OptionalDouble.of(1 - accuracy.getAsDouble()) : accuracy;
  }
}
