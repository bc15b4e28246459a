package dev.incipit.nn.train;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How well a network does on a data set.
 *
 * @param loss mean loss over all rows
 * @param rows number of rows
 * @param correct rows whose largest output is the right class; empty where targets are not classes
 */
public record Evaluation(double loss, int rows, OptionalInt correct) {

  /** Return the share of rows classified rightly, in 0..1; empty where targets are not classes. */
  public OptionalDouble accuracy() {
    return correct.isPresent()
        ? OptionalDouble.of((double) correct.getAsInt() / rows)
        : OptionalDouble.empty();
  }

  /** Return the share of rows classified wrongly, in 0..1; empty where targets are not classes. */
  public OptionalDouble error() {
    return correct.isPresent()
        ? OptionalDouble.of((double) (rows - correct.getAsInt()) / rows)
        : OptionalDouble.empty();
  }
}
