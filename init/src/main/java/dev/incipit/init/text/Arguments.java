package dev.incipit.init.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parameters given in a text, completed by the fallbacks of its name.
 *
 * <p>Each question names the parameter, and refuses a text that does not answer it.
 */
public final class Arguments {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final Names.Entry<?> family;
  private final Map<String, String> given;

  private Arguments(Names.Entry<?> family, Map<String, String> given) {
    this.family = family;
    this.given = given;
  }

  /**
   * Read what stands between the brackets.
   *
   * @param family the name whose parameters they are
   * @param text such as {@code 0.1, mode=fan-out}; blank for none
   */
  static Arguments parse(Names.Entry<?> family, String text) {
    Map<String, String> given = new HashMap<>();
    if (!text.isBlank()) {
      List<String> parts = Quoting.split(text);
      boolean named = false;
      for (int place = 0; place < parts.size(); place++) {
        String part = parts.get(place);
        int equals = Quoting.find(part, '=', 0);
        if (equals < 0 && named) {
          throw wrong(family, "a value without a name must come before named ones", part.strip());
        }
        named = equals >= 0;
        String name = named ? part.substring(0, equals).strip() : nameAt(family, place, part);
        put(family, given, name, part.substring(equals + 1).strip());
      }
    }
    return new Arguments(family, given);
  }

  private static String nameAt(Names.Entry<?> family, int place, String part) {
    List<String> names = List.copyOf(family.parameters().sequencedKeySet());
    if (place >= names.size()) {
      throw wrong(family, "a value must belong to a parameter", part.strip());
    }
    return names.get(place);
  }

  private static void put(
      Names.Entry<?> family, Map<String, String> given, String name, String value) {
    if (!family.parameters().containsKey(name)) {
      throw wrong(family, "a parameter must be a known one", name);
    }
    if (!Quoting.isWhole(value)) {
      throw refused(
          family, "quotes must stand around a whole value, and be doubled inside it", value);
    }
    if (given.putIfAbsent(name, Quoting.read(value)) != null) {
      throw wrong(family, "a parameter must be given once", name);
    }
  }

  /**
   * Return a parameter that is a number; infinities and NaN have no text.
   *
   * @param name the parameter
   * @throws IllegalArgumentException if it is not a number, or not given and without a fallback
   */
  public double number(String name) {
    String text = text(name);
    if (!NUMBER.matcher(text).matches()) {
      throw wrong(family, name + " must be a finite number", text);
    }
    return Double.parseDouble(text);
  }

  /**
   * Return a parameter that is a whole number.
   *
   * @param name the parameter
   * @throws IllegalArgumentException if it is none, or not given and without a fallback
   */
  public int whole(String name) {
    String text = text(name);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(family, name + " must be a whole number", text);
    }
  }

  /**
   * Return a parameter that is {@code true} or {@code false}.
   *
   * @param name the parameter
   * @throws IllegalArgumentException if it is neither, or not given and without a fallback
   */
  public boolean flag(String name) {
    String text = text(name);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(family, name + " must be true or false", text);
    };
  }

  /**
   * Return a parameter that is one of a few values.
   *
   * @param name the parameter
   * @param values what it may be; {@code toString} gives each its text
   * @throws IllegalArgumentException if it is none of them, or not given and without a fallback
   */
  public <E extends Enum<E>> E choice(String name, E[] values) {
    String text = text(name);
    for (E value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    throw wrong(family, name + " must be one of " + Arrays.toString(values), text);
  }

  /**
   * Return a parameter as it was written, without its quotes.
   *
   * @param name the parameter
   * @throws IllegalArgumentException if it is not given and has no fallback
   */
  public String text(String name) {
    String text = given.get(name);
    if (text != null) {
      return text;
    }
    return family
        .parameters()
        .getOrDefault(name, Optional.empty())
        .orElseThrow(() -> refused(family, name + " must be given", "none"));
  }

  private static IllegalArgumentException wrong(Names.Entry<?> family, String rule, String got) {
    return refused(family, rule, '"' + got + '"');
  }

  private static IllegalArgumentException refused(Names.Entry<?> family, String rule, String got) {
    return new IllegalArgumentException(
        family.name() + ": " + rule + ", but got " + got + "; write " + family.signature());
  }
}
