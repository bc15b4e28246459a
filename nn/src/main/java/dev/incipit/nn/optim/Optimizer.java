package dev.incipit.nn.optim;

import dev.incipit.core.autograd.Parameter;
import java.util.List;

/** A rule that changes parameters along their gradients: its settings, without state. */
public sealed interface Optimizer permits Adam, Sgd {

  /**
   * Take parameters in hand.
   *
   * @param parameters what each step changes
   * @return the rule with a fresh state for these parameters
   */
  Update on(List<Parameter> parameters);

  /** A rule at work on its parameters. */
  @FunctionalInterface
  interface Update {

    /** Change every parameter once, by the gradients of the last backward pass. */
    void step();
  }

  /** Check a setting that must lie in [low, high), NaN failing. */
  private static double checked(String rule, String name, double x, double low, double high) {
    if (!(x >= low && x < high)) {
      throw new IllegalArgumentException(
          rule
              + ": "
              + name
              + " must lie in ["
              + low
              + ", "
              + high
              + "), but got "
              + x
              + "; correct the setting");
    }
    return x;
  }

  /** Check a rate, a decay or the like: finite and at least 0. */
  static void requireFinite(String rule, String name, double x) {
    checked(rule, name, x, 0, Float.MAX_VALUE);
  }

  /** Check a divisor: finite, and above 0 in float too, for 0 / 0 is NaN. */
  static void requirePositive(String rule, String name, double x) {
    checked(rule, name, x, Float.MIN_NORMAL, Float.MAX_VALUE);
  }

  /**
   * Check a share that is kept from step to step: at least 0 and below 1, in float too, for with 1
   * nothing new would ever be added.
   */
  static void requireShare(String rule, String name, double x) {
    checked(rule, name, x, 0, 1);
    if ((float) x == 1) {
      throw new IllegalArgumentException(
          rule
              + ": "
              + name
              + " must be below 1 as a float, but got "
              + x
              + "; the largest such number is "
              + Math.nextDown(1f));
    }
  }
}
