package dev.incipit.core.kernel;

/** Which operands of a matrix product are read transposed. */
public enum Form {
  /** {@code C[m, n] = A[m, k] B[k, n]}. */
  NN,
  /** {@code C[m, n] = A[k, m]^T B[k, n]}. */
  TN,
  /** {@code C[m, n] = A[m, k] B[n, k]^T}. */
  NT
}
