package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.util.Locale;

/** The form of a distribution around 0, whatever its variance. */
public enum Distribution {
  /** {@code N(0, variance)}. */
  NORMAL,
  /** {@code U(-limit, limit)} with {@code limit = sqrt(3 variance)}. */
  UNIFORM,
  /** {@code N(0, s^2)} cut at {@code +-2 s}, with {@code s} such that the variance is kept. */
  TRUNCATED_NORMAL;

  /** Fill a tensor with numbers of mean 0 and the given variance. */
  void fill(Tensor out, double variance, RandomKey key) {
    switch (this) {
      case NORMAL -> key.fillNormal(out, 0f, (float) Math.sqrt(variance));
      case UNIFORM -> {
        float limit = (float) Math.sqrt(3 * variance);
        key.fillUniform(out, -limit, limit);
      }
      case TRUNCATED_NORMAL ->
          TruncatedNormal.fill(out, Math.sqrt(variance), TruncatedNormal.CUSTOMARY_CUT, key);
    }
  }

  /** State the distribution with mean 0 and the given variance. */
  Theory theory(double variance) {
    return switch (this) {
      case NORMAL -> new Theory.Gaussian(0, variance);
      case UNIFORM -> {
        double limit = Math.sqrt(3 * variance);
        yield new Theory.Flat(-limit, limit);
      }
      case TRUNCATED_NORMAL ->
          new Theory.TruncatedGaussian(variance, TruncatedNormal.CUSTOMARY_CUT);
    };
  }

  /** Return the name as the command line has it, such as {@code normal}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
