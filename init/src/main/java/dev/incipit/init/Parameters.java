package dev.incipit.init;

/** The checks that initializers share. Each is written so that NaN fails it. */
final class Parameters {

  /**
   * Bounds of a parameter's magnitude: within them no draw leaves the range of normal floats, even
   * one seven deviations off the mean.
   */
  static final double LEAST = 1e-37;

  static final double MOST = 1e37;

  private Parameters() {}

  static double finite(String initializer, String name, double value) {
    if (!(Math.abs(value) <= MOST)) {
      throw new IllegalArgumentException(
          "%s: %s must lie between -1e37 and 1e37, but got %s; pass a finite number"
              .formatted(initializer, name, value));
    }
    // Turns -0 into 0, so that equal numbers make equal records.
    return value + 0.0;
  }

  static double positive(String initializer, String name, double value) {
    if (!(value >= LEAST && value <= MOST)) {
      throw new IllegalArgumentException(
          initializer
              + ": "
              + name
              + " must be positive, between 1e-37 and 1e37, but got "
              + value
              + "; for fixed numbers use constant(c)");
    }
    return value;
  }

  /** Check a number whose square becomes a variance. */
  static double root(String initializer, String name, double value) {
    if (!isRoot(value)) {
      throw new IllegalArgumentException(
          "%s: %s must be positive, between 1e-18 and 1e18, but got %s; 1 is neutral"
              .formatted(initializer, name, value));
    }
    return value;
  }

  /** Tell whether a number's square is a scale within the bounds. */
  static boolean isRoot(double value) {
    return value >= 1e-18 && value <= 1e18;
  }
}
