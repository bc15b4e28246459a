package dev.incipit.init.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Find where order turns into chaos: the (sigmaW, sigmaB) with {@code chi_1 = 1}.
 *
 * <p>The boundary is a curve with the variance q as its parameter, for {@code chi = 1} and {@code
 * V(q) = q} together are solved by
 *
 * <pre>sigmaW^2 = 1 / E[f'(sqrt(q) z)^2],   sigmaB^2 = q - sigmaW^2 E[f(sqrt(q) z)^2].</pre>
 *
 * <p>A q whose {@code sigmaB^2} would be negative is on no boundary. Relu's curve is a single
 * point, {@code (sqrt(2), 0)}, whatever q: He's initialization.
 *
 * @see MeanField
 */
public final class Criticality {

  private static final int STEPS_PER_DECADE = 8;
  private static final int LEAST_EXPONENT = -12;
  private static final int MOST_EXPONENT = 10;

  /**
   * A point of the boundary.
   *
   * @param variance q, a fixed point of the variance there
   * @param sigmaW deviation of a weight times the root of the fan in
   * @param sigmaB deviation of a bias
   */
  public record Point(double variance, double sigmaW, double sigmaB) {}

  private Criticality() {}

  /**
   * Compute the point of the boundary that rests at a given variance.
   *
   * @param f the activation
   * @param q the variance, at least 0
   * @return empty if no biases give it, or if f' is zero or not finite there
   * @throws IllegalArgumentException if {@code q} is negative or not finite
   */
  public static Optional<Point> at(Nonlinearity f, double q) {
    double weight = weightVariance(f, q);
    double bias = biasVariance(f, q, weight);
    // Not beyond rounding: 0 is exact for relu, and for every function of value 0 at variance 0.
    if (!(weight < Double.POSITIVE_INFINITY) || !(bias >= -MeanField.ROUNDING * q)) {
      return Optional.empty();
    }
    boolean none = bias <= MeanField.ROUNDING * q;
    return Optional.of(new Point(q, Math.sqrt(weight), none ? 0 : Math.sqrt(bias)));
  }

  private static double weightVariance(Nonlinearity f, double q) {
    return 1 / new MeanField(f, 1, 0).chi(q);
  }

  private static double biasVariance(Nonlinearity f, double q, double weight) {
    return q - weight * Means.square(f, q);
  }

  /**
   * Compute the boundary as a curve.
   *
   * @param f the activation
   * @param least the smallest variance, positive
   * @param most the largest variance
   * @param count how many variances to try, at least 2, in equal ratios
   * @return the points by ascending variance, without those that no biases give
   * @throws IllegalArgumentException if the range or the count is not as above
   */
  public static List<Point> boundary(Nonlinearity f, double least, double most, int count) {
    if (!(least > 0 && least < most && most < Double.POSITIVE_INFINITY) || count < 2) {
      throw new IllegalArgumentException(
          "boundary: variances must be positive and ascending, at least 2 of them, but got "
              + "%s to %s in %d".formatted(least, most, count)
              + "; 0.001 to 10 in 50 shows most of it");
    }
    List<Point> points = new ArrayList<>();
    double ratio = StrictMath.log(most / least);
    for (int i = 0; i < count; i++) {
      double q = i == count - 1 ? most : least * StrictMath.exp(ratio * i / (count - 1));
      at(f, q).ifPresent(points::add);
    }
    return points;
  }

  /**
   * Find the points of the boundary with given biases.
   *
   * <p>Searched are q = 0 and the variances from 1e-12 to 1e10, by changes of sign between eighths
   * of a decade. Where every variance gives the same point, as with relu, that of variance 1 stands
   * for all.
   *
   * @param f the activation
   * @param sigmaB deviation of a bias, at least 0
   * @return the points by ascending variance; none, one or several
   * @throws IllegalArgumentException if {@code sigmaB} is negative or not finite
   */
  public static List<Point> withBias(Nonlinearity f, double sigmaB) {
    if (!(sigmaB >= 0 && sigmaB <= 1e18)) {
      throw new IllegalArgumentException(
          "criticality: sigmaB must lie between 0 and 1e18, but got "
              + sigmaB
              + "; pass the standard deviation of the biases");
    }
    List<Point> points = new ArrayList<>();
    if (sigmaB == 0 && f.value(0) == 0) {
      at(f, 0).ifPresent(points::add);
    }
    Optional<List<Double>> roots =
        roots(q -> (biasVariance(f, q, weightVariance(f, q)) - sigmaB * sigmaB) / q);
    if (roots.isEmpty()) {
      return at(f, 1).stream().toList();
    }
    for (double root : roots.get()) {
      points.add(new Point(root, Math.sqrt(weightVariance(f, root)), sigmaB));
    }
    return points;
  }

  /**
   * Find the points of the boundary where the variance is critical too, {@code V'(q) = 1}.
   *
   * <p>Along the rest of the boundary a signal of another variance still settles, or runs away, at
   * an exponential rate; here neither variance nor gradients do. For {@code f(0) = 0} with a slope
   * there it is q = 0; gelu and silu have a second point, and every q is one for the rectifiers, of
   * which that of variance 1 is returned. Searched as by {@link #withBias}.
   *
   * @param f the activation
   * @return the points by ascending variance; none, one or several
   * @see <a href="https://arxiv.org/abs/2106.10165">Roberts, Yaida and Hanin 2022, The principles
   *     of deep learning theory, chapter 5</a>
   */
  public static List<Point> ofVariance(Nonlinearity f) {
    List<Point> points = new ArrayList<>();
    if (f.value(0) == 0) {
      at(f, 0).ifPresent(points::add);
    }
    Optional<List<Double>> roots = roots(q -> Means.growth(f, q) / Means.slopeSquare(f, q) - 1);
    if (roots.isEmpty()) {
      return at(f, 1).stream().toList();
    }
    roots.get().forEach(root -> at(f, root).ifPresent(points::add));
    return points;
  }

  /**
   * Find the variances at which a function changes its sign.
   *
   * @param excess a function whose values below {@link MeanField#ROUNDING} are rounding
   * @return empty if it is 0 everywhere
   */
  private static Optional<List<Double>> roots(DoubleUnaryOperator excess) {
    List<Double> roots = new ArrayList<>();
    double signed = 0;
    double sign = 0;
    for (int k = LEAST_EXPONENT * STEPS_PER_DECADE; k <= MOST_EXPONENT * STEPS_PER_DECADE; k++) {
      double q = StrictMath.pow(10, k / (double) STEPS_PER_DECADE);
      double value = excess.applyAsDouble(q);
      double here = Math.abs(value) <= MeanField.ROUNDING ? 0 : value > 0 ? 1 : -1;
      if (here * sign < 0) {
        roots.add(bisect(excess, signed, q, sign));
      }
      if (here != 0) {
        signed = q;
        sign = here;
      }
    }
    return sign == 0 ? Optional.empty() : Optional.of(roots);
  }

  private static double bisect(
      DoubleUnaryOperator excess, double from, double to, double signOfFrom) {
    double low = from;
    double high = to;
    for (double middle = 0.5 * (low + high);
        low < middle && middle < high;
        middle = 0.5 * (low + high)) {
      if ((excess.applyAsDouble(middle) > 0 ? 1 : -1) == signOfFrom) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
