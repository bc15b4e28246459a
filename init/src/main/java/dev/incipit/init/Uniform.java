package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;

/**
 * Numbers from {@code U(low, high)}, whatever the fan: variance {@code (high - low)^2 / 12}.
 *
 * @param low the lower end
 * @param high the upper end, above {@code low} as floats too
 */
public record Uniform(double low, double high) implements Initializer {

  /**
   * Create a uniform initializer.
   *
   * @throws IllegalArgumentException if a number is not finite, or no float lies between the ends
   */
  public Uniform {
    low = Parameters.finite("uniform", "low", low);
    high = Parameters.finite("uniform", "high", high);
    if (!((float) low < (float) high)) {
      throw new IllegalArgumentException(
          "uniform: low must be less than high, as floats, but got "
              + low
              + " and "
              + high
              + "; exchange or correct them");
    }
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    key.fillUniform(out, (float) low, (float) high);
  }

  @Override
  public Theory theory(Shape shape) {
    return new Theory.Flat(low, high);
  }

  /** Return the like of {@code uniform(low=-0.1, high=0.1)}. */
  @Override
  public String toString() {
    return "uniform(low=" + Numbers.text(low) + ", high=" + Numbers.text(high) + ")";
  }
}
