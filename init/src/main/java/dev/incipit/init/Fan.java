package dev.incipit.init;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;

/**
 * How many inputs reach one unit, and how many units one input reaches.
 *
 * <p>This is the one place that knows the layout of weights. A dense layer computes {@code y = xW +
 * b} with weights [fanIn, fanOut]. Axes before the last two are a receptive field, [height, width,
 * in, out] for instance, and both fans count each of its places: {@code fanIn = height * width *
 * in}.
 *
 * @param fanIn inputs of one unit; 0 in empty tensors only
 * @param fanOut units that one input reaches; 0 in empty tensors only
 */
public record Fan(long fanIn, long fanOut) {

  /**
   * Create a fan.
   *
   * @throws IllegalArgumentException if one of the numbers is negative
   */
  public Fan {
    if (fanIn < 0 || fanOut < 0) {
      throw new IllegalArgumentException(
          "fan: fan in and fan out must not be negative, but got %s and %s; count the connections"
              .formatted(fanIn, fanOut));
    }
  }

  /**
   * Read the fan off a weight tensor's shape.
   *
   * @param shape shape of the weights, [fanIn, fanOut] or [field..., in, out]
   * @return its fan
   * @throws ShapeMismatchException if the rank is below 2
   */
  public static Fan of(Shape shape) {
    if (shape.rank() < 2) {
      throw new ShapeMismatchException(
          "fan: weights must have rank 2 or more, [fanIn, fanOut], but got "
              + shape
              + "; a bias has no fan: use zeros or constant(c)");
    }
    // In double, so that the monstrous extents an empty tensor may have saturate and do not wrap.
    double field = 1;
    for (int axis = 0; axis < shape.rank() - 2; axis++) {
      field *= shape.extent(axis);
    }
    return new Fan((long) (field * shape.extent(-2)), (long) (field * shape.extent(-1)));
  }
}
