package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that break the format are refused when they are opened, each with its reason. */
final class HostileFileTests {

  private static final String DAMAGED =
      "; the file is damaged, or no safetensors file: fetch or save it again";

  private final Path folder;

  HostileFileTests(@TempDir Path folder) {
    this.folder = folder;
  }

  static Stream<Arguments> files() {
    return Stream.of(
        file("a file begins with 8 bytes of length, but got 0 bytes", new byte[0]),
        file("a file begins with 8 bytes of length, but got 7 bytes", new byte[7]),
        file("the header must begin with {, but got an empty header", new byte[8]),
        file("the header has at most 100000000 bytes, but got 100000001", length(100_000_001)),
        file("the header has at most 100000000 bytes, but got 18446744073709551615", length(-1)),
        file(
            "the header has at most 100000000 bytes, but got 9223372036854775808",
            length(Long.MIN_VALUE)),
        file(
            "the header must end inside the file of 8 bytes, but got 100000000 bytes of header",
            length(100_000_000)),
        file(
            "the header must end inside the file of 9 bytes, but got 2 bytes of header",
            Arrays.copyOf(ByHand.file("{}"), 9)),
        header("the header must begin with {, but got byte 20", " {}"),
        header("the header must begin with {, but got byte 5b", "[]"),
        header("the header must begin with {, but got byte ef", "\ufeff{}"));
  }

  static Stream<Arguments> headers() {
    String json = "the header must be JSON, each name once, but got ";
    return Stream.of(
        header(json + "Unexpected end-of-input at character 1", "{"),
        header(json + "Unexpected character ('x' (code 120)) at character 1", "{x}"),
        header(json + "Illegal character ((CTRL-CHAR, code 0)) at character 2", "{}\0"),
        header("nothing but blanks may follow the header, but got an object", "{}{}"),
        header(
            json + "Duplicate Object property \"a\" at character 62",
            "{" + ByHand.entry("a", "1", 0, 4) + "," + ByHand.entry("\\u0061", "1", 0, 4) + "}"),
        header(
            json + "Duplicate Object property \"shape\" at character 25",
            "{\"a\":{\"shape\":[1],\"shape\":[1]}}"),
        header(
            json + "Duplicate Object property \"k\" at character 27",
            "{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}"),
        header(
            json + "Duplicate Object property \"__metadata__\" at character 33",
            "{\"__metadata__\":{},\"__metadata__\":{}}"),
        header("__metadata__ must be an object of texts, but got \"1\"", "{\"__metadata__\":1}"),
        header(
            "__metadata__ must be an object of texts, but got \"1\"",
            "{\"__metadata__\":{\"k\":1}}"),
        header(
            "__metadata__ must be an object of texts, but got an object",
            "{\"__metadata__\":{\"k\":{}}}"),
        header("\"a\" must be an object, but got an array", "{\"a\":[]}"),
        header("\"a\" must be an object, but got \"null\"", "{\"a\":null}"),
        header(
            "\"a\" must have dtype, shape and data_offsets, but got an entry without one of them",
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}"),
        entry("data_offsets of \"a\" must be begin and end, but got [0]", "F32", "[1]", "[0]"),
        entry(numbers("data_offsets of \"a\"", 2, "4"), "F32", "[1]", "[0,4,4]"),
        entry(numbers("data_offsets of \"a\"", 2, "-4"), "F32", "[1]", "[-4,0]"),
        entry(numbers("data_offsets of \"a\"", 2, "-0"), "F32", "[1]", "[-0,4]"),
        entry(numbers("data_offsets of \"a\"", 2, "0.0"), "F32", "[1]", "[0.0,4]"),
        entry(numbers("data_offsets of \"a\"", 2, "4e0"), "F32", "[1]", "[0,4e0]"),
        entry(
            numbers("data_offsets of \"a\"", 2, "9223372036854775808"),
            "F32",
            "[1]",
            "[0,9223372036854775808]"),
        entry(numbers("the shape of \"a\"", 64, "-1"), "F32", "[-1]", "[0,4]"),
        entry(numbers("the shape of \"a\"", 64, "1"), "F32", "[\"1\"]", "[0,4]"),
        entry(numbers("the shape of \"a\"", 64, "an array"), "F32", "[[1]]", "[0,4]"),
        entry(numbers("the shape of \"a\"", 64, "null"), "F32", "null", "[0,4]"),
        entry(numbers("the shape of \"a\"", 64, "1"), "F32", "[" + "1,".repeat(64) + "1]", "[0,4]"),
        entry(json + "Non-standard token 'NaN' at character 32", "F32", "[NaN]", "[0,4]"),
        entry("\"a\", F32 [2], needs 8 bytes, but got 4", "F32", "[2]", "[0,4]"),
        entry("\"a\", F64 [], needs 8 bytes, but got 4", "F64", "[]", "[0,4]"),
        entry(
            "a tensor must fill whole bytes, but got \"a\", F4 [3], of 12 bits",
            "F4",
            "[3]",
            "[0,4]"),
        entry(
            "a tensor must fit a file, but got \"a\", F32 [4294967296, 4294967296]",
            "F32",
            "[4294967296,4294967296]",
            "[0,4]"),
        entry(
            "a tensor must fit a file, but got \"a\", F32 [9223372036854775807]",
            "F32",
            "[9223372036854775807]",
            "[0,4]"),
        // 2^61 numbers of 8 bytes wrap to 0 in 64 bits.
        entry(
            "a tensor must fit a file, but got \"a\", F64 [2305843009213693952]",
            "F64",
            "[2305843009213693952]",
            "[0,0]"),
        entry(
            "tensors must follow each other without gap or overlap, \"a\" from byte 0, but got"
                + " bytes 4 to 8",
            "F32",
            "[1]",
            "[4,8]"),
        entry(
            "tensors must follow each other without gap or overlap, \"a\" from byte 0, but got"
                + " bytes 4 to 0",
            "F32",
            "[1]",
            "[4,0]"),
        header(
            "tensors must follow each other without gap or overlap, \"b\" from byte 4, but got"
                + " bytes 0 to 4",
            "{" + ByHand.entry("a", "1", 0, 4) + "," + ByHand.entry("b", "1", 0, 4) + "}"),
        entry(
            "the tensors must fill the file to its end, 0 bytes, but got 4 bytes after the header",
            "F32",
            "[0]",
            "[0,0]"),
        entry(
            "the tensors must fill the file to its end, 8 bytes, but got 4 bytes after the header",
            "F64",
            "[1]",
            "[0,8]"),
        header(
            "a name must be text without half characters, but got an object", "{\"\\ud800\":{}}"));
  }

