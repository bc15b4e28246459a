package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;

/** The arrays of an element-wise benchmark. */
final class Operands {

  private final Kernels active;
  private final Operation operation;
  private final int offset;
  private final int n;
  private final float[][] arrays;
  private final float[] small = new float[64];

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
    arrays = new float[operation.arrays()][offset + n];
    // Logarithms are of positive numbers, and so are second moments.
    boolean positive = operation == Operation.LOG || operation == Operation.ADAM;
    for (int i = 0; i < arrays.length; i++) {
      active.uniform(1, i, 0, positive ? 0.01f : -4f, 4f, arrays[i], offset, n);
    }
    check();
  }

  private void check() {
    float[][] expected = new float[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      expected[i] = arrays[i].clone();
    }
    float[] expectedSmall = small.clone();
    operation.apply(Kernels.scalar(), expected, expectedSmall, offset, n);
    apply();
    for (int i = 0; i < arrays.length; i++) {
      Check.same(operation.name(), expected[i], 0, arrays[i], 0, offset + n);
    }
    Check.same(operation.name(), expectedSmall, 0, small, 0, small.length);
  }

  float[] apply() {
    operation.apply(active, arrays, small, offset, n);
    return small;
  }
}
