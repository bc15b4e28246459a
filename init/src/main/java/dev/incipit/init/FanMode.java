package dev.incipit.init;

import java.util.Locale;

/** Which number of connections a variance is divided by. */
public enum FanMode {
  /** Inputs of one unit: keeps the signal's variance on its way forward. */
  FAN_IN,
  /** Units that one input reaches: keeps the gradient's variance on its way backward. */
  FAN_OUT,
  /** {@code (fanIn + fanOut) / 2}: the compromise of Glorot and Bengio. */
  AVERAGE,
  /** {@code sqrt(fanIn * fanOut)}: the compromise in which both ways err by the same factor. */
  GEOMETRIC;

  /**
   * Compute the number to divide by.
   *
   * @param fan fan in and fan out
   * @return the number; at least 1, so that an empty tensor, the only one with a fan of 0, has a
   *     theory too
   */
  public double of(Fan fan) {
    double number =
        switch (this) {
          case FAN_IN -> fan.fanIn();
          case FAN_OUT -> fan.fanOut();
          case AVERAGE -> 0.5 * ((double) fan.fanIn() + fan.fanOut());
          case GEOMETRIC -> Math.sqrt((double) fan.fanIn() * fan.fanOut());
        };
    return Math.max(1, number);
  }

  /** Return the name as the command line has it, such as {@code fan-in}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
