package dev.incipit.lab.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IncipitTests {

  /** The smallest run that still has all parts; one seed can never hold, so it exits with 1. */
  private static final List<String> TINY =
      List.of(
          "he-vs-xavier",
          "--depths",
          "2,3",
          "--width",
          "8",
          "--seeds",
          "2",
          "--seed",
          "4",
          "--epochs",
          "1",
          "--batch",
          "2000",
          "--threshold",
          "1.25");

  private final Path folder;

  IncipitTests(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Result(int code, String out, String err) {}

  private static Result run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Incipit.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(String[]::new));
    return new Result(code, out.toString(), err.toString());
  }

  private static Result run(String... arguments) {
    return run(List.of(arguments));
  }

  private Result tiny(String out) {
    List<String> arguments = new ArrayList<>(TINY);
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    return run(arguments);
  }

  @Test
  void noArgumentIsHelp() {
    Result result = run();
    assertEquals(0, result.code);
    assertTrue(result.out.contains("he-vs-xavier"), result.out);
    assertTrue(result.out.contains("info"), result.out);
  }

  @Test
  void infoNamesWhatComputes() throws Exception {
    Path json = folder.resolve("info.json");
    Result result = run("info", "--json", json.toString());
    assertEquals(0, result.code);
    assertTrue(result.out.contains(System.getProperty("java.version")), result.out);
    JsonNode node = new JsonMapper().readTree(Files.readString(json));
    assertEquals(
        dev.incipit.core.kernel.Kernels.active().vectorBits(), node.get("vector_bits").asInt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--no-such-option|Unknown option: '--no-such-option'; see incipit he-vs-xavier --help",
        "--rate=NaN|he-vs-xavier: rate: it must lie between 0 and 100, but got NaN;"
            + " see incipit he-vs-xavier --help",
        "--threads=0|threads: the number must lie in 1..1024, but got 0",
        "--depths=1|he-vs-xavier: depths: each must lie in 2..1000, but got [1]",
        "--epochs=x|Invalid value for option '--epochs': 'x' is not an int"
      })
  void wrongUsageIsOneLineAndTwo(String option, String message) {
    Result result = run("he-vs-xavier", option);
    assertEquals(2, result.code, result.err);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith(message), result.err);
  }

  @Test
  void missingDataIsOneLineAndOne() {
    Result result = run("he-vs-xavier", "--data", folder.resolve("none").toString());
    assertEquals(1, result.code);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith("incipit: "), result.err);
    assertFalse(result.err.contains("\tat "), result.err);
  }

  @Test
  void aFileInTheWayOfTheResultsIsToldBeforeTheWork() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "mine");
    Result result = run("he-vs-xavier", "--out", file.toString());
    assertEquals(1, result.code);
    assertEquals(
        "incipit: output: the place must be a folder, but %s is a file; choose another%n"
            .formatted(file),
        result.err);
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void verboseShowsTheStackTrace() {
    Result result = run("he-vs-xavier", "--verbose", "--data", folder.resolve("none").toString());
    assertEquals(1, result.code);
    assertTrue(result.err.contains("\tat "), result.err);
  }

  @Test
  void theMainJobWritesItsFiles() throws Exception {
    Result result = tiny("files");
    assertEquals(1, result.code, "two seeds are too few for a verdict");
    assertTrue(result.out.contains("2 layers: He before Xavier DOES NOT HOLD"), result.out);
    Path out = folder.resolve("files");
    List<String> curves = Files.readAllLines(out.resolve("curves.csv"));
    assertEquals(
        "depth,init,seed,step,epoch,train_loss,validation_loss,validation_error",
        curves.getFirst());
    // Two depths, two initializations, two seeds; the start and four evaluations each.
    assertEquals(1 + 2 * 2 * 2 * 5, curves.size());
    assertTrue(curves.get(1).startsWith("2,he,4,0,0.0000,"), curves.get(1));
    for (String name : List.of("depth-2.png", "depth-3.png")) {
      BufferedImage image = ImageIO.read(out.resolve(name).toFile());
      assertEquals(1100, image.getWidth());
    }
    JsonNode summary = new JsonMapper().readTree(Files.readString(out.resolve("summary.json")));
    assertTrue(summary.get("command").asString().startsWith("incipit he-vs-xavier --depths 2,3"));
    assertTrue(summary.get("seconds").asDouble() > 0);
    assertEquals(2, summary.get("results").size());
    JsonNode first = summary.get("results").get(0);
    assertEquals(2, first.get("depth").asInt());
    assertEquals(1.25, first.get("threshold").asDouble());
    assertEquals("does not hold", first.get("verdict").asString());
    assertTrue(first.has("p_value") && first.has("ratio"));
    for (String side : List.of("he", "xavier")) {
      assertEquals(2, first.get(side).get("steps_to_threshold").size());
      assertTrue(first.get(side).has("median_steps"));
      assertTrue(first.get(side).get("final_loss").isNumber());
      assertTrue(first.get(side).get("final_error").isNumber());
    }
  }

  @Test
  void twoRunsGiveTheSameCurvesByteForByte() throws Exception {
    tiny("once");
    tiny("again");
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("once/curves.csv")),
        Files.readAllBytes(folder.resolve("again/curves.csv")));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("once/depth-3.png")),
        Files.readAllBytes(folder.resolve("again/depth-3.png")));
  }
}
