package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the bytes, a file is opened and read, or refused with a {@link DataException}.
 *
 * <p>The normal build tries the seeds; the profile {@code exhaustive} lets Jazzer mutate them, led
 * by the branches that they reach.
 */
@Tag("fuzz")
final class SafetensorsFuzzTests {

  private final Path folder;

  SafetensorsFuzzTests(@TempDir Path folder) {
    this.folder = folder;
  }

  static Stream<byte[]> seeds() {
    String two = "{" + ByHand.entry("a", "1", 0, 4) + "," + ByHand.entry("b", "2,1", 4, 12) + "}";
    String half = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}";
    String wide = "{\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}";
    String whole = "{\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    return Stream.of(
        new byte[0],
        ByHand.file("{}"),
        ByHand.file("{\"__metadata__\":{\"format\":\"pt\"}}  "),
        ByHand.file(two, ByHand.floats(1, 2, 3)),
        ByHand.file(half, ByHand.floats(1)),
        ByHand.file(wide, "12345678".getBytes(StandardCharsets.US_ASCII)),
        ByHand.file(whole, ByHand.floats(1, 2)),
        ByHand.file(two.replace("4,12", "0,8"), ByHand.floats(1, 2, 3)));
  }

  // Jazzer wants its annotation last.
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "5m")
  void opensAndReadsOrRefuses(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.safetensors"), bytes);
    try (Safetensors open = Safetensors.open(file)) {
      for (TensorEntry entry : open.entries().values()) {
        read(open, entry);
      }
    } catch (DataException e) {
      requireOneSentence(e);
    }
  }

  private static void read(Safetensors open, TensorEntry entry) {
    try {
      long size = entry.shape().stream().reduce(1L, Math::multiplyExact);
      assertEquals(size, open.tensor(entry.name()).size());
    } catch (DataException e) {
      requireOneSentence(e);
    }
  }

  private static void requireOneSentence(DataException e) {
    String message = String.valueOf(e.getMessage());
    if (message.length() > 4000 || message.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("no message for a terminal: " + message);
    }
  }
}
