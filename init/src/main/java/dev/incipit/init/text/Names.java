package dev.incipit.init.text;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names that texts of one kind may begin with.
 *
 * @param kind what a text stands for, as messages call it
 * @param entries what each name makes
 * @param <T> what is made
 */
public record Names<T>(String kind, List<Entry<T>> entries) {

  /**
   * A name, and what it makes.
   *
   * @param name the name
   * @param signature the name with its parameters, as messages show it
   * @param parameters the parameters in the order of their places, each with its fallback if any
   * @param maker makes a value from the parameters of a text
   * @param <T> what is made
   */
  public record Entry<T>(
      String name,
      String signature,
      SequencedMap<String, Optional<String>> parameters,
      Function<Arguments, T> maker) {}

  /**
   * Make what a text says.
   *
   * @param text a name, followed by parameters in brackets where some are given
   * @return what its entry makes
   * @throws IllegalArgumentException if the text has another form, or names what is not known
   */
  public T parse(String text) {
    String stripped = text.strip();
    int open = Quoting.find(stripped, '(', 0);
    String inner = open < 0 ? "" : between(stripped, open);
    Entry<T> entry = entry(nameIn(text));
    return entry.maker().apply(Arguments.parse(entry, inner));
  }

  /** Tell whether a text begins with one of these names. */
  public boolean know(String text) {
    String name = nameIn(text);
    return entries.stream().anyMatch(entry -> entry.name().equals(name));
  }

  private static String nameIn(String text) {
    int open = Quoting.find(text, '(', 0);
    return (open < 0 ? text : text.substring(0, open)).strip();
  }

  private String between(String text, int open) {
    int close = text.length() - 1;
    boolean closed = Quoting.isClosed(text);
    if (!closed || Quoting.find(text, ')', 0) != close || Quoting.find(text, '(', open + 1) >= 0) {
      throw new IllegalArgumentException(
          kind
              + ": the form is name or name(parameter=value, ...), but got \""
              + text
              + "\"; "
              + (closed ? "use one pair of brackets, closed at the end" : "close the quotes"));
    }
    return text.substring(open + 1, close);
  }

  private Entry<T> entry(String name) {
    for (Entry<T> entry : entries) {
      if (entry.name().equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(
        entries.stream()
            .map(Entry::name)
            .collect(
                Collectors.joining(
                    ", ",
                    kind + ": the name must be a known one, but got \"" + name + "\"; choose from ",
                    "")));
  }
}
