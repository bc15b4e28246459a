package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;

/** The arrays of an element-wise benchmark. */
final class Operands {

  private final Kernels active;
  private final Operation operation;
  private final int offset;
  private final int n;
  private final float[] x;
  private final float[] y;
  private final float[] z;

  /**
   * Draw the numbers and check the operation on them.
   *
   * @param offset index of the first element in each array
   * @param n number of elements
   */
  Operands(Kernels active, Operation operation, int offset, int n) {
    this.active = active;
    this.operation = operation;
    this.offset = offset;
    this.n = n;
    x = new float[offset + n];
    y = operation.arrays() > 2 ? new float[offset + n] : x;
    z = new float[operation.arrays() > 1 ? offset + n : offset + 1];
    // Logarithms are of positive numbers, in training as here.
    float low = operation == Operation.LOG ? 0.01f : -4f;
    active.uniform(1, 2, 0, low, 4f, x, offset, n);
    if (y != x) {
      active.uniform(3, 4, 0, -4f, 4f, y, offset, n);
    }
    float[] expected = new float[z.length];
    operation.apply(Kernels.scalar(), x, y, expected, offset, n);
    Check.same(operation.name(), expected, offset, apply(), offset, z.length - offset);
  }

  float[] apply() {
    operation.apply(active, x, y, z, offset, n);
    return z;
  }
}
