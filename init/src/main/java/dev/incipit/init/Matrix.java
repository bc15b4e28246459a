package dev.incipit.init;

import dev.incipit.core.tensor.Shape;

/**
 * Weights as a matrix: a row for each incoming connection of a unit, a column for each unit.
 *
 * <p>A receptive field's places all belong to the incoming connections: weights [3, 3, 16, 32] are
 * a matrix [144, 32]. Row-major numbers need no rearrangement for it.
 *
 * @param inputs incoming connections of a unit: the fan in
 * @param units number of units
 */
record Matrix(int inputs, int units) {

  /** Read the matrix off a weight tensor's shape, which has a fan. */
  static Matrix of(Shape shape) {
    long inputs = Fan.of(shape).fanIn();
    // Only an empty tensor has a fan in beyond an int.
    return new Matrix((int) Math.min(Integer.MAX_VALUE, inputs), shape.extent(-1));
  }

  boolean isEmpty() {
    return inputs == 0 || units == 0;
  }
}
