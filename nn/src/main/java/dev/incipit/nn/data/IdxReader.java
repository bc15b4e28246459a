package dev.incipit.nn.data;

import dev.incipit.core.tensor.Shape;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one IDX stream and believes its header only as far as bytes bear it out. */
final class IdxReader {

  static final long UNKNOWN_LENGTH = -1;

  /** Longest array of the JVM, and so the largest {@link Shape}. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  /** No data set needs more; a larger rank is a damaged header. */
  private static final int MOST_AXES = 8;

  /** Bytes taken at once: a multiple of every element size, small beside any data set. */
  private static final int CHUNK = 1 << 20;

  private static final int BUFFER = 1 << 16;
  private static final String DAMAGED = "the file is damaged or cut short: fetch it again";

  private final String name;
  private final long memory;

  /**
   * Create a reader.
   *
   * @param name what messages call the stream
   * @param memory bytes that the numbers may take
   */
  IdxReader(String name, long memory) {
    this.name = name;
    this.memory = memory;
  }

  /**
   * Read a stream to its end.
   *
   * @param raw the stream, plain or compressed by gzip
   * @param length bytes in the stream, or {@link #UNKNOWN_LENGTH}
   */
  Idx read(InputStream raw, long length) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    if (!compressed) {
      return contents(in, length);
    }
    try {
      WholeGzip gzip = new WholeGzip(in);
      Idx result = contents(gzip, UNKNOWN_LENGTH);
      if (gzip.hasTrailingBytes()) {
        throw refuse("nothing may follow the gzip data", "more bytes", DAMAGED);
      }
      return result;
    } catch (EOFException | ZipException e) {
      throw new DataException(
          "read %s: gzip data must be whole, but got '%s'; %s".formatted(name, reason(e), DAMAGED),
          e);
    }
  }

  /** Return what the JDK says of damaged gzip data; at a missing end it says nothing. */
  private static String reason(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), "the end of the file");
  }

  private Idx contents(InputStream in, long length) throws IOException {
    byte[] magic = header(in, Integer.BYTES);
    if (magic[0] != 0 || magic[1] != 0) {
      throw refuse(
          "an IDX file must begin with 00 00, element type, rank",
          HexFormat.ofDelimiter(" ").formatHex(magic),
          "pass an IDX file, plain or compressed by gzip");
    }
    IdxType type =
        IdxType.ofCode(magic[2])
            .orElseThrow(
                () ->
                    refuse(
                        "the element type must be 08, 09, 0b, 0c, 0d or 0e",
                        HexFormat.of().toHexDigits(magic[2]),
                        "pass an IDX file of numbers"));
    int rank = Byte.toUnsignedInt(magic[3]);
    if (rank < 1 || rank > MOST_AXES) {
      throw refuse(
          "the rank must lie in 1.." + MOST_AXES, Integer.toString(rank), "reshape the data");
    }
    int[] extents = new int[rank];
    ByteBuffer.wrap(header(in, rank * Integer.BYTES)).asIntBuffer().get(extents);
    long numbers = checkedSize(extents);
    long needed = numbers * type.bytes();
    long headerBytes = (1L + rank) * Integer.BYTES;
    if (length != UNKNOWN_LENGTH && length != headerBytes + needed) {
      throw refuse(
          "%s of %s needs %d bytes".formatted(type, Arrays.toString(extents), headerBytes + needed),
          Long.toString(length),
          DAMAGED);
    }
    requireMemory(type, extents, numbers);
    return new Idx(name, type, Shape.of(extents), body(in, type, extents, needed));
  }

  private byte[] header(InputStream in, int bytes) throws IOException {
    byte[] result = in.readNBytes(bytes);
    if (result.length < bytes) {
      throw refuse("the header must be whole", "the end of the file inside it", DAMAGED);
    }
    return result;
  }

  /** Return how many numbers a header claims, if one tensor can hold them. */
  private long checkedSize(int[] extents) {
    String claim = Arrays.toString(extents);
    if (Arrays.stream(extents).anyMatch(extent -> extent < 0)) {
      throw refuse("extents must lie in 0..2147483647", claim, DAMAGED);
    }
    long numbers = Arrays.stream(extents).anyMatch(extent -> extent == 0) ? 0 : 1;
    for (int extent : extents) {
      // Below 2^31 times below 2^31: each step stays inside a long.
      numbers *= extent;
      if (numbers > MOST_NUMBERS) {
        throw refuse(
            "at most %d numbers fit one tensor".formatted(MOST_NUMBERS), claim, "split the file");
      }
    }
    return numbers;
  }

  private void requireMemory(IdxType type, int[] extents, long numbers) {
    // The bytes of the file, and beside them the same numbers as floats.
    long needed = numbers * (type.bytes() + Float.BYTES);
    if (needed > memory) {
      throw refuse(
          "the numbers must fit the %d MB of this JVM".formatted(memory >> 20),
          "%s %s, which needs %d MB".formatted(type, Arrays.toString(extents), needed >> 20),
          "raise -Xmx or split the file");
    }
  }

  private List<byte[]> body(InputStream in, IdxType type, int[] extents, long needed)
      throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    long got = 0;
    while (got < needed) {
      int wanted = (int) Math.min(CHUNK, needed - got);
      byte[] chunk = in.readNBytes(wanted);
      got += chunk.length;
      if (chunk.length < wanted) {
        throw refuseBody(type, extents, needed, Long.toString(got));
      }
      chunks.add(chunk);
    }
    if (in.read() >= 0) {
      throw refuseBody(type, extents, needed, "more");
    }
    return chunks;
  }

  private DataException refuseBody(IdxType type, int[] extents, long needed, String got) {
    return refuse(
        "%s of %s needs %d bytes after the header"
            .formatted(type, Arrays.toString(extents), needed),
        got,
        DAMAGED);
  }

  private DataException refuse(String rule, String got, String remedy) {
    return new DataException("read %s: %s, but got %s; %s".formatted(name, rule, got, remedy));
  }

  /** A gzip stream that can tell whether something follows its last member. */
  private static final class WholeGzip extends GZIPInputStream {

    private static final int TRAILER = 8;

    WholeGzip(InputStream in) throws IOException {
      super(in, BUFFER);
    }

    /** Return, at the end of the stream, whether bytes follow, which the JDK ignores silently. */
    boolean hasTrailingBytes() throws IOException {
      return inf.getRemaining() > TRAILER || in.read() >= 0;
    }
  }
}
