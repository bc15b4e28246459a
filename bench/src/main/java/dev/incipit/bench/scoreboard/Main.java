package dev.incipit.bench.scoreboard;

import java.io.PrintWriter;

/** The entry of the command {@code incipit scoreboard}. */
public final class Main {

  private Main() {}

  /**
   * Measure and exit.
   *
   * @param arguments options
   */
  public static void main(String[] arguments) {
    // Pictures are drawn into files; without a display AWT would fail only when the first is due.
    System.setProperty("java.awt.headless", "true");
    System.exit(
        Scoreboard.run(
            new PrintWriter(System.out, true, System.out.charset()),
            new PrintWriter(System.err, true, System.err.charset()),
            arguments));
  }
}
