package dev.incipit.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FlagsTests {

  /** What is measured shall be what users run. */
  @Test
  void theLauncherHasTheFlags() throws IOException {
    String launcher = Files.readString(Path.of("../incipit"));
    for (String flag : List.of(Flags.COLLECTOR, Flags.SAFEPOINTS, Flags.STRIPS)) {
      assertTrue(launcher.contains(" " + flag + " "), "the launcher must have " + flag);
    }
  }
}
