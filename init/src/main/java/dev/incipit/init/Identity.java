package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;
import java.util.OptionalDouble;

/**
 * The identity matrix times a gain: unit {@code i + shift} hears input i alone.
 *
 * <p>A layer that begins so passes its input on, and learns what to change. With receptive fields
 * the ones stand in the field's middle place, {@code extent / 2} on each axis, so that a
 * convolution passes its input on too. Inputs for which there is no unit are not heard; units
 * without an input start at zero.
 *
 * @param gain the numbers on the diagonal, finite
 * @param shift how far the diagonal lies to the right of the main one; negative for the left
 * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015, A simple way to
 *     initialize recurrent networks of rectified linear units</a>
 */
public record Identity(double gain, int shift) implements Initializer {

  /**
   * Create an identity initializer.
   *
   * @throws IllegalArgumentException if the gain is not finite, or beyond 1e37
   */
  public Identity {
    gain = Parameters.finite("identity", "gain", gain);
  }

  /** Return the initializer with gain 1 on the main diagonal. */
  public static Identity of() {
    return new Identity(1, 0);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    Shape shape = out.shape();
    long ones = ones(shape);
    out.fill(0f);
    int units = shape.extent(-1);
    long first = (long) middle(shape) * shape.extent(-2) + Math.max(0, -(long) shift);
    for (long row = first; row < first + ones; row++) {
      long unit = row - first + Math.max(0, shift);
      out.array()[out.offset() + (int) (row * units + unit)] = (float) gain;
    }
  }

  /** Return the middle place of the receptive field, in row-major order. */
  private static int middle(Shape shape) {
    int place = 0;
    for (int axis = 0; axis < shape.rank() - 2; axis++) {
      place = place * shape.extent(axis) + shape.extent(axis) / 2;
    }
    return place;
  }

  /** Count the numbers on the diagonal. */
  private long ones(Shape shape) {
    Fan fan = Fan.of(shape);
    if (fan.fanIn() == 0 || fan.fanOut() == 0) {
      return 0;
    }
    int inputs = shape.extent(-2);
    int units = shape.extent(-1);
    long ones = Math.min(inputs, (long) units - shift) - Math.max(0, -(long) shift);
    if (ones <= 0) {
      throw new IllegalArgumentException(
          ("identity: shift must leave a diagonal, between %d and %d for %s, but got %d; "
                  + "0 is the main one")
              .formatted(1 - inputs, units - 1, shape, shift));
    }
    return ones;
  }

  /** State the distribution of a weight picked at random from the tensor. */
  @Override
  public Theory theory(Shape shape) {
    double share = (double) ones(shape) / Math.max(1, shape.size());
    double variance = share * (1 - share);
    return new Theory.Moments(
        share * gain,
        variance * gain * gain,
        Math.min(0, gain),
        Math.max(0, gain),
        variance * gain == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of((1 - 6 * variance) / variance));
  }

  /** Return {@code identity}, with gain and shift where they are not 1 and 0. */
  @Override
  public String toString() {
    if (shift == 0) {
      return gain == 1 ? "identity" : "identity(gain=" + Numbers.text(gain) + ")";
    }
    return gain == 1
        ? "identity(shift=" + shift + ")"
        : "identity(gain=" + Numbers.text(gain) + ", shift=" + shift + ")";
  }
}
