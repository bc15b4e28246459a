package dev.incipit.core.kernel;

/** Arithmetic of two operands, each rounded once as IEEE 754 demands. */
public enum Binary {
  /** {@code x + y}. */
  ADD,
  /** {@code x - y}. */
  SUBTRACT,
  /** {@code x * y}. */
  MULTIPLY,
  /** {@code x / y}. */
  DIVIDE
}
