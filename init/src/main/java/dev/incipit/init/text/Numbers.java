package dev.incipit.init.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** The decimal text of numbers, as short as reading it back allows. */
public final class Numbers {

  private Numbers() {}

  /** Write the shortest decimal that reads back as the same double, plainly where that is short. */
  public static String text(double value) {
    BigDecimal decimal = shortest(value);
    int exponent = decimal.precision() - decimal.scale() - 1;
    return exponent >= -6 && exponent <= 9 ? decimal.toPlainString() : decimal.toString();
  }

  /** Tell whether someone may have typed this number: at most seven digits. */
  public static boolean isRound(double value) {
    return shortest(value).precision() <= 7;
  }

  /** Round a number to so many significant digits. */
  public static double rounded(BigDecimal value, int digits) {
    return value.round(new MathContext(digits)).doubleValue();
  }

  private static BigDecimal shortest(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros();
  }
}
