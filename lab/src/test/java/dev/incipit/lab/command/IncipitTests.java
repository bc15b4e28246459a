package dev.incipit.lab.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.init.Family;
import dev.incipit.init.Initializer;
import dev.incipit.init.calibrate.Calibration;
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
import org.junit.jupiter.params.provider.ValueSource;
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
    assertTrue(result.out.contains("scoreboard"), result.out);
  }

  @Test
  void scoreboardIsTheLaunchersToStart() {
    Result result = run("scoreboard", "--quick", "--threads", "1");
    assertEquals(2, result.code);
    assertTrue(result.err.contains("run ./incipit scoreboard"), result.err);
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

  @Test
  void initHoldsADrawAgainstTheory() throws Exception {
    Path npy = folder.resolve("w.npy");
    Path png = folder.resolve("w.png");
    Path json = folder.resolve("w.json");
    Result result =
        run(
            List.of(
                "init",
                "he-normal(slope=0.1)",
                "--shape=64x32",
                "--seed=7",
                "--save=" + npy,
                "--plot=" + png,
                "--json=" + json));
    assertEquals(0, result.code, result.err);
    List<String> lines = result.out.lines().toList();
    assertEquals(
        "he-normal(slope=0.1), shape [64, 32] (fan in 64, fan out 32), seed 7: 2,048 weights",
        lines.getFirst());
    assertTrue(result.out.contains("verdict: consistent with theory"), result.out);
    assertEquals(128 + 4 * 64 * 32, Files.size(npy));
    assertEquals(1100, ImageIO.read(png.toFile()).getWidth());
    JsonNode node = new JsonMapper().readTree(Files.readString(json));
    assertEquals("he-normal(slope=0.1)", node.get("initializer").asString());
    assertEquals("consistent", node.get("verdict").asString());
    assertEquals("mean", node.get("statistics").get(0).get("name").asString());
    assertTrue(node.get("statistics").get(0).get("p").isNumber());
    assertEquals(0, node.get("rules").get(0).get("value").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"zeros", "identity", "sparse(2)", "orthogonal", "nguyen-widrow", "ones"})
  void initTakesEveryKindOfFamily(String name) {
    Path png = folder.resolve("kind.png");
    Result result = run("init", name, "--shape", "3x8x5", "--plot", png.toString());
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.contains("verdict: consistent"), result.out);
  }

  @Test
  void initListsEveryFamilyWithItsSource() {
    Result result = run("init", "--list");
    assertEquals(0, result.code);
    List<Family> families = new ArrayList<>(Initializer.catalogue());
    families.addAll(Calibration.catalogue());
    for (Family family : families) {
      assertTrue(result.out.contains(family.signature()), family.name());
      assertTrue(result.out.contains(family.formula()), family.name());
      assertTrue(result.out.contains(family.source()), family.name());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "he-normal --shape 0x5       | Invalid value for option '--shape': shape: up to eight whole",
        "he-normal --shape -1x5      | Invalid value for option '--shape': shape: up to eight whole",
        "he-normal --shape 5x        | Invalid value for option '--shape': shape: up to eight whole",
        "he-normal --shape 9999999999x2 | Invalid value for option '--shape': shape: up to eight",
        "he-normal --shape 1000000x1000000 | Invalid value for option '--shape': shape: at most",
        "he-normal --shape 46340x46340 | init: shape must have weights, and 32 bytes of memory",
        "he-normal --shape 256       | fan: weights must have rank 2 or more, [fanIn, fanOut], but",
        "he --shape 2x2              | initializer: the name must be a known one, but got \"he\";",
        "sparse(9) --shape 8x2       | sparse: k must not exceed the fan in, but got k 9 and fan in",
        "he-normal                   | init: a NAME and a --shape are needed, as in",
        "zeros --shape 2 --plot a.gif | plot: a picture is a .png file, but got a.gif",
        "recommend --activation wish | nonlinearity: the name must be known, but got \"wish\";",
        "recommend                   | Missing required option: '--activation=NAME'",
      })
  void initRefusesInOneLine(String arguments, String message) {
    List<String> words = new ArrayList<>(List.of("init"));
    words.addAll(List.of(arguments.split(" ")));
    Result result = run(words);
    assertEquals(2, result.code, result.err);
    assertEquals(1, result.err.lines().count(), result.err);
    assertTrue(result.err.startsWith(message), result.err);
    assertEquals("", result.out);
  }

  @Test
  void recommendTellsGainsAndCriticalPoints() throws Exception {
    Path json = folder.resolve("tanh.json");
    Path png = folder.resolve("tanh.png");
    Result result =
        run(List.of("init", "recommend", "--activation=tanh", "--json=" + json, "--plot=" + png));
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.startsWith("tanh: xavier-normal"), result.out);
    assertTrue(result.out.contains("1.592537"), result.out);
    assertTrue(result.out.contains("1.666667"), result.out);
    assertTrue(result.out.contains("Glorot and Bengio 2010"), result.out);
    JsonNode node = new JsonMapper().readTree(Files.readString(json));
    assertEquals(1, node.get("critical").get(0).get("sigma_w").asDouble());
    assertEquals(61, node.get("boundary").size());
    assertEquals(1100, ImageIO.read(png.toFile()).getWidth());
  }

  @Test
  void recommendSaysWhereTheBoundaryIsAPoint() {
    Result result =
        run(
            List.of(
                "init",
                "recommend",
                "--activation=leaky-relu(0.1)",
                "--plot=" + folder.resolve("leaky.png")));
    assertEquals(0, result.code, result.err);
    assertTrue(result.out.startsWith("leaky-relu(0.1): he-normal(slope=0.1)"), result.out);
    assertTrue(result.out.contains("is this point, whatever q*"), result.out);
  }
}
