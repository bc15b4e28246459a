package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Binary;
import java.util.Locale;

/** The checks that several operations share, made once before a kernel runs. */
final class Checks {

  private Checks() {}

  static void sameShape(String operation, Shape expected, Shape actual) {
    if (!expected.equals(actual)) {
      throw new ShapeMismatchException(
          operation
              + ": shapes must be equal, but got "
              + expected
              + " and "
              + actual
              + "; reshape one of them");
    }
  }

  static void output(String operation, Shape needed, Tensor output) {
    if (!needed.equals(output.shape())) {
      throw new ShapeMismatchException(
          operation
              + ": the output must have shape "
              + needed
              + ", but got "
              + output.shape()
              + "; pass Tensor.zeros of that shape");
    }
  }

  static void rank(String operation, int rank, Shape shape) {
    if (shape.rank() != rank) {
      throw new ShapeMismatchException(
          operation
              + ": the operand must have rank "
              + rank
              + ", but got "
              + shape
              + "; reshape it");
    }
  }

  /** Refuse an output that shares numbers with an operand, where that would corrupt the result. */
  static void apart(String operation, Tensor input, Tensor output) {
    if (overlap(input, output)) {
      throw new IllegalArgumentException(
          operation
              + ": the output must not share numbers with an operand, but it does at "
              + output.shape()
              + "; pass a tensor of its own");
    }
  }

  /** Allow an output that is exactly the operand, but refuse one that overlaps it in part. */
  static void apartOrSame(String operation, Tensor input, Tensor output) {
    if (input.offset() != output.offset() || input.size() != output.size()) {
      apart(operation, input, output);
    }
  }

  private static boolean overlap(Tensor a, Tensor b) {
    return a.array() == b.array()
        && a.offset() < b.offset() + b.size()
        && b.offset() < a.offset() + a.size();
  }

  static String name(Binary op) {
    return op.name().toLowerCase(Locale.ROOT);
  }
}
