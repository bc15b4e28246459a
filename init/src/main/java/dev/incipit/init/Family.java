package dev.incipit.init;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

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

    static Parameter required(String name) {
      return new Parameter(name, Optional.empty());
    }

    static Parameter optional(String name, String fallback) {
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
}
