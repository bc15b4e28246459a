package dev.incipit.core.kernel;

/**
 * Scalar functions applied to every element.
 *
 * <p>Each names the point at which its derivative is evaluated: where the derivative follows from
 * the function's value, the argument need not be kept for the backward pass.
 */
public enum Unary {
  /** {@code f(x) = x}, {@code f' = 1}. */
  IDENTITY(true),
  /** {@code f(x) = |x|}, {@code f' = sign(x)}, 0 at 0. */
  ABS(false),
  /** {@code f(x) = x^2}, {@code f' = 2x}. */
  SQUARE(false),
  /** {@code f(x) = sqrt(x)}, {@code f' = 1 / (2f)}. */
  SQRT(true),
  /** {@code f(x) = e^x}, {@code f' = f}. */
  EXP(true),
  /** {@code f(x) = ln x}, {@code f' = 1/x}. */
  LOG(false),
  /** {@code f(x) = tanh x}, {@code f' = 1 - f^2}. */
  TANH(true),
  /** {@code f(x) = 1 / (1 + e^-x)}, {@code f' = f (1 - f)}. */
  SIGMOID(true),
  /** {@code f(x) = x <= 0 ? 0 : x}, {@code f' = f <= 0 ? 0 : 1}; NaN stays NaN. */
  RELU(true),
  /** {@code f(x) = x <= 0 ? p x : x}, {@code f' = f <= 0 ? p : 1}, for a slope {@code p >= 0}. */
  LEAKY_RELU(true),
  /**
   * {@code f(x) = x < 0 ? p (e^x - 1) : x}, {@code f' = f <= 0 ? f + p : 1}, for {@code p >= 0}.
   */
  ELU(true),
  /**
   * {@code f(x) = s (x < 0 ? a (e^x - 1) : x)}, {@code f' = f <= 0 ? f + s a : s}, with {@code s =
   * 1.0507...} and {@code a = 1.6732...}.
   *
   * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</a>
   */
  SELU(true),
  /** {@code f(x) = x Phi(x)}, {@code f' = Phi(x) + x phi(x)}: the normal law, no tanh for it. */
  GELU(false),
  /**
   * {@code f(x) = x / (1 + e^-x)}, {@code f' = s (1 + x (1 - s))} with {@code s = 1/(1 + e^-x)}.
   */
  SILU(false),
  /** {@code f(x) = x tanh(ln(1 + e^x))}. */
  MISH(false),
  /** {@code f(x) = ln(1 + e^x)}, {@code f' = 1 - e^-f}. */
  SOFTPLUS(true),
  /** {@code f(x) = x / (1 + |x|)}, {@code f' = (1 - |f|)^2}. */
  SOFTSIGN(true);

  private final boolean gradientAtOutput;

  Unary(boolean gradientAtOutput) {
    this.gradientAtOutput = gradientAtOutput;
  }

  /** Return whether the derivative is computed from the function's value, not its argument. */
  public boolean gradientAtOutput() {
    return gradientAtOutput;
  }
}
