package dev.incipit.init;

import dev.incipit.init.text.Quoting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a catalogue says about a family of initializers, or of calibrations.
 *
 * @param name its name in texts, such as {@code he-normal}
 * @param parameters its parameters in the order of their places
 * @param formula what it draws or does
 * @param source where it comes from, with a link where there is one
 */
public record Family(String name, List<Parameter> parameters, String formula, String source) {

  /**
   * A parameter of a family.
   *
   * @param name its name in texts
   * @param fallback the value it has when none is given; empty if one must be given
   */
  public record Parameter(String name, Optional<String> fallback) {

    /** Return a parameter that must be given. */
    public static Parameter required(String name) {
      return new Parameter(name, Optional.empty());
    }

    /** Return a parameter that has a fallback. */
    public static Parameter optional(String name, String fallback) {
      return new Parameter(name, Optional.of(fallback));
    }

    /** Return the name, with the fallback where there is one: {@code slope=0}. */
    @Override
    public String toString() {
      return fallback.map(value -> name + "=" + value).orElse(name);
    }
  }

  /** Keep an unmodifiable copy of the parameters. */
  public Family {
    parameters = List.copyOf(parameters);
  }

  /** Return the name with its parameters: {@code he-normal(slope=0, mode=fan-in)}. */
  public String signature() {
    return parameters.isEmpty()
        ? name
        : parameters.stream()
            .map(Parameter::toString)
            .collect(Collectors.joining(", ", name + "(", ")"));
  }

  /** Return the parameters by name, each with the value it has when none is given, if any. */
  public SequencedMap<String, Optional<String>> fallbacks() {
    SequencedMap<String, Optional<String>> result = new LinkedHashMap<>();
    parameters.forEach(parameter -> result.put(parameter.name(), parameter.fallback()));
    return result;
  }

  /**
   * Return the text of a member, from which {@link Initializer#parse} makes an equal one.
   *
   * <p>Values that equal their fallback are left out; others are quoted where they need it.
   *
   * @param values the value of each parameter, in the order of their places
   * @return the like of {@code pretrained(file="a, b.safetensors", name=dense1.weight)}
   * @throws IllegalArgumentException if there are not as many values as parameters
   */
  public String text(List<String> values) {
    if (values.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "%s: each parameter must have a value, but got %d for %d; pass one for each of %s"
              .formatted(name, values.size(), parameters.size(), signature()));
    }
    String given =
        IntStream.range(0, values.size())
            .filter(i -> !parameters.get(i).fallback().equals(Optional.of(values.get(i))))
            .mapToObj(i -> parameters.get(i).name() + "=" + Quoting.write(values.get(i)))
            .collect(Collectors.joining(", "));
    return given.isEmpty() ? name : name + "(" + given + ")";
  }
}
