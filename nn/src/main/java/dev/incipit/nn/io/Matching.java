package dev.incipit.nn.io;

import dev.incipit.core.autograd.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Finds for each parameter the tensor of its name, and the layout in which their shapes agree. */
final class Matching {

  private final Checkpoint asked;
  private final Safetensors source;
  private final SequencedMap<String, Parameter> parameters;
  private final Refusal refusal;

  Matching(
      Checkpoint asked,
      Safetensors source,
      SequencedMap<String, Parameter> parameters,
      Refusal refusal) {
    this.asked = asked;
    this.source = source;
    this.parameters = parameters;
    this.refusal = refusal;
  }

  LoadReport report() {
    List<TensorEntry> leftOver = new ArrayList<>();
    Map<String, TensorEntry> byParameter = byParameter(leftOver);
    Evidence evidence = new Evidence(refusal);
    parameters.forEach(
        (name, parameter) -> {
          TensorEntry entry = byParameter.get(name);
          if (entry != null) {
            evidence.add(entry.name(), entry.shape(), parameter.shape());
          }
        });
    Layout layout = evidence.layout(asked.layout(), source.metadata());
    List<LoadReport.Match> matched = new ArrayList<>();
    List<LoadReport.Absence> missing = new ArrayList<>();
    List<LoadReport.Match> wrongShape = new ArrayList<>();
    parameters.forEach(
        (name, parameter) -> {
          TensorEntry entry = byParameter.get(name);
          if (entry == null) {
            missing.add(new LoadReport.Absence(name, parameter.shape()));
          } else {
            boolean fits = layout.fits(entry.shape(), parameter.shape());
            (fits ? matched : wrongShape).add(new LoadReport.Match(name, parameter.shape(), entry));
          }
        });
    return new LoadReport(source.path(), layout, matched, missing, leftOver, wrongShape);
  }

  private Map<String, TensorEntry> byParameter(List<TensorEntry> leftOver) {
    List<TensorEntry> stored = List.copyOf(source.entries().values());
    Map<String, String> names = asked.names().rename(stored, List.copyOf(parameters.values()));
    Map<String, TensorEntry> result = new LinkedHashMap<>();
    for (TensorEntry entry : stored) {
      String target = names.getOrDefault(entry.name(), entry.name());
      if (!parameters.containsKey(target)) {
        leftOver.add(entry);
      } else if (result.putIfAbsent(target, entry) != null) {
        throw refusal.because(
            "each parameter must get one tensor",
            "two for " + Refusal.quote(target),
            "correct the names");
      }
    }
    return result;
  }
}
