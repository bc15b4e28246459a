package dev.incipit.core.tensor;

/** Report operands whose shapes do not fit the operation. */
public final class ShapeMismatchException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Create the exception.
   *
   * @param message operation, rule, the shapes that broke it, and the remedy
   */
  public ShapeMismatchException(String message) {
    super(message);
  }
}
