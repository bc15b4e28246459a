package dev.incipit.lab.command;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** Numbers as text, to so many significant digits. */
final class Digits {

  private static final int LEAST_EXPONENT = -5;
  private static final int MOST_EXPONENT = 9;

  private Digits() {}

  /** Write a number without trailing zeros, with an exponent where it is very small or large. */
  static String of(double x, int digits) {
    if (!Double.isFinite(x) || x == 0) {
      return x == 0 ? "0" : Double.toString(x);
    }
    BigDecimal rounded = new BigDecimal(x).round(new MathContext(digits)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= LEAST_EXPONENT && exponent <= MOST_EXPONENT) {
      return rounded.toPlainString();
    }
    return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /** Write a number, or nothing. */
  static String of(OptionalDouble x, int digits) {
    return x.isPresent() ? of(x.getAsDouble(), digits) : "";
  }
}
