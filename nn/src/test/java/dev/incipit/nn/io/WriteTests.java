package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hold the bytes that are written, and that a file is there whole or not at all. */
final class WriteTests {

  private final Path folder;

  WriteTests(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    Path file = folder.resolve("new/folder/a.safetensors");
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("z", Tensor.matrix(new float[] {0, 1}, new float[] {2, 3}));
    tensors.put("a", Tensor.scalar(4));
    Safetensors.write(file, tensors, Map.of("one", "é", "two", "2"));
    String header =
        "{\"__metadata__\":{\"one\":\"é\",\"two\":\"2\"},"
            + "\"z\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]}}";
    int length = header.getBytes(StandardCharsets.UTF_8).length;
    String padded = header + " ".repeat((8 - length % 8) % 8);
    assertArrayEquals(ByHand.file(padded, ByHand.counting(5)), Files.readAllBytes(file));
  }

  @Test
  void writesAWindowOnALargerTensor() throws IOException {
    Tensor rows = Tensor.matrix(new float[] {0, 1}, new float[] {2, 3}, new float[] {4, 5});
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, map("x", rows.rows(1, 3)), Map.of());
    try (Safetensors open = Safetensors.open(file)) {
      assertArrayEquals(new float[] {2, 3, 4, 5}, open.tensor("x").toArray());
    }
  }

  @Test
  void refusesWeightsThatAreNotFiniteAndKeepsTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "old");
    SequencedMap<String, Tensor> tensors = map("good", Tensor.vector(1));
    tensors.put("bad", Tensor.vector(1, Float.NaN));
    assertMessage(
        "write FILE: weights must be finite, but got NaN at index 1 of \"bad\"; a training that"
            + " diverged needs a smaller rate or another initialization",
        file,
        tensors);
    assertEquals("old", Files.readString(file));
    assertOnly(file);
  }

  @Test
  void refusesNamesThatTheFormatCannotHold() throws IOException {
    Path file = folder.resolve("a.safetensors");
    assertMessage(
        "write FILE: a tensor must not be named as the free texts are, but got __metadata__;"
            + " rename it",
        file,
        map("__metadata__", Tensor.vector(1)));
    assertMessage(
        "write FILE: a name must be text without half characters, but got \"\\ud800\"; correct it",
        file,
        map("\ud800", Tensor.vector(1)));
    assertMessage(
        "write FILE: the place must be a file's, but got a folder; name a file in it",
        folder,
        map("x", Tensor.vector(1)));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aFailingMoveLeavesTheOldFileAndNothingElse() throws IOException {
    // A file stands where the folder should be: nothing can be written below it.
    Path file = Files.writeString(folder.resolve("a"), "old");
    Path below = file.resolve("b.safetensors");
    assertThrows(
        FileSystemException.class,
        () -> Safetensors.write(below, map("x", Tensor.vector(1)), Map.of()));
    assertEquals("old", Files.readString(file));
    assertOnly(file);
  }

  @Test
  void replacesAFileThatIsOpenWithoutDisturbingItsReader() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, map("x", Tensor.vector(1)), Map.of());
    try (Safetensors open = Safetensors.open(file)) {
      Safetensors.write(file, map("x", Tensor.vector(2)), Map.of());
      assertEquals(1, open.tensor("x").item());
    }
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(2, open.tensor("x").item());
    }
    assertOnly(file);
  }

  private static SequencedMap<String, Tensor> map(String name, Tensor tensor) {
    SequencedMap<String, Tensor> map = new LinkedHashMap<>();
    map.put(name, tensor);
    return map;
  }

  private static void assertMessage(
      String expected, Path file, SequencedMap<String, Tensor> tensors) {
    Exception e =
        assertThrows(DataException.class, () -> Safetensors.write(file, tensors, Map.of()));
    assertEquals(expected, String.valueOf(e.getMessage()).replace(file.toString(), "FILE"));
  }

  private void assertOnly(Path file) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
