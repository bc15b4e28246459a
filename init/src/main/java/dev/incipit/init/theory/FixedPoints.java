package dev.incipit.init.theory;

import java.util.List;

/** Where the variance of a signal comes to rest on its way through depth. */
public sealed interface FixedPoints {

  /**
   * A variance that the next layer repeats.
   *
   * @param variance the variance {@code q* = V(q*)}
   * @param slope {@code V'(q*)}: the factor by which a small disturbance grows from layer to layer
   */
  record Point(double variance, double slope) {

    /** Tell whether small disturbances die out. */
    public boolean stable() {
      return Math.abs(slope) < 1;
    }
  }

  /**
   * There are fixed points.
   *
   * @param points at least one, by ascending variance
   */
  record Some(List<Point> points) implements FixedPoints {
    /** Keep an unmodifiable copy. */
    public Some {
      points = List.copyOf(points);
    }
  }

  /** There is none up to a variance of 1e12: the signal explodes from any start. */
  record None() implements FixedPoints {}

  /** Every variance is one: each layer repeats whatever it gets, as with relu after He. */
  record Everywhere() implements FixedPoints {}
}
