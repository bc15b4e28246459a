package dev.incipit.nn.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes IDX bytes, right and wrong ones, for tests. */
final class IdxFiles {

  private IdxFiles() {}

  static byte[] header(int code, int... extents) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) code).put((byte) extents.length);
    bytes.asIntBuffer().put(extents);
    return bytes.array();
  }

  static byte[] unsignedBytes(int[] extents, int... values) {
    byte[] body = new byte[values.length];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) values[i];
    }
    return join(header(0x08, extents), body);
  }

  static byte[] write(IdxType type, double[] values, int... extents) {
    ByteBuffer body = ByteBuffer.allocate(values.length * type.bytes());
    for (double value : values) {
      switch (type) {
        case UNSIGNED_BYTE, SIGNED_BYTE -> body.put((byte) value);
        case SHORT -> body.putShort((short) value);
        case INT -> body.putInt((int) value);
        case FLOAT -> body.putFloat((float) value);
        case DOUBLE -> body.putDouble(value);
      }
    }
    return join(header(type.code(), extents), body.array());
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(all)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }
}
