package dev.incipit.core.autograd;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Rebuild a computation upon other variables, without computing anything again. */
final class Replacement {

  private Replacement() {}

  static Variable in(Variable result, Map<Variable, Variable> replacements) {
    replacements.forEach(Replacement::requireSharedValue);
    IdentityHashMap<Variable, Variable> rebuilt = new IdentityHashMap<>();
    for (Variable variable : Graph.order(result)) {
      Variable replacement = replacements.get(variable);
      rebuilt.put(variable, replacement != null ? replacement : rebuild(variable, rebuilt));
    }
    return rebuilt.getOrDefault(result, result);
  }

  private static Variable rebuild(Variable variable, IdentityHashMap<Variable, Variable> rebuilt) {
    List<Variable> inputs =
        variable.inputs().stream().map(input -> rebuilt.getOrDefault(input, input)).toList();
    // Variables are equal when they are the same.
    return inputs.equals(variable.inputs()) ? variable : variable.withInputs(inputs);
  }

  private static void requireSharedValue(Variable old, Variable replacement) {
    if (old.value() != replacement.value()) {
      throw new IllegalArgumentException(
          "replacing: a variable and its replacement must share one tensor, but got "
              + old.shape()
              + " and another "
              + replacement.shape()
              + "; wrap the value of the first");
    }
  }
}
