package dev.incipit.init.theory;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A scalar function with its derivative, as the theory of initialization sees an activation.
 *
 * <pre>{@code
 * Nonlinearity sine = Nonlinearity.of("sine", StrictMath::sin, StrictMath::cos);
 * double gain = Gain.of(sine);
 * }</pre>
 *
 * <p>The functions of the literature are {@linkplain StandardFunction ready made}: {@link
 * StandardFunction#parse} reads their names.
 */
public interface Nonlinearity {

  /** Compute {@code f(x)}. */
  double value(double x);

  /** Compute {@code f'(x)}; at a kink, any number between the slopes on its two sides. */
  double derivative(double x);

  /**
   * Return the points where the function or one of its derivatives jumps.
   *
   * <p>Means are integrated piecewise between them. A kink left out costs time and digits.
   */
  default List<Double> kinks() {
    return List.of();
  }

  /**
   * Return the function of the literature that this one is, or this one itself.
   *
   * <p>Customary gains and recommendations belong to the functions of the literature, and are found
   * through here, not by the name.
   */
  default Nonlinearity canonical() {
    return this;
  }

  /** Return the name. */
  @Override
  String toString();

  /**
   * Make a nonlinearity from two functions.
   *
   * @param name what messages call it
   * @param f the function
   * @param df its derivative
   * @param kinks the points where the function or one of its derivatives jumps
   * @throws IllegalArgumentException if the name is blank or a kink is not finite
   */
  static Nonlinearity of(
      String name, DoubleUnaryOperator f, DoubleUnaryOperator df, double... kinks) {
    return new CustomFunction(name, f, df, Arrays.stream(kinks).boxed().toList());
  }
}
