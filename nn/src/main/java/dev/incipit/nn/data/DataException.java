package dev.incipit.nn.data;

/** Report data that is missing, damaged, or contradicts itself. */
public final class DataException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * Create the exception.
   *
   * @param message operation, rule, the values that broke it, and the remedy
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Create the exception for a failure below.
   *
   * @param message operation, rule, the values that broke it, and the remedy
   * @param cause what reported the damage
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
