package dev.incipit.lab.command;

import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The rule for options that name a picture. */
final class PngOption {

  private PngOption() {}

  /**
   * Return the file, if its name ends like a PNG's.
   *
   * @throws ParameterException if it does not
   */
  static Path checked(CommandSpec spec, Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new ParameterException(
          spec.commandLine(), "plot: a picture is a .png file, but got " + file);
    }
    return file;
  }
}
