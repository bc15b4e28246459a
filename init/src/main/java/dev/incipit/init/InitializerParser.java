package dev.incipit.init;

import java.util.stream.Collectors;

/** Read an initializer's text: a name, and parameters in brackets where some are given. */
final class InitializerParser {

  private InitializerParser() {}

  static Initializer parse(String text) {
    String stripped = text.strip();
    int open = stripped.indexOf('(');
    String name = open < 0 ? stripped : stripped.substring(0, open).strip();
    String inner = open < 0 ? "" : between(stripped, open);
    Catalogue.Entry entry = entry(name);
    return entry.maker().apply(Arguments.parse(entry.family(), inner));
  }

  private static String between(String text, int open) {
    int close = text.length() - 1;
    if (text.indexOf(')') != close || text.lastIndexOf('(') != open) {
      throw new IllegalArgumentException(
          "initializer: the form is name or name(parameter=value, ...), but got \""
              + text
              + "\"; use one pair of brackets, closed at the end");
    }
    return text.substring(open + 1, close);
  }

  private static Catalogue.Entry entry(String name) {
    for (Catalogue.Entry entry : Catalogue.ENTRIES) {
      if (entry.family().name().equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(
        Catalogue.FAMILIES.stream()
            .map(Family::name)
            .collect(
                Collectors.joining(
                    ", ",
                    "initializer: the name must be a known one, but got \""
                        + name
                        + "\"; choose from ",
                    "")));
  }
}
