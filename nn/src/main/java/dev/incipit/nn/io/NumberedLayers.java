package dev.incipit.nn.io;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.nn.data.DataException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Pairs the numbered layers of a file with the layers of a model, in order. */
final class NumberedLayers {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private NumberedLayers() {}

  /** The tensors of one layer: the full name of each by what stands after its last point. */
  private record Group(String prefix, Map<String, String> names) {

    List<BigInteger> numbers() {
      return NUMBER.matcher(prefix).results().map(MatchResult::group).map(BigInteger::new).toList();
    }

    String pattern() {
      return NUMBER.matcher(prefix).replaceAll("#");
    }
  }

  static Map<String, String> rename(List<TensorEntry> file, List<Parameter> model) {
    List<Group> from =
        sorted(
            groups(
                file.stream()
                    .filter(entry -> entry.type().isReadable())
                    .map(TensorEntry::name)
                    .toList()));
    List<Group> to = groups(model.stream().map(Parameter::name).toList());
    if (from.size() != to.size()) {
      throw refuse(
          "file and model must have as many layers",
          "%d %s and %d %s".formatted(from.size(), prefixes(from), to.size(), prefixes(to)));
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      pair(from.get(i), to.get(i), names);
    }
    return names;
  }

  private static void pair(Group from, Group to, Map<String, String> names) {
    if (from.names.size() == 1 && to.names.size() == 1) {
      names.put(from.names.values().iterator().next(), to.names.values().iterator().next());
      return;
    }
    if (!from.names.keySet().equals(to.names.keySet())) {
      throw refuse(
          "layers must have the same tensors",
          "%s for %s".formatted(from.names.values(), to.names.values()));
    }
    from.names.forEach((suffix, name) -> names.put(name, to.names.getOrDefault(suffix, name)));
  }

  /** Group names by what stands before the last point, in the order of first appearance. */
  private static List<Group> groups(List<String> names) {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    for (String name : names) {
      int point = name.lastIndexOf('.');
      if (point < 0) {
        throw refuse("a name must have a layer and a point", Refusal.quote(name));
      }
      groups
          .computeIfAbsent(name.substring(0, point), prefix -> new TreeMap<>())
          .put(name.substring(point + 1), name);
    }
    List<Group> result = new ArrayList<>();
    groups.forEach((prefix, members) -> result.add(new Group(prefix, members)));
    return result;
  }

  /** Order layers by their numbers, which alone may tell them apart. */
  private static List<Group> sorted(List<Group> groups) {
    SortedMap<List<BigInteger>, Group> byNumber = new TreeMap<>(NumberedLayers::compare);
    for (Group group : groups) {
      boolean alike = group.pattern().equals(groups.getFirst().pattern());
      if (!alike || byNumber.put(group.numbers(), group) != null) {
        throw refuse("layers must differ by their numbers", prefixes(groups).toString());
      }
    }
    return List.copyOf(byNumber.values());
  }

  /** Compare as many numbers on both sides, the first that differ. */
  private static int compare(List<BigInteger> left, List<BigInteger> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<String> prefixes(List<Group> groups) {
    return groups.stream().map(Group::prefix).map(Refusal::quote).limit(20).toList();
  }

  private static DataException refuse(String rule, String got) {
    return new DataException(
        "rename by number: " + rule + ", but got " + got + "; give the names by Renaming.of(map)");
  }
}
