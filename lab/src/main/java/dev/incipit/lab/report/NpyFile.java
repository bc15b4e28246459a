package dev.incipit.lab.report;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes tensors in NumPy's format, version 1.0: float32, little-endian, row-major.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY
 *     format</a>
 */
public final class NpyFile {

  private static final int PREFIX = 10;

  /** Numbers begin at a multiple of it. */
  private static final int ALIGNMENT = 64;

  private static final int CHUNK = 1 << 14;

  private NpyFile() {}

  /**
   * Write a tensor.
   *
   * @param file where it goes; replaced when the new one is whole
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Tensor tensor) throws IOException {
    WholeFile.write(
        file,
        part -> {
          try (OutputStream out = Files.newOutputStream(part)) {
            out.write(header(tensor.shape()));
            writeNumbers(out, tensor);
          }
        });
  }

  private static byte[] header(Shape shape) {
    String extents =
        Arrays.stream(shape.extents())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(extents, shape.rank() == 1 ? "," : "");
    int length = Math.ceilDiv(PREFIX + text.length() + 1, ALIGNMENT) * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    header.put((byte) 1).put((byte) 0).putShort((short) (length - PREFIX));
    header.put(text.getBytes(StandardCharsets.US_ASCII));
    Arrays.fill(header.array(), header.position(), length - 1, (byte) ' ');
    header.array()[length - 1] = '\n';
    return header.array();
  }

  private static void writeNumbers(OutputStream out, Tensor tensor) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(Float.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int end = tensor.offset() + tensor.size();
    for (int from = tensor.offset(); from < end; from += CHUNK) {
      int count = Math.min(CHUNK, end - from);
      chunk.asFloatBuffer().put(tensor.array(), from, count);
      out.write(chunk.array(), 0, Float.BYTES * count);
    }
  }
}
