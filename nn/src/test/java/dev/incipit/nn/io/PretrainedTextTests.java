package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Printing and parsing are inverse, whatever file and tensor are called. */
final class PretrainedTextTests {

  @Property(tries = 200, seed = "1952")
  void textAndInitializerAreInverse(
      @ForAll("texts") String name, @ForAll("fileNames") String fileName, @ForAll Layout layout)
      throws IOException {
    Path place = Files.createTempDirectory("incipit");
    Path file = place.resolve(fileName);
    try {
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put(name, Tensor.vector(1, 2));
      Safetensors.write(file, tensors, Map.of());
      Pretrained initializer = Pretrained.of(file, name, layout);
      assertEquals(initializer, Initializer.parse(initializer.toString()));
      assertEquals(initializer.toString(), Initializer.parse(initializer.toString()).toString());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(place);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Character> signs =
        Arbitraries.of(',', '(', ')', '=', '"', ' ', '\\', '\'', 'a', '\n');
    return Arbitraries.oneOf(
        signs.list().ofMaxSize(12).map(PretrainedTextTests::text),
        Arbitraries.strings()
            .all()
            .ofMaxLength(12)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text)));
  }

  @Provide
  Arbitrary<String> fileNames() {
    // Some blanks and signs in every place; a slash and a zero no file name holds.
    return Arbitraries.of(',', '(', ')', '=', '"', ' ', '\\', '\'', 'a', 'é')
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(PretrainedTextTests::text);
  }

  private static String text(List<Character> characters) {
    return characters.stream().map(String::valueOf).collect(Collectors.joining());
  }
}
