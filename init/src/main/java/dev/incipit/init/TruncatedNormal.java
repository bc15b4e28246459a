package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;

/**
 * Normal numbers of mean 0 without the tails, of variance {@code std^2} all the same.
 *
 * <p>A normal distribution cut at {@code +-cut} of its deviations loses variance: at two deviations
 * it keeps 0.7737 of it. So the numbers are drawn from {@code N(0, (std / factor)^2)}, with {@code
 * factor = sqrt(1 - 2 cut phi(cut) / (2 Phi(cut) - 1))}, 0.87962566103423978 at cut 2; the ends lie
 * at {@code +-cut std / factor}, that is {@code +-2.2737 std}. Some libraries leave the factor out,
 * and draw weights 12 % too small.
 *
 * @param std the standard deviation of what is drawn, positive
 * @param cut where it is cut, in deviations of the normal distribution before the cut, in [0.1, 8];
 *     below, a uniform distribution is the same within half a percent
 */
public record TruncatedNormal(double std, double cut) implements Initializer {

  /** The customary cut, in deviations. */
  static final double CUSTOMARY_CUT = 2;

  /**
   * Create a truncated normal initializer.
   *
   * @throws IllegalArgumentException if the deviation is not positive, or the cut not in [0.1, 8]
   */
  public TruncatedNormal {
    std = Parameters.positive("truncated-normal", "std", std);
    if (!(cut >= 0.1 && cut <= 8)) {
      throw new IllegalArgumentException(
          "truncated-normal: cut must lie between 0.1 and 8 deviations, but got "
              + cut
              + "; 2 is customary, for a narrower one use uniform(low, high)");
    }
  }

  /** Return the initializer cut at two deviations. */
  public static TruncatedNormal of(double std) {
    return new TruncatedNormal(std, CUSTOMARY_CUT);
  }

  @Override
  public void fill(Tensor out, RandomKey key) {
    fill(out, std, cut, key);
  }

  /** Fill a tensor with numbers of a standard deviation that counts after the cut. */
  static void fill(Tensor out, double std, double cut, RandomKey key) {
    double before = std / Truncation.std(cut);
    key.fillTruncatedNormal(out, (float) before, (float) (cut * before));
  }

  @Override
  public Theory theory(Shape shape) {
    return new Theory.TruncatedGaussian(std * std, cut);
  }

  /** Return the like of {@code truncated-normal(std=0.02, cut=2)}. */
  @Override
  public String toString() {
    return "truncated-normal(std=" + Numbers.text(std) + ", cut=" + Numbers.text(cut) + ")";
  }
}
