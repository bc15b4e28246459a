package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;

/**
 * Numbers of mean 0 and variance {@code scale / fan}: the formula behind {@link He}, {@link Xavier}
 * and {@link LeCun}.
 *
 * <p>A unit sums fan-in products; dividing the variance by the fan keeps the sum's variance, and so
 * the signal, from growing or shrinking from layer to layer. The methods differ in the scale, which
 * makes good what the activation takes away, and in the fan they divide by. They derive a variance
 * only; normal, uniform or truncated normal is a choice of its own.
 *
 * <p>{@code scale = 1/3} with fan in and a uniform distribution is the "common heuristic" {@code
 * U(+-1/sqrt(fanIn))} that Glorot and Bengio compare with: {@link #fanInUniform}.
 *
 * @param scale what the fan divides, positive
 * @param mode which number of connections divides it
 * @param distribution the form of the distribution
 */
public record VarianceScaling(double scale, FanMode mode, Distribution distribution)
    implements Initializer {

  /**
   * Create a variance-scaling initializer.
   *
   * @throws IllegalArgumentException if the scale is not positive and finite
   */
  public VarianceScaling {
    scale = Parameters.positive("variance-scaling", "scale", scale);
  }

  /**
   * Return the common heuristic {@code U(+-1/sqrt(fanIn))}, of variance {@code 1 / (3 fanIn)}.
   *
   * <p>That is a third of what keeps a linear signal. Several libraries start from it by default.
   *
   * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, eq.
   *     1</a>
   */
  public static VarianceScaling fanInUniform() {
    return new VarianceScaling(1.0 / 3, FanMode.FAN_IN, Distribution.UNIFORM);
  }

  /** Return the variance {@code scale / fan} of weights with the given fan. */
  public double variance(Fan fan) {
    return scale / mode.of(fan);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    distribution.fill(out, variance(Fan.of(out.shape())), key);
  }

  @Override
  public Theory theory(Shape shape) {
    return distribution.theory(variance(Fan.of(shape)));
  }

  /** Return a famous name where one fits, else {@code variance-scaling} with its parameters. */
  @Override
  public String toString() {
    return FamousNames.of(this);
  }
}
