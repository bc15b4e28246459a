package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.init.text.Arguments;
import dev.incipit.init.text.Names;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are texts: quoted where they must be, read back as they were. */
final class FamilyTextTests {

  private static final Family FAMILY =
      new Family(
          "stored",
          List.of(
              Family.Parameter.required("file"),
              Family.Parameter.required("name"),
              Family.Parameter.optional("layout", "ours")),
          "",
          "");

  private static final Names<Arguments> NAMES =
      new Names<>(
          "example",
          List.of(
              new Names.Entry<>(
                  FAMILY.name(), FAMILY.signature(), FAMILY.fallbacks(), arguments -> arguments)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          a.b        | w        | stored(file=a.b, name=w)
          a, b       | (w)      | stored(file="a, b", name="(w)")
          C:\\my dir | x y      | stored(file=C:\\my dir, name=x y)
          say "a"    | w=1      | stored(file="say ""a\""", name="w=1")
          ''         | ' w '    | stored(file="", name=" w ")
          """)
  void printsQuotesOnlyWhereTheyAreNeeded(String file, String name, String text) {
    assertEquals(text, FAMILY.text(List.of(file, name, "ours")));
  }

  @Property(tries = 2000, seed = "1952")
  void readsBackWhatItPrints(@ForAll("texts") String file, @ForAll("texts") String name) {
    String text = FAMILY.text(List.of(file, name, "theirs"));
    Arguments read = NAMES.parse(text);
    assertEquals(file, read.text("file"));
    assertEquals(name, read.text("name"));
    assertEquals("theirs", read.text("layout"));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.of(',', '(', ')', '=', '"', ' ', 'a')
            .list()
            .ofMaxSize(9)
            .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "a, b", w            | a, b
          file="a)", name=w    | a)
          "a=b", w             | a=b
          """)
  void readsQuotedValuesByNameAndByPlace(String text, String file) {
    assertEquals(file, NAMES.parse("stored(" + text + ")").text("file"));
  }

  @Test
  void refusesQuotesInsideAValue() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> NAMES.parse("stored(a\"b\", w)"));
    assertEquals(
        "stored: quotes must stand around a whole value, and be doubled inside it, but got"
            + " a\"b\"; write stored(file, name, layout=ours)",
        e.getMessage());
  }

  @Test
  void refusesQuotesThatAreNotClosed() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Initializer.parse("normal(\"0, 1)"));
    assertEquals(
        "initializer: the form is name or name(parameter=value, ...), but got \"normal(\"0, 1)\";"
            + " close the quotes",
        e.getMessage());
  }

  @Test
  void refusesTextOfTooFewValues() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> FAMILY.text(List.of("a")));
    assertEquals(
        "stored: each parameter must have a value, but got 1 for 3; pass one for each of"
            + " stored(file, name, layout=ours)",
        e.getMessage());
  }
}
