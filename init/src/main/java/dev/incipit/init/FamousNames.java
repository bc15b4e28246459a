package dev.incipit.init;

import dev.incipit.init.text.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * The name under which a variance scaling is known.
 *
 * <p>The record keeps the scale alone, so that equal formulas are equal values. The parameter of a
 * famous name, gain or slope, is recovered from the scale: a number that gives the scale back in
 * every bit, or none. The general name serves where the scale is the rounder number of the two, and
 * for truncated normals, which have no famous name.
 */
final class FamousNames {

  private FamousNames() {}

  static String of(VarianceScaling scaling) {
    return scaling.distribution() == Distribution.TRUNCATED_NORMAL
        ? general(scaling)
        : famous(scaling);
  }

  private static String famous(VarianceScaling scaling) {
    if (scaling.equals(VarianceScaling.fanInUniform())) {
      return "fan-in-uniform";
    }
    if (scaling.scale() == 1 && scaling.mode() == FanMode.FAN_IN) {
      return "lecun-" + scaling.distribution();
    }
    OptionalDouble gain = gain(scaling);
    OptionalDouble slope = slope(scaling.scale());
    if (isRound(gain)) {
      return xavier(scaling, gain.getAsDouble());
    }
    if (isRound(slope)) {
      return he(scaling, slope.getAsDouble());
    }
    if (!Numbers.isRound(scaling.scale()) && gain.isPresent()) {
      return xavier(scaling, gain.getAsDouble());
    }
    if (!Numbers.isRound(scaling.scale()) && slope.isPresent()) {
      return he(scaling, slope.getAsDouble());
    }
    return general(scaling);
  }

  private static String general(VarianceScaling scaling) {
    return "variance-scaling(scale=%s, mode=%s, distribution=%s)"
        .formatted(Numbers.text(scaling.scale()), scaling.mode(), scaling.distribution());
  }

  private static boolean isRound(OptionalDouble parameter) {
    return parameter.isPresent() && Numbers.isRound(parameter.getAsDouble());
  }

  private static String xavier(VarianceScaling scaling, double gain) {
    String name = "xavier-" + scaling.distribution();
    return gain == 1 ? name : name + "(gain=" + Numbers.text(gain) + ")";
  }

  private static String he(VarianceScaling scaling, double slope) {
    StringBuilder text = new StringBuilder("he-").append(scaling.distribution());
    String separator = "(";
    if (slope != 0) {
      text.append("(slope=").append(Numbers.text(slope));
      separator = ", ";
    }
    if (scaling.mode() != FanMode.FAN_IN) {
      text.append(separator).append("mode=").append(scaling.mode());
      separator = ", ";
    }
    return separator.equals("(") ? text.toString() : text.append(')').toString();
  }

  /** Find the gain of Xavier's name: a square root is undone by squaring, if by anything. */
  private static OptionalDouble gain(VarianceScaling scaling) {
    double gain = Math.sqrt(scaling.scale());
    boolean fits =
        scaling.mode() == FanMode.AVERAGE
            && gain * gain == scaling.scale()
            && Parameters.isRoot(gain);
    return fits ? OptionalDouble.of(gain) : OptionalDouble.empty();
  }

  /** Find the shortest slope of He's name, in [0, 1): from 1 on an activation is no rectifier. */
  private static OptionalDouble slope(double scale) {
    if (!(scale > 1 && scale <= 2)) {
      return OptionalDouble.empty();
    }
    BigDecimal exact =
        BigDecimal.TWO
            .divide(new BigDecimal(scale), MathContext.DECIMAL128)
            .subtract(BigDecimal.ONE)
            .sqrt(MathContext.DECIMAL64);
    for (int digits = 1; digits <= 17; digits++) {
      double slope = Numbers.rounded(exact, digits);
      if (He.scale(slope) == scale) {
        return OptionalDouble.of(slope);
      }
    }
    // The three roundings in He's formula can shift the slope by a unit in the last place or two.
    double below = exact.doubleValue();
    double above = below;
    for (int step = 0; step < 4; step++) {
      below = Math.nextDown(below);
      above = Math.nextUp(above);
      if (He.scale(below) == scale || He.scale(above) == scale) {
        return OptionalDouble.of(He.scale(below) == scale ? below : above);
      }
    }
    return OptionalDouble.empty();
  }
}
