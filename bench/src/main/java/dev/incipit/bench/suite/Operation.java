package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;

/** Element-wise functions and reductions, each with the arrays it reads and writes. */
public enum Operation {
  /** {@code z = max(x, 0)}. */
  RELU(2),
  /** {@code z = x + y}. */
  ADD(3),
  /** {@code z = fma(alpha, x, z)}: two reads and a write of two arrays. */
  AXPY(2),
  /** The sum of x. */
  SUM(1),
  /** {@code z = e^x}. */
  EXP(2),
  /** {@code z = ln x}. */
  LOG(2),
  /** {@code z = tanh x}. */
  TANH(2),
  /** {@code z = 1 / (1 + e^-x)}. */
  SIGMOID(2);

  private final int arrays;

  Operation(int arrays) {
    this.arrays = arrays;
  }

  /** Return the number of arrays that make up the working set. */
  public int arrays() {
    return arrays;
  }

  /** Return the bytes read and written for one element. */
  public int bytes() {
    return Float.BYTES * (this == AXPY ? 3 : arrays);
  }

  /** Compute on {@code n} elements from {@code offset}; a sum goes to the first. */
  void apply(Kernels by, float[] x, float[] y, float[] z, int offset, int n) {
    switch (this) {
      case RELU -> by.map(Unary.RELU, 0f, x, offset, z, offset, n);
      case ADD -> by.binary(Binary.ADD, x, offset, y, offset, z, offset, n);
      case AXPY -> by.axpy(1e-6f, x, offset, z, offset, n);
      case SUM -> z[offset] = by.sum(x, offset, n);
      case EXP -> by.map(Unary.EXP, 0f, x, offset, z, offset, n);
      case LOG -> by.map(Unary.LOG, 0f, x, offset, z, offset, n);
      case TANH -> by.map(Unary.TANH, 0f, x, offset, z, offset, n);
      case SIGMOID -> by.map(Unary.SIGMOID, 0f, x, offset, z, offset, n);
    }
  }
}
