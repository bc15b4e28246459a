package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.tensor.Shape;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Read files that were made by hand from the format's description. */
final class SafetensorsTests {

  private final Path folder;

  SafetensorsTests(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsTensorsInAnyOrderOfTheHeader() throws IOException {
    // As another library may write it: header's order is not the bytes' order, blanks, metadata.
    String header =
        "{ \"b\" : {\"shape\":[2],\"data_offsets\":[24,32],\"dtype\":\"F32\"},\n"
            + "\"__metadata__\":{\"format\":\"pt\",\"epoch\":\"7\"},"
            + ByHand.entry("a.weight", "2,3", 0, 24)
            + "}   ";
    Path file = ByHand.write(folder, ByHand.file(header, ByHand.counting(8)));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(List.of("a.weight", "b"), List.copyOf(open.entries().keySet()));
      assertEquals("F32 [2, 3]", String.valueOf(open.entries().get("a.weight")));
      assertEquals(Map.of("format", "pt", "epoch", "7"), open.metadata());
      assertEquals(Shape.of(2, 3), open.tensor("a.weight").shape());
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, open.tensor("a.weight").toArray());
      assertArrayEquals(new float[] {6, 7}, open.tensor("b").toArray());
      assertEquals(file, open.path());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Bit patterns after IEEE 754 and, for BF16, the upper half of a float; little-endian.
    "F32,  0000803f 000000c0 01000000 ffff7f7f 000080ff, '1, -2, 1.4E-45, 3.4028235E38, -Infinity'",
    "F16,  003c 00c0 0100 ff7b 007c 5535, '1, -2, 5.9604645E-8, 65504, Infinity, 0.33325195'",
    "BF16, 803f 00c0 0100 7f7f 80ff ab3e, '1, -2, 9.1835E-41, 3.3895314E38, -Infinity, 0.33398438'",
    "F64,  000000000000f03f 000000000000f87f 555555555555d53f, '1, NaN, 0.33333334'",
    // Halves of a unit in a float's last place, rounded to even; less than half a denormal; -0.
    "F64,  000000100000f03f 000000300000f03f 0000000000000080, '1, 1.0000002, -0.0'",
    "F64,  0100000000009036 0000000000009036, '1.4E-45, 0'",
  })
  void readsEveryFloatingPointType(String type, String hex, String numbers) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    List<String> texts = List.of(numbers.split(",", -1));
    int count = texts.size();
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(type.strip(), count, bytes.length);
    try (Safetensors open = Safetensors.open(ByHand.write(folder, ByHand.file(header, bytes)))) {
      float[] expected = new float[count];
      for (int i = 0; i < count; i++) {
        expected[i] = Float.parseFloat(texts.get(i).strip());
      }
      assertArrayEquals(expected, open.tensor("x").toArray());
    }
  }

  @Test
  void readsMoreNumbersThanAreConvertedAtATime() throws IOException {
    int count = 20_001;
    ByteBuffer numbers = ByteBuffer.allocate(10 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      numbers.putDouble(i * 0.5);
    }
    for (int i = 0; i < count; i++) {
      numbers.putShort(Float.floatToFloat16(i % 1000));
    }
    String header =
        "{\"d\":{\"dtype\":\"F64\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                .formatted(count, 8 * count)
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}"
                .formatted(count, 8 * count, 10 * count);
    Path file = ByHand.write(folder, ByHand.file(header, numbers.array()));
    try (Safetensors open = Safetensors.open(file)) {
      float[] doubles = open.tensor("d").toArray();
      float[] halves = open.tensor("h").toArray();
      for (int i = 0; i < count; i++) {
        assertEquals(i * 0.5f, doubles[i]);
        assertEquals(i % 1000, halves[i]);
      }
    }
  }

  @Test
  void readsScalarsAndEmptyTensors() throws IOException {
    String header =
        "{"
            + ByHand.entry("empty", "3,0", 0, 0)
            + ","
            + ByHand.entry("scalar", "", 0, 4)
            + ","
            + ByHand.entry("none", "0", 4, 4)
            + "}";
    Path file = ByHand.write(folder, ByHand.file(header, ByHand.floats(2.5f)));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(Shape.of(3, 0), open.tensor("empty").shape());
      assertEquals(2.5f, open.tensor("scalar").item());
      assertEquals(0, open.tensor("none").size());
    }
  }

  @Test
  void readsAFileWithoutTensors() throws IOException {
    try (Safetensors open = Safetensors.open(ByHand.write(folder, ByHand.file("{}")))) {
      assertEquals(Map.of(), open.entries());
      assertEquals(Map.of(), open.metadata());
    }
  }

  @Test
  void namesMayBeAnyText() throws IOException {
    String header = "{" + ByHand.entry("\\u00e9 \\\"\\ud83d\\ude00\\\"/é", "1", 0, 4) + "}";
    Path file = ByHand.write(folder, ByHand.file(header, ByHand.floats(1)));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(1, open.tensor("é \"😀\"/é").item());
    }
  }

  @Test
  void skipsFieldsThatTheFormatDoesNotKnow() throws IOException {
    String header =
        "{\"x\":{\"note\":[{\"a\":[1,2.5,null]}],\"dtype\":\"F32\",\"shape\":[1],"
            + "\"data_offsets\":[0,4],\"more\":\"text\"}}";
    Path file = ByHand.write(folder, ByHand.file(header, ByHand.floats(3)));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(3, open.tensor("x").item());
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsEveryTypeAndReadsTheFloatingPointOnes(StoredType type) throws IOException {
    int bytes = 4 * type.bits() / 8;
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[4],\"data_offsets\":[0,%d]}}".formatted(type, bytes);
    Path file = ByHand.write(folder, ByHand.file(header, new byte[bytes]));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(type + " [4]", String.valueOf(open.entries().get("x")));
      if (type.isReadable()) {
        assertArrayEquals(new float[4], open.tensor("x").toArray());
      } else {
        assertMessage(
            "read \"x\" of FILE: only F64, F32, F16 and BF16 can be read as floats, but got "
                + type
                + " [4]; convert the tensor where the file is made",
            open);
      }
    }
  }

  @Test
  void refusesDoublesBeyondTheFloats() throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putDouble(1).putDouble(-1e39);
    String header = "{\"x\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}}";
    Path file = ByHand.write(folder, ByHand.file(header, numbers.array()));
    try (Safetensors open = Safetensors.open(file)) {
      assertMessage(
          "read \"x\" of FILE: an F64 must lie within the floats, up to 3.4028235E38, but got"
              + " -1.0E39 at index 1; correct or scale the tensor",
          open);
    }
  }

  @Test
  void namesTheTensorsThereAre() throws IOException {
    String header = "{" + ByHand.entry("a", "1", 0, 4) + "," + ByHand.entry("b", "1", 4, 8) + "}";
    Path file = ByHand.write(folder, ByHand.file(header, ByHand.counting(2)));
    try (Safetensors open = Safetensors.open(file)) {
      assertMessage(
          "read \"x\" of FILE: the file must have a tensor of that name, but got 2 others; choose"
              + " from [\"a\", \"b\"]",
          open);
    }
  }

  @Test
  void refusesToReadOnceClosed() throws IOException {
    Path file =
        ByHand.write(
            folder, ByHand.file("{" + ByHand.entry("x", "1", 0, 4) + "}", ByHand.floats(1)));
    Safetensors open = Safetensors.open(file);
    open.close();
    open.close();
    Exception e = assertThrows(IllegalStateException.class, () -> open.tensor("x"));
    assertEquals(
        "read: the file must be open, but " + file + " is closed; read before close()",
        e.getMessage());
  }

  @Test
  void refusesNumbersThatWereCutOffWhileTheFileWasOpen() throws IOException {
    int count = 1 << 18;
    String header = "{" + ByHand.entry("x", Integer.toString(count), 0, 4 * count) + "}";
    Path file = ByHand.write(folder, ByHand.file(header, new byte[4 * count]));
    try (Safetensors open = Safetensors.open(file)) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(100);
      }
      Exception e = assertThrows(DataException.class, () -> open.tensor("x"));
      assertTrue(
          String.valueOf(e.getMessage()).contains("the file must not change while it is open"),
          e::getMessage);
    }
  }

  @Test
  void readsBeyondTwoGigabytes() throws IOException {
    // The file is sparse: it takes a few kilobytes of disk.
    long large = (1L << 32) + 12;
    byte[] header =
        ("{\"big\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}}")
            .formatted(large, large, large, large + 8)
            .getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve("large.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(ByHand.file(header));
      file.setLength(8 + header.length + large + 8);
      file.seek(8 + header.length + large);
      file.write(ByHand.floats(1.5f, -2.5f));
    }
    try (Safetensors open = Safetensors.open(path)) {
      assertArrayEquals(new float[] {1.5f, -2.5f}, open.tensor("x").toArray());
    } finally {
      Files.delete(path);
    }
  }

  @Test
  void refusesATensorThatNoArrayHolds() throws IOException {
    long count = 1L << 31;
    byte[] header =
        "{\"x\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(count, 2 * count)
            .getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve("hand.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(ByHand.file(header));
      file.setLength(8 + header.length + 2 * count);
    }
    try (Safetensors open = Safetensors.open(path)) {
      assertMessage(
          "read \"x\" of FILE: at most 2147483639 numbers fit one tensor, but got"
              + " F16 [2147483648]; split it into several",
          open);
    } finally {
      Files.delete(path);
    }
  }

  /** Assert what reading x says, the file's name in it written FILE. */
  private void assertMessage(String expected, Safetensors open) {
    Exception e = assertThrows(DataException.class, () -> open.tensor("x"));
    assertEquals(
        expected,
        String.valueOf(e.getMessage())
            .replace(folder.resolve("hand.safetensors").toString(), "FILE"));
  }
}
