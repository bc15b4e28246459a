package dev.incipit.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoreboardTests {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private int run(String... arguments) {
    return Scoreboard.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threads 0 | scoreboard: --threads must lie in 1..1024, but got 0",
        "--rounds 0 | scoreboard: --rounds must lie in 1..100, but got 0",
        "--report x.json --quick | scoreboard: --report measures nothing, but --peers, --quick,"
            + " --growth or --rounds was given too; leave one out",
        "--report x.json --rounds 2 | scoreboard: --report measures nothing, but --peers, --quick,"
            + " --growth or --rounds was given too; leave one out",
        "--growth --peers | scoreboard: --growth knows neither --peers nor --json; leave them out",
        "--fast | Unknown option: '--fast'"
      })
  void refusesWrongUsageInOneLine(String arguments, String message) {
    assertEquals(2, run(arguments.split(" ", -1)));
    assertEquals(message + "; see incipit scoreboard --help\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void laysOutAnEarlierRunAgain(@TempDir Path folder) throws IOException {
    Path runs = folder.resolve("runs.json");
    List<Subject> subjects = Programme.of(2, true);
    Runs.complete(subjects).write(runs);
    Path json = folder.resolve("elsewhere").resolve("board.json");
    assertEquals(
        0,
        run("--report", runs.toString(), "--out", folder.toString(), "--json", json.toString()),
        err.toString());
    for (String name : List.of("scoreboard.json", "scoreboard.md", "roofline.png", "peers.png")) {
      assertTrue(Files.size(folder.resolve(name)) > 1000, name);
    }
    assertEquals(Files.readString(folder.resolve("scoreboard.json")), Files.readString(json));
    for (Subject subject : subjects) {
      assertTrue(out.toString().contains(subject.name()), subject.name());
    }
  }

  @Test
  void failsInOneLineWhereThereIsNothingToLayOut(@TempDir Path folder) {
    Path missing = folder.resolve("runs.json");
    assertEquals(1, run("--report", missing.toString(), "--out", folder.toString()));
    assertEquals("incipit: NoSuchFileException: " + missing + "\n", err.toString());
  }
}
