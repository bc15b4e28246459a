package dev.incipit.init.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Values in double quotes, inside which commas, brackets and the like are part of the value.
 *
 * <p>A quote inside quotes is doubled, as in CSV. There is no escape character: a path may hold
 * backslashes.
 */
public final class Quoting {

  private static final char QUOTE = '"';
  private static final String SIGNS = ",()=\"";

  private Quoting() {}

  /** Tell whether every quote is closed. */
  static boolean isClosed(String text) {
    return text.chars().filter(c -> c == QUOTE).count() % 2 == 0;
  }

  /** Return where a sign stands outside quotes, at {@code from} or later; -1 if nowhere. */
  static int find(String text, char sign, int from) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == QUOTE) {
        // A doubled quote leaves the quotes and enters them again.
        quoted = !quoted;
      } else if (c == sign && !quoted && i >= from) {
        return i;
      }
    }
    return -1;
  }

  /** Cut a text at its commas outside quotes. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int comma = find(text, ',', 0); comma >= 0; comma = find(text, ',', from)) {
      parts.add(text.substring(from, comma));
      from = comma + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** Write a value so that it reads back the same: in quotes only where it needs them. */
  public static String write(String value) {
    boolean plain =
        !value.isEmpty()
            && value.strip().length() == value.length()
            && value.chars().noneMatch(c -> SIGNS.indexOf(c) >= 0);
    return plain ? value : QUOTE + value.replace("\"", "\"\"") + QUOTE;
  }

  /** Tell whether a value is plain, or in quotes as a whole. */
  static boolean isWhole(String value) {
    if (value.indexOf(QUOTE) < 0) {
      return true;
    }
    boolean enclosed =
        value.length() >= 2
            && value.charAt(0) == QUOTE
            && value.charAt(value.length() - 1) == QUOTE;
    return enclosed && inner(value).replace("\"\"", "").indexOf(QUOTE) < 0;
  }

  /** Read a value that {@link #isWhole}. */
  static String read(String value) {
    return value.indexOf(QUOTE) < 0 ? value : inner(value).replace("\"\"", "\"");
  }

  private static String inner(String value) {
    return value.substring(1, value.length() - 1);
  }
}
