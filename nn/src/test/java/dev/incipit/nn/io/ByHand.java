package dev.incipit.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files made byte by byte from the format's description, not by our writer. */
final class ByHand {

  private ByHand() {}

  /** Return a file of a header and the bytes after it. */
  static byte[] file(String header, byte... numbers) {
    return file(header.getBytes(StandardCharsets.UTF_8), numbers);
  }

  static byte[] file(byte[] header, byte... numbers) {
    return ByteBuffer.allocate(8 + header.length + numbers.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(numbers)
        .array();
  }

  static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  /** Return 0, 1, 2, ... as floats. */
  static byte[] counting(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i;
    }
    return floats(numbers);
  }

  /** Return a header's entry of F32 numbers. */
  static String entry(String name, String shape, int begin, int end) {
    return "\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
        .formatted(name, shape, begin, end);
  }

  static Path write(Path folder, byte... bytes) throws IOException {
    return Files.write(folder.resolve("hand.safetensors"), bytes);
  }
}
