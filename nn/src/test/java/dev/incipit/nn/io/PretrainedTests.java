package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.Family;
import dev.incipit.init.Initializer;
import dev.incipit.init.Theory;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Stored numbers serve wherever an initializer does, and its text is the command line's. */
final class PretrainedTests {

  private static final RandomKey KEY = RandomKey.of(1);

  private final Path folder;

  PretrainedTests(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path file(String name, Tensor tensor, Map<String, String> metadata) throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(name, tensor);
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, tensors, metadata);
    return file;
  }

  @Test
  void theCatalogueKnowsIt() throws IOException {
    Family family =
        Initializer.catalogue().stream()
            .filter(entry -> entry.name().equals("pretrained"))
            .findFirst()
            .orElseThrow();
    assertEquals("pretrained(file, name, layout=automatic)", family.signature());
    Path file = file("dense1.weight", Tensor.zeros(2, 3), Map.of());
    String text = "pretrained(file=" + file + ", name=dense1.weight)";
    Initializer parsed = Initializer.parse(text);
    assertEquals(Pretrained.of(file, "dense1.weight"), parsed);
    assertEquals(text, parsed.toString());
    assertEquals(parsed, Initializer.parse("pretrained(" + file + ",dense1.weight)"));
    assertEquals(
        "pretrained(file=" + file + ", name=dense1.weight, layout=pytorch)",
        Pretrained.of(file, "dense1.weight", Layout.PYTORCH).toString());
  }

  @Test
  void fillsALayerWhateverTheKey() throws IOException {
    Path file = file("w", Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6}), Map.of());
    Dense dense =
        Dense.create("d", 2, 3, Activation.relu(), Pretrained.of(file, "w"), Constant.zeros(), KEY);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, dense.weight().value().toArray());
    Dense turned =
        Dense.create("d", 3, 2, Activation.relu(), Pretrained.of(file, "w"), Constant.zeros(), KEY);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, turned.weight().value().toArray());
  }

  @Test
  void statesWhatTheNumbersAre() throws IOException {
    Path file = file("w", Tensor.vector(-1, 1, 1, 3), Map.of());
    // Mean 1; squares of the differences 4, 0, 0, 4; fourth powers 16, 0, 0, 16: 8 / 2^2 - 3.
    assertEquals(
        new Theory.Moments(1, 2, -1, 3, OptionalDouble.of(-1)),
        Pretrained.of(file, "w").theory(Shape.of(4)));
    Path constant = file("w", Tensor.vector(2, 2), Map.of());
    assertEquals(
        new Theory.Moments(2, 0, 2, 2, OptionalDouble.empty()),
        Pretrained.of(constant, "w").theory(Shape.of(2)));
  }

  @Test
  void namesBothShapesWhereTheyDiffer() throws IOException {
    Path file = file("w", Tensor.zeros(2, 3), Map.of());
    assertRefused(
        "pretrained: weights and stored numbers must have one shape, but got [4, 3] and \"w\""
            + " [2, 3] of FILE in layout ours; choose the tensor of that layer, or change the"
            + " layer's size",
        () -> Pretrained.of(file, "w").initialize(Shape.of(4, 3), KEY));
    assertRefused(
        "pretrained: weights and stored numbers must have one shape, but got [3, 2] and \"w\""
            + " [2, 3] of FILE in layout ours; choose layout pytorch",
        () -> Pretrained.of(file, "w", Layout.OURS).theory(Shape.of(3, 2)));
  }

  @Test
  void squareMatricesAskForALayout() throws IOException {
    Tensor square = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
    Path file = file("w", square, Map.of());
    assertRefused(
        "pretrained FILE: the layout must show in a matrix that is not square, or in the"
            + " metadata, but got square ones only, such as \"w\" [2, 2]; choose layout ours [in,"
            + " out] or pytorch [out, in]",
        () -> Pretrained.of(file, "w").initialize(Shape.of(2, 2), KEY));
    assertArrayEquals(
        new float[] {1, 3, 2, 4},
        Pretrained.of(file, "w", Layout.PYTORCH).initialize(Shape.of(2, 2), KEY).toArray());
    Path told = file("w", square, Map.of("format", "incipit"));
    assertTrue(Pretrained.of(told, "w").initialize(Shape.of(2, 2), KEY).bitEquals(square));
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path file = file("w", Tensor.vector(1), Map.of());
    assertRefused(
        "read \"x\" of FILE: the file must have a tensor of that name, but got 1 others; choose"
            + " from [\"w\"]",
        () -> Initializer.parse("pretrained(" + file + ", x)"));
    assertRefused(
        "pretrained: name must be given, but got none; write pretrained(file, name,"
            + " layout=automatic)",
        () -> Initializer.parse("pretrained(" + file + ")"));
    assertRefused(
        "pretrained: layout must be one of [ours, pytorch, automatic], but got \"ous\"; write"
            + " pretrained(file, name, layout=automatic)",
        () -> Initializer.parse("pretrained(" + file + ", w, ous)"));
    assertRefused(
        "pretrained: file must be a path, but got \"a\\u0000\"; correct it",
        () -> Initializer.parse("pretrained(a\0, w)"));
    Path infinite =
        ByHand.write(
            folder,
            ByHand.file(
                "{" + ByHand.entry("w", "1", 0, 4) + "}", ByHand.floats(Float.NEGATIVE_INFINITY)));
    Exception e = assertThrows(DataException.class, () -> Pretrained.of(infinite, "w"));
    assertTrue(String.valueOf(e.getMessage()).contains("weights must be finite, but got -Infin"));
  }

  @Test
  void equalsByWhatItReads() throws IOException {
    Path file = file("w", Tensor.vector(1), Map.of());
    Pretrained before = Pretrained.of(file, "w");
    assertEquals(before, Pretrained.of(file, "w"));
    assertEquals(before.hashCode(), Pretrained.of(file, "w").hashCode());
    assertNotEquals(before, Pretrained.of(file, "w", Layout.OURS));
    file("w", Tensor.vector(2), Map.of());
    assertNotEquals(before, Pretrained.of(file, "w"));
  }

  private void assertRefused(String message, Executable action) {
    Exception e = assertThrows(IllegalArgumentException.class, action);
    assertEquals(
        message,
        String.valueOf(e.getMessage()).replace(folder.resolve("w.safetensors").toString(), "FILE"));
  }
}
