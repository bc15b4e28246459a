package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;

/**
 * Every number the same: for biases.
 *
 * <p>As weights they fail: units with equal incoming and outgoing weights receive equal gradients
 * and stay equal for ever, so that a layer learns as if it had a single unit (the symmetry
 * problem).
 *
 * @param value the number, finite
 */
public record Constant(double value) implements Initializer {

  /**
   * Create a constant initializer.
   *
   * @throws IllegalArgumentException if the number is not finite, or beyond 1e37
   */
  public Constant {
    value = Parameters.finite("constant", "c", value);
  }

  /** Return the initializer that draws zeros, customary for biases. */
  public static Constant zeros() {
    return new Constant(0);
  }

  /** Return the initializer that draws ones. */
  public static Constant ones() {
    return new Constant(1);
  }

  /** Return the initializer that draws a number of your choice. */
  public static Constant of(double value) {
    return new Constant(value);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    out.fill((float) value);
  }

  @Override
  public Theory theory(Shape shape) {
    return new Theory.Point(value);
  }

  /** Return {@code zeros}, {@code ones}, or the like of {@code constant(c=0.1)}. */
  @Override
  public String toString() {
    if (value == 0) {
      return "zeros";
    }
    return value == 1 ? "ones" : "constant(c=" + Numbers.text(value) + ")";
  }
}
