package dev.incipit.nn.io;

import dev.incipit.nn.data.DataException;
import java.util.Set;

/**
 * Why a file is refused: {@code operation file: rule, but got value; remedy}.
 *
 * @param operation what was tried, with the file's name
 */
record Refusal(String operation) {

  private static final String DAMAGED =
      "the file is damaged, or no safetensors file: fetch or save it again";

  private static final int LONGEST = 80;

  /** Kinds of characters that move a cursor, reorder text, or are no character alone. */
  private static final Set<Integer> HIDDEN =
      Set.of(
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR,
          (int) Character.SURROGATE);

  /** Say that the file breaks its format. */
  DataException damaged(String rule, String got) {
    return because(rule, got, DAMAGED);
  }

  DataException because(String rule, String got, String remedy) {
    return new DataException(operation + ": " + rule + ", but got " + got + "; " + remedy);
  }

  /** Quote a text from a file for a message. */
  static String quote(String text) {
    return '"' + printable(text) + '"';
  }

  /** Return a text from a file as a terminal may have it: shortened, and without control signs. */
  static String printable(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              boolean harmless = Character.isDefined(c) && !HIDDEN.contains(Character.getType(c));
              result.append(harmless ? Character.toString(c) : "\\u%04x".formatted(c));
            });
    boolean shortened = text.codePointCount(0, text.length()) > LONGEST;
    return result.append(shortened ? "..." : "").toString();
  }
}
