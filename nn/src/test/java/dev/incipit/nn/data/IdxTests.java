package dev.incipit.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.core.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxTests {

  private static final String DAMAGED = "; the file is damaged or cut short: fetch it again";
  private static final byte[] GOOD = IdxFiles.unsignedBytes(new int[] {2, 3}, 1, 2, 3, 4, 5, 255);

  /** Bytes of a file, and the whole message after the file's name. */
  static Stream<Arguments> hostileFiles() {
    String bigClaim = "UNSIGNED_BYTE of [2147483639] needs 2147483647 bytes, but got 20" + DAMAGED;
    return Stream.of(
        Arguments.of(
            "no bytes",
            new byte[0],
            "the header must be whole, but got the end of the file inside it" + DAMAGED),
        Arguments.of(
            "half a header",
            Arrays.copyOf(GOOD, 7),
            "the header must be whole, but got the end of the file inside it" + DAMAGED),
        Arguments.of(
            "text",
            new byte[] {'l', 'a', 'b', 'e', 'l'},
            "an IDX file must begin with 00 00, element type, rank, but got 6c 61 62 65;"
                + " pass an IDX file, plain or compressed by gzip"),
        Arguments.of(
            "unknown type",
            IdxFiles.header(0x0a, 1),
            "the element type must be 08, 09, 0b, 0c, 0d or 0e, but got 0a;"
                + " pass an IDX file of numbers"),
        Arguments.of(
            "rank 0",
            IdxFiles.header(0x08),
            "the rank must lie in 1..8, but got 0; reshape the data"),
        Arguments.of(
            "rank 255",
            new byte[] {0, 0, 8, -1},
            "the rank must lie in 1..8, but got 255; reshape the data"),
        Arguments.of(
            "negative extent",
            IdxFiles.header(0x08, -1, 28),
            "extents must lie in 0..2147483647, but got [-1, 28]" + DAMAGED),
        Arguments.of(
            "two negative extents, whose product is not",
            IdxFiles.header(0x08, -2, -3),
            "extents must lie in 0..2147483647, but got [-2, -3]" + DAMAGED),
        Arguments.of(
            "product beyond 32 bits, which wraps to 0",
            IdxFiles.header(0x08, 65536, 65536),
            "at most 2147483639 numbers fit one tensor, but got [65536, 65536]; split the file"),
        Arguments.of(
            "product beyond 64 bits, which wraps to 0",
            IdxFiles.header(0x08, 1 << 30, 1 << 30, 1 << 30, 1 << 30),
            "at most 2147483639 numbers fit one tensor, but got"
                + " [1073741824, 1073741824, 1073741824, 1073741824]; split the file"),
        Arguments.of(
            "2 GB claimed in 20 bytes",
            Arrays.copyOf(IdxFiles.header(0x08, Integer.MAX_VALUE - 8), 20),
            bigClaim),
        Arguments.of(
            "cut short",
            Arrays.copyOf(GOOD, GOOD.length - 1),
            "UNSIGNED_BYTE of [2, 3] needs 18 bytes, but got 17" + DAMAGED),
        Arguments.of(
            "a byte too many",
            Arrays.copyOf(GOOD, GOOD.length + 1),
            "UNSIGNED_BYTE of [2, 3] needs 18 bytes, but got 19" + DAMAGED),
        Arguments.of(
            "cut short inside gzip",
            IdxFiles.gzip(Arrays.copyOf(GOOD, GOOD.length - 1)),
            "UNSIGNED_BYTE of [2, 3] needs 6 bytes after the header, but got 5" + DAMAGED),
        Arguments.of(
            "a byte too many inside gzip",
            IdxFiles.gzip(Arrays.copyOf(GOOD, GOOD.length + 1)),
            "UNSIGNED_BYTE of [2, 3] needs 6 bytes after the header, but got more" + DAMAGED),
        Arguments.of(
            "much more inside gzip than the header claims",
            IdxFiles.gzip(Arrays.copyOf(GOOD, 1 << 24)),
            "UNSIGNED_BYTE of [2, 3] needs 6 bytes after the header, but got more" + DAMAGED),
        Arguments.of(
            "gzip cut in its header",
            Arrays.copyOf(IdxFiles.gzip(GOOD), 5),
            "gzip data must be whole, but got 'the end of the file'" + DAMAGED),
        Arguments.of(
            "gzip cut in its body",
            Arrays.copyOf(IdxFiles.gzip(GOOD), 14),
            "gzip data must be whole, but got 'Unexpected end of ZLIB input stream'" + DAMAGED),
        Arguments.of(
            "gzip cut in its trailer",
            Arrays.copyOf(IdxFiles.gzip(GOOD), IdxFiles.gzip(GOOD).length - 1),
            "gzip data must be whole, but got 'the end of the file'" + DAMAGED),
        Arguments.of(
            "gzip with a wrong checksum",
            flipped(IdxFiles.gzip(GOOD), -8),
            "gzip data must be whole, but got 'Corrupt GZIP trailer'" + DAMAGED),
        Arguments.of(
            "bytes behind the gzip data",
            IdxFiles.join(IdxFiles.gzip(GOOD), new byte[] {1}),
            "nothing may follow the gzip data, but got more bytes" + DAMAGED),
        Arguments.of(
            "many bytes behind the gzip data",
            IdxFiles.join(IdxFiles.gzip(GOOD), new byte[1 << 17]),
            "nothing may follow the gzip data, but got more bytes" + DAMAGED));
  }

  private static byte[] flipped(byte[] bytes, int fromEnd) {
    bytes[bytes.length + fromEnd] ^= 1;
    return bytes;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileFiles")
  void rejectsHostileFile(String what, byte[] bytes, String message, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("hostile"), bytes);

    DataException thrown = assertThrows(DataException.class, () -> Idx.read(file), what);

    assertEquals("read " + file + ": " + message, thrown.getMessage());
  }

  @Test
  void rejectsMissingFile(@TempDir Path folder) {
    Path file = folder.resolve("absent");

    DataException thrown = assertThrows(DataException.class, () -> Idx.read(file));

    assertEquals(
        "read: the file must exist, but got " + file + "; check the path", thrown.getMessage());
  }

  @Test
  void rejectsClaimBeyondMemoryBeforeItReadsOn() {
    byte[] bytes = IdxFiles.header(0x08, 1 << 20, 1 << 9);
    IdxReader reader = new IdxReader("s", 1L << 30);

    DataException thrown =
        assertThrows(
            DataException.class,
            () -> reader.read(new ByteArrayInputStream(bytes), IdxReader.UNKNOWN_LENGTH));

    assertEquals(
        "read s: the numbers must fit the 1024 MB of this JVM, but got UNSIGNED_BYTE"
            + " [1048576, 512], which needs 2560 MB; raise -Xmx or split the file",
        thrown.getMessage());
  }

  /** A stream of unknown length that claims 1 GB and ends at once must cost next to nothing. */
  @Test
  void takesMemoryOnlyForBytesThatAreThere() {
    IdxReader reader = new IdxReader("s", Long.MAX_VALUE);
    byte[] bytes = IdxFiles.gzip(IdxFiles.header(0x08, 1 << 30));
    long allocated =
        Allocation.bytesOf(
            () ->
                assertThrows(
                    DataException.class,
                    () -> reader.read(new ByteArrayInputStream(bytes), IdxReader.UNKNOWN_LENGTH)));

    assertTrue(allocated < 8 << 20, () -> "allocated " + allocated);
  }

  @Property(tries = 200)
  void readsBackWhatWasWritten(
      @ForAll IdxType type,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 6) Integer> axes,
      @ForAll boolean compressed,
      @ForAll long seed)
      throws IOException {
    int[] extents = axes.stream().mapToInt(Integer::intValue).toArray();
    int size = Shape.of(extents).size();
    double[] values = randomValues(type, size, seed);
    byte[] bytes = IdxFiles.write(type, values, extents);

    Idx idx = Idx.read("s", stream(compressed ? IdxFiles.gzip(bytes) : bytes));

    assertEquals(type, idx.type());
    assertEquals(Shape.of(extents), idx.shape());
    float[] expected = new float[size];
    for (int i = 0; i < size; i++) {
      expected[i] = (float) values[i];
    }
    assertArrayEquals(expected, idx.toTensor().toArray());
  }

  private static double[] randomValues(IdxType type, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      int bits = random.nextInt();
      values[i] =
          switch (type) {
            case UNSIGNED_BYTE -> bits & 0xff;
            case SIGNED_BYTE -> (byte) bits;
            case SHORT -> (short) bits;
            case INT -> bits;
            case FLOAT -> Float.intBitsToFloat(bits);
            case DOUBLE -> random.nextDouble(-1e9, 1e9);
          };
    }
    return values;
  }

  @Test
  void readsMoreThanOneChunk(@TempDir Path folder) throws IOException {
    int rows = 3 * (1 << 20) / 2 + 1;
    double[] values = new double[rows];
    Arrays.setAll(values, i -> (short) (i * 31));
    Path file = folder.resolve("long");
    Files.write(file, IdxFiles.write(IdxType.SHORT, values, rows));

    float[] got = Idx.read(file).toTensor().toArray();

    for (int i = 0; i < rows; i++) {
      assertEquals((float) values[i], got[i]);
    }
  }

  @Test
  void readsConcatenatedGzipMembersAsOneStream() throws IOException {
    byte[] members =
        IdxFiles.join(
            IdxFiles.gzip(Arrays.copyOf(GOOD, 9)),
            IdxFiles.gzip(Arrays.copyOfRange(GOOD, 9, GOOD.length)));

    assertArrayEquals(
        new float[] {1, 2, 3, 4, 5, 255}, Idx.read("s", stream(members)).toTensor().toArray());
  }

  @Test
  void scalesUnsignedBytesToUnitInterval() throws IOException {
    float[] got = Idx.read("s", stream(GOOD)).toUnitTensor().toArray();

    assertArrayEquals(new float[] {1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f, 1}, got);
  }

  @Test
  void keepsOtherTypesUnscaled() throws IOException {
    byte[] bytes = IdxFiles.write(IdxType.FLOAT, new double[] {-2, 300}, 2);

    assertArrayEquals(new float[] {-2, 300}, Idx.read("s", stream(bytes)).toUnitTensor().toArray());
  }

  @Test
  void givesIntegersExactly() throws IOException {
    byte[] bytes = IdxFiles.write(IdxType.INT, new double[] {-5, Integer.MAX_VALUE}, 2);

    assertArrayEquals(new int[] {-5, Integer.MAX_VALUE}, Idx.read("s", stream(bytes)).toIntegers());
  }

  @Test
  void rejectsFractionAsInteger() throws IOException {
    Idx idx = Idx.read("s", stream(IdxFiles.write(IdxType.DOUBLE, new double[] {1, 0.5}, 2)));

    DataException thrown = assertThrows(DataException.class, idx::toIntegers);

    assertEquals(
        "read s: numbers must be integers of 32 bits, but got 0.5 at index 1; use toTensor()",
        thrown.getMessage());
  }

  private static InputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }
}
