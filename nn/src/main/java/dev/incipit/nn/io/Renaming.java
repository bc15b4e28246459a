package dev.incipit.nn.io;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.nn.data.DataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** How the names in a file become the names of a model's parameters. */
@FunctionalInterface
public interface Renaming {

  /**
   * Name the parameters that a file's tensors are for.
   *
   * @param file the file's tensors, in the order of their bytes
   * @param model the model's parameters, in the order of its layers
   * @return for each tensor's name that of a parameter; tensors left out keep their names
   * @throws IllegalArgumentException if the names do not fit
   */
  Map<String, String> rename(List<TensorEntry> file, List<Parameter> model);

  /** Return the renaming for files whose names are the model's. */
  static Renaming none() {
    return (file, model) -> Map.of();
  }

  /**
   * Return a renaming by a list.
   *
   * @param names from names in the file to names in the model; others keep theirs
   */
  static Renaming of(Map<String, String> names) {
    Map<String, String> copy = Map.copyOf(names);
    return (file, model) -> {
      Set<String> stored = file.stream().map(TensorEntry::name).collect(Collectors.toSet());
      Set<String> known = model.stream().map(Parameter::name).collect(Collectors.toSet());
      copy.forEach(
          (from, to) -> {
            if (!stored.contains(from) || !known.contains(to)) {
              throw new DataException(
                  "rename: names must lead from the file to the model, but got %s to %s; %s has none"
                      .formatted(
                          Refusal.quote(from),
                          Refusal.quote(to),
                          stored.contains(from) ? "the model" : "the file"));
            }
          });
      return copy;
    };
  }

  /**
   * Return a renaming by a function.
   *
   * <pre>{@code
   * Renaming.of(name -> name.replace("fc", "dense"))
   * }</pre>
   *
   * @param name from a name in the file to the name in the model
   */
  static Renaming of(UnaryOperator<String> name) {
    return (file, model) -> {
      Map<String, String> names = new HashMap<>();
      file.forEach(entry -> names.put(entry.name(), name.apply(entry.name())));
      return names;
    };
  }

  /**
   * Return a renaming of numbered layers: the file's first to the model's first, and so on.
   *
   * <p>It serves names such as {@code 0.weight, 0.bias, 2.weight, 2.bias} or {@code fc1.weight,
   * fc2.weight, ...}: what stands before the last point must be equal but for its numbers, by which
   * the layers are ordered, and there must be as many as the model has, each with as many tensors.
   * Within a layer names must be the model's ({@code weight}, {@code bias}), or there must be one.
   */
  static Renaming byNumber() {
    return NumberedLayers::rename;
  }
}
