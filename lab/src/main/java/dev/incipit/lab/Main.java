package dev.incipit.lab;

import dev.incipit.lab.command.Incipit;

/** The entry of the command line. */
public final class Main {

  private Main() {}

  /**
   * Run one command and exit.
   *
   * @param arguments command and options; none for help
   */
  public static void main(String[] arguments) {
    // Plots are drawn into files; without a display AWT would fail only when the first is due.
    System.setProperty("java.awt.headless", "true");
    System.exit(Incipit.run(arguments));
  }
}
