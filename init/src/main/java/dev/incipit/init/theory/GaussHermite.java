package dev.incipit.init.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * The Gauss-Hermite rule for means over z ~ N(0, 1): exact for polynomials up to degree {@code 2 n
 * - 1}.
 *
 * <p>The nodes are the zeros of the orthonormal Hermite polynomial {@code h_n}, where {@code
 * sqrt(k+1) h_(k+1) = x h_k - sqrt(k) h_(k-1)}: the eigenvalues of a tridiagonal matrix (Golub and
 * Welsch 1969), found by bisection on its Sturm sequence and polished by Newton's steps. The weight
 * of a node is one over the sum of {@code h_k(x)^2}, k below n.
 *
 * <p>The rule is for functions that are smooth on the scale of 1. {@link NormalMean} also masters
 * kinks and steep functions, and is what gains and mean-field theory use.
 *
 * @see <a href="https://doi.org/10.1090/S0025-5718-69-99647-1">Golub and Welsch 1969, Calculation
 *     of Gauss quadrature rules</a>
 */
public final class GaussHermite {

  /** Beyond it, polynomials at the outer nodes come near the end of double's range. */
  private static final int MOST = 256;

  private final double[] nodes;
  private final double[] weights;

  private GaussHermite(double[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  /**
   * Compute a rule.
   *
   * @param n number of nodes, from 1 to 256
   * @throws IllegalArgumentException if there are fewer or more
   */
  public static GaussHermite of(int n) {
    if (n < 1 || n > MOST) {
      throw new IllegalArgumentException(
          "gauss-hermite: the number of nodes must lie between 1 and 256, but got "
              + n
              + "; for functions that need more use NormalMean");
    }
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n / 2; i++) {
      double node = polish(bisect(i, n), n);
      nodes[i] = -node;
      nodes[n - 1 - i] = node;
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = 1 / squares(nodes[i], n);
      sum += weights[i];
    }
    for (int i = 0; i < n; i++) {
      weights[i] /= sum;
    }
    return new GaussHermite(nodes, weights);
  }

  /** Find the zero that has so many above it. */
  private static double bisect(int above, int n) {
    double low = 0;
    double high = 2 * Math.sqrt(n);
    for (int step = 0; step < 60; step++) {
      double middle = 0.5 * (low + high);
      if (zerosAbove(middle, n) > above) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** Count zeros by the signs of the ratios in the recurrence. */
  private static int zerosAbove(double x, int n) {
    int count = 0;
    double ratio = x;
    for (int k = 1; k <= n; k++) {
      if (ratio < 0) {
        count++;
      }
      ratio = x - k / (ratio == 0 ? 1e-300 : ratio);
    }
    return count;
  }

  /** Improve a zero by Newton's steps; the slope of {@code h_n} is {@code sqrt(n) h_(n-1)}. */
  private static double polish(double guess, int n) {
    double x = guess;
    for (int step = 0; step < 2; step++) {
      double before = 0;
      double value = 1;
      for (int k = 0; k < n; k++) {
        double next = (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
        before = value;
        value = next;
      }
      x -= value / (Math.sqrt(n) * before);
    }
    return x;
  }

  private static double squares(double x, int n) {
    double before = 0;
    double value = 1;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += value * value;
      double next = (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1);
      before = value;
      value = next;
    }
    return sum;
  }

  /** Return the nodes, ascending and symmetric about 0. */
  public double[] nodes() {
    return nodes.clone();
  }

  /** Return the weights of the nodes, of sum 1. */
  public double[] weights() {
    return weights.clone();
  }

  /** Compute the mean of {@code f(z)} over z ~ N(0, 1), smallest weights first. */
  public double mean(DoubleUnaryOperator f) {
    double sum = 0;
    int n = nodes.length;
    for (int i = 0; i < n / 2; i++) {
      sum += weights[i] * (f.applyAsDouble(nodes[i]) + f.applyAsDouble(nodes[n - 1 - i]));
    }
    return n % 2 == 0 ? sum : sum + weights[n / 2] * f.applyAsDouble(0);
  }
}
