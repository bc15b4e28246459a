package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;

/**
 * Numbers from {@code N(mean, std^2)}, whatever the fan.
 *
 * <p>With standard deviation 0.01 it began AlexNet; in deep networks a deviation that ignores the
 * fan makes signals vanish or explode.
 *
 * @param mean the mean
 * @param std the standard deviation, positive
 * @see <a href="https://doi.org/10.1145/3065386">Krizhevsky et al. 2012, ImageNet classification
 *     with deep convolutional neural networks</a>
 */
public record Normal(double mean, double std) implements Initializer {

  /**
   * Create a normal initializer.
   *
   * @throws IllegalArgumentException if a number is not finite, or the deviation not positive
   */
  public Normal {
    mean = Parameters.finite("normal", "mean", mean);
    std = Parameters.positive("normal", "std", std);
  }

  /** Return the initializer with mean 0 and the given standard deviation. */
  public static Normal of(double std) {
    return new Normal(0, std);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    key.fillNormal(out, (float) mean, (float) std);
  }

  @Override
  public Theory theory(Shape shape) {
    return new Theory.Gaussian(mean, std * std);
  }

  /** Return the like of {@code normal(mean=0, std=0.01)}. */
  @Override
  public String toString() {
    return "normal(mean=" + Numbers.text(mean) + ", std=" + Numbers.text(std) + ")";
  }
}
