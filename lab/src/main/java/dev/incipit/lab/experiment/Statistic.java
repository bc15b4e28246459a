package dev.incipit.lab.experiment;

import java.util.OptionalDouble;

/**
 * A number computed from a draw, beside what theory says of it.
 *
 * @param name what it is
 * @param sample its value
 * @param theory the value that theory gives, of an extreme the median; empty if it gives none
 * @param standardError the deviation of the sample's value from draw to draw, empty if not known
 * @param p the probability of a value at least as far from theory, empty if the statistic is shown
 *     but not judged
 */
public record Statistic(
    String name,
    double sample,
    OptionalDouble theory,
    OptionalDouble standardError,
    OptionalDouble p) {

  /** Show a number without judging it. */
  static Statistic shown(String name, double sample, OptionalDouble theory) {
    return new Statistic(name, sample, theory, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Return how many standard errors the sample lies off theory. */
  public OptionalDouble z() {
    return theory.isPresent() && standardError.isPresent()
        ? OptionalDouble.of((sample - theory.getAsDouble()) / standardError.getAsDouble())
        : OptionalDouble.empty();
  }
}