  static Stream<Arguments> bounds() {
    String bounds =
        "names have at most 4096 characters, numbers 19 digits, and values 16 levels, but got ";
    return Stream.of(
        header(bounds, "{\"" + "n".repeat(5000) + "\":{}}"),
        header(bounds, "{\"a\":{\"x\":" + "[".repeat(1_000_000) + "}}"),
        header(bounds, "{\"a\":{\"x\":" + "{\"x\":".repeat(100_000) + "}}"),
        header(bounds, "{\"a\":{\"shape\":[" + "9".repeat(1_000_000) + "]}}"));
  }

  private static Arguments file(String message, byte... bytes) {
    return Arguments.of(message, bytes);
  }

  private static Arguments header(String message, String header) {
    return file(message, ByHand.file(header, new byte[4]));
  }

  private static Arguments entry(String message, String type, String shape, String offsets) {
    return header(
        message,
        "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(type, shape, offsets));
  }

  private static String numbers(String what, int most, String got) {
    String text = got.startsWith("an ") ? got : '"' + got + '"';
    return what + " must be an array of at most " + most + " whole numbers from 0, but got " + text;
  }

  private static byte[] length(long length) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  @ParameterizedTest
  @MethodSource({"files", "headers"})
  void refusesWithReason(String message, byte[] bytes) throws IOException {
    Path file = ByHand.write(folder, bytes);
    Exception e = assertThrows(DataException.class, () -> open(file));
    assertEquals("open " + file + ": " + message + DAMAGED, e.getMessage());
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void refusesWhatIsOutOfProportion(String message, byte[] bytes) throws IOException {
    Path file = ByHand.write(folder, bytes);
    Exception e = assertThrows(DataException.class, () -> open(file));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("open " + file + ": " + message), e::getMessage);
  }

  @Test
  void refusesTypesThatTheFormatDoesNotKnow() throws IOException {
    Path file =
        ByHand.write(
            folder,
            ByHand.file("{\"a\":{\"dtype\":\"F128\",\"shape\":[1],\"data_offsets\":[0,16]}}"));
    Exception e = assertThrows(DataException.class, () -> open(file));
    assertEquals(
        "open "
            + file
            + ": dtype of \"a\" must be one of "
            + Arrays.toString(StoredType.values())
            + ", but got \"F128\"; convert the tensor where the file is made",
        e.getMessage());
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    byte[][] headers = {
      "{\"\u00e9\":{}}".getBytes(StandardCharsets.ISO_8859_1),
      "{\"a\":{}}".getBytes(StandardCharsets.UTF_16LE),
      // A slash in two bytes, and half of a surrogate pair in three.
      {'{', '"', (byte) 0xc0, (byte) 0xaf, '"'},
      {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
    };
    for (byte[] header : headers) {
      Path file = ByHand.write(folder, ByHand.file(header));
      Exception e = assertThrows(DataException.class, () -> open(file));
      assertTrue(
          String.valueOf(e.getMessage()).startsWith("open " + file + ": the header must be"),
          e::getMessage);
    }
  }

  @Test
  void takesNoMemoryOnTheWordOfASparseFile() throws IOException {
    // A hundred megabytes of header that are not really there.
    Path path = folder.resolve("sparse.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(length(100_000_000));
      file.write('{');
      file.setLength(8 + 100_000_000);
    }
    assertThrows(DataException.class, () -> open(path));
  }

  @Test
  void refusesWhatIsNoFile() {
    Exception missing =
        assertThrows(DataException.class, () -> open(folder.resolve("none.safetensors")));
    assertEquals(
        "open "
            + folder.resolve("none.safetensors")
            + ": a regular file is needed, but got nothing there; check the path",
        missing.getMessage());
    Exception directory = assertThrows(DataException.class, () -> open(folder));
    assertEquals(
        "open " + folder + ": a regular file is needed, but got something else; check the path",
        directory.getMessage());
  }

  @Test
  void letsGoOfARefusedFile() throws IOException {
    Path file = ByHand.write(folder, ByHand.file("{]"));
    assertThrows(DataException.class, () -> open(file));
    Files.delete(file);
  }

  private static void open(Path file) throws IOException {
    Safetensors.open(file).close();
  }
}
