package dev.incipit.init.theory;

import java.util.List;

/**
 * How far a single draw of a deep network may stray from mean-field theory.
 *
 * <p>Mean-field theory speaks of infinitely wide layers. In a finite one the squared length of the
 * signal, {@code |h|^2}, is a mean over units, and the layers' errors multiply: {@code log |h|^2}
 * wanders like a random walk whose variance grows by
 *
 * <pre>(E[f(z)^4] / E[f(z)^2]^2 - 1) / width</pre>
 *
 * a layer, to first order in 1/width; for relu that is 5 / width, for a linear layer 2 / width. So
 * a correct network of 30 relu layers of width 100 has a deviation of 1.2 in {@code log |h|^2}: a
 * health check must allow for it.
 *
 * <p>The walk is that of functions with {@code f(t x) = t f(x)} for positive t, which have no
 * favourite scale: relu, leaky relu, linear. A function that saturates pulls the signal back, and
 * for it the number is an upper bound.
 *
 * @param widths numbers of units of the hidden layers
 * @param perLayer what a layer adds to the variance, times its width
 * @see <a href="https://arxiv.org/abs/1803.01719">Hanin and Rolnick 2018, How to start training:
 *     the effect of initialization and architecture</a>
 */
public record DrawNoise(List<Integer> widths, double perLayer) {

  /**
   * Check the widths.
   *
   * @throws IllegalArgumentException if a width is below 1, or {@code perLayer} negative or not
   *     finite
   */
  public DrawNoise {
    widths = List.copyOf(widths);
    boolean empty = widths.stream().anyMatch(width -> width < 1);
    if (empty || !(perLayer >= 0 && perLayer < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "draw noise: widths must be at least 1 and the noise of a layer finite and at least 0, "
              + "but got "
              + widths
              + " and "
              + perLayer
              + "; correct the widths, or choose a function with finite moments");
    }
  }

  /** Return the noise of a network of relu layers. */
  public static DrawNoise ofRelu(List<Integer> widths) {
    return new DrawNoise(widths, 5);
  }

  /**
   * Return the noise of a network of layers with an activation.
   *
   * @throws IllegalArgumentException if a width is below 1, or a moment of {@code f(z)} is zero or
   *     not finite
   */
  public static DrawNoise of(Nonlinearity f, List<Integer> widths) {
    Nonlinearity known = f.canonical();
    double square = Means.square(known, 1);
    double fourth =
        NormalMean.of(
            z -> {
              double value = known.value(z);
              return value * value * value * value;
            },
            known.kinks());
    return new DrawNoise(widths, fourth / (square * square) - 1);
  }

  /** Return the gauge of Hanin and Rolnick: the sum of 1/width over the hidden layers. */
  public double sumOfReciprocals() {
    double sum = 0;
    for (int width : widths) {
      sum += 1.0 / width;
    }
    return sum;
  }

  /** Return the predicted variance of {@code log |h|^2} over draws, at the last layer. */
  public double logVariance() {
    return perLayer * sumOfReciprocals();
  }

  /** Return the predicted deviation of {@code log |h|^2} over draws. */
  public double logDeviation() {
    return Math.sqrt(logVariance());
  }
}
