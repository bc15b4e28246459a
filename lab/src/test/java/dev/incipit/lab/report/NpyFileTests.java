package dev.incipit.lab.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold files to NumPy's description of its format. */
final class NpyFileTests {

  private final Path file;

  NpyFileTests(@TempDir Path folder) {
    file = folder.resolve("w.npy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3             | (3,)",
        "2,5           | (2, 5)",
        "2,3,4         | (2, 3, 4)",
        "1000,1000     | (1000, 1000)"
      })
  void describesItselfAndHoldsTheNumbersInOrder(String extents, String tuple) throws IOException {
    int[] shape = java.util.Arrays.stream(extents.split(",")).mapToInt(Integer::parseInt).toArray();
    Tensor tensor = Tensor.zeros(Shape.of(shape));
    for (int i = 0; i < tensor.size(); i++) {
      tensor.array()[i] = i - 0.5f;
    }
    NpyFile.write(file, tensor);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    bytes.get(magic);
    assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, magic);
    byte[] header = new byte[bytes.getShort()];
    bytes.get(header);
    assertEquals(0, bytes.position() % 64);
    String text = new String(header, StandardCharsets.US_ASCII);
    assertEquals(
        "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }", text.strip());
    assertEquals('\n', text.charAt(text.length() - 1));
    float[] numbers = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(numbers);
    assertArrayEquals(tensor.toArray(), numbers);
  }

  @Test
  void writesAViewWithoutItsSurroundings() throws IOException {
    Tensor whole = Tensor.zeros(9, 2);
    whole.row(4).fill(7f);
    NpyFile.write(file, whole.rows(4, 5));
    assertEquals(128 + 8, Files.size(file));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(7f, bytes.getFloat(128));
    assertEquals(7f, bytes.getFloat(132));
  }
}
