package dev.incipit.init;

import dev.incipit.init.text.Numbers;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import java.math.BigDecimal;

/** The initializer that suits an activation; see {@link Initializer#recommendedFor}. */
final class Recommendation {

  /** What a float weight keeps; rounding to it prints a number that someone may have typed. */
  private static final int DIGITS = 7;

  private Recommendation() {}

  static VarianceScaling of(Nonlinearity f) {
    return f.canonical() instanceof StandardFunction(StandardFunction.Kind kind, double parameter)
        ? of(f, kind, parameter)
        : byGain(f);
  }

  private static VarianceScaling of(Nonlinearity f, StandardFunction.Kind kind, double parameter) {
    return switch (kind) {
      case TANH, SIGMOID -> Xavier.normal();
      case RELU -> He.normal();
      case LEAKY_RELU -> He.normal(parameter);
      case SELU -> LeCun.normal();
      case IDENTITY, ELU, GELU, SILU, MISH, SOFTPLUS, SOFTSIGN -> byGain(f);
    };
  }

  private static VarianceScaling byGain(Nonlinearity f) {
    double gain = Gain.of(f);
    double scale = Numbers.rounded(new BigDecimal(gain * gain), DIGITS);
    return new VarianceScaling(scale, FanMode.FAN_IN, Distribution.NORMAL);
  }
}
