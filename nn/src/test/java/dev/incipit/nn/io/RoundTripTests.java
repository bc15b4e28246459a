package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read back, bit for bit. */
final class RoundTripTests {

  @Property(tries = 100, seed = "1952")
  void readsBackWhatItWrote(
      @ForAll("tensors") SequencedMap<String, Tensor> tensors,
      @ForAll("texts") Map<String, String> metadata)
      throws IOException {
    Path file = Files.createTempFile("incipit", ".safetensors");
    try {
      Safetensors.write(file, tensors, metadata);
      byte[] bytes = Files.readAllBytes(file);
      long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertEquals(0, (8 + header) % 8);
      try (Safetensors open = Safetensors.open(file)) {
        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(open.entries().keySet()));
        assertEquals(metadata, open.metadata());
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          assertTrue(open.tensor(entry.getKey()).bitEquals(entry.getValue()));
        }
      }
      Safetensors.write(file, tensors, new LinkedHashMap<>(metadata));
      assertArrayEquals(bytes, Files.readAllBytes(file));
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<SequencedMap<String, Tensor>> tensors() {
    Arbitrary<int[]> extents = Arbitraries.integers().between(0, 7).array(int[].class).ofMaxSize(4);
    Arbitrary<Tensor> drawn =
        Combinators.combine(extents, Arbitraries.longs())
            .as(
                (shape, seed) -> {
                  Tensor result = Tensor.zeros(Shape.of(shape));
                  RandomKey.of(seed).fillNormal(result, 0, 1e-20f);
                  return result;
                });
    // Empty tensors last: among tensors of one place their order in the file is not kept.
    return drawn
        .filter(tensor -> tensor.size() > 0)
        .list()
        .ofMaxSize(5)
        .flatMap(
            list ->
                names()
                    .list()
                    .ofSize(list.size())
                    .uniqueElements()
                    .map(
                        names -> {
                          SequencedMap<String, Tensor> map = new LinkedHashMap<>();
                          for (int i = 0; i < list.size(); i++) {
                            map.put(names.get(i), list.get(i));
                          }
                          return map;
                        }));
  }

  @Provide
  Arbitrary<Map<String, String>> texts() {
    return Arbitraries.maps(names(), names()).ofMaxSize(3);
  }

  /** Return texts of whole characters, of every plane. */
  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(12)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }
}
