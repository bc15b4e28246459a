package dev.incipit.bench;

import dev.incipit.bench.suite.KernelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the rounds found for one benchmark with one set of parameters.
 *
 * @param benchmark simple name of its class
 * @param parameters its parameters, the kernels among them
 * @param nanos time of a call, a value for each round: the median of its iterations
 * @param bytes bytes allocated by a call, the median over the rounds
 */
public record Figure(
    String benchmark, Map<String, String> parameters, List<Double> nanos, double bytes) {

  /** Read one entry of JMH's results. */
  static Figure of(JsonNode entry) {
    String[] name = entry.required("benchmark").asString().split("\\.", -1);
    Map<String, String> parameters = new TreeMap<>();
    entry
        .path("params")
        .properties()
        .forEach(p -> parameters.put(p.getKey(), p.getValue().asString()));
    JsonNode bytes = entry.required("secondaryMetrics").path("gc.alloc.rate.norm").path("rawData");
    return new Figure(
        name[name.length - 2],
        parameters,
        medians(entry.required("primaryMetric").required("rawData")),
        bytes.isMissingNode() ? Double.NaN : median(medians(bytes)));
  }

  /** Return a parameter that must be there. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "results: %s must have a parameter %s, but has %s; measure anew"
              .formatted(benchmark, name, parameters));
    }
    return value;
  }

  String kernels() {
    return parameter("kernels");
  }

  boolean isScalar() {
    return KernelKind.isScalar(kernels());
  }

  int bits() {
    return KernelKind.bits(kernels());
  }

  /** Return whether this probe had the threads and the working set of another figure. */
  boolean limits(Figure other) {
    return parameter("threads", "1").equals(other.parameter("threads", "1"))
        && parameter("set", "").equals(other.parameter("set", ""));
  }

  private String parameter(String name, String otherwise) {
    return parameters.getOrDefault(name, otherwise);
  }

  /** Return the units of some work done in a nanosecond, a value for each round. */
  List<Double> rates(double work) {
    return nanos.stream().map(time -> work / time).toList();
  }

  private static List<Double> medians(JsonNode rounds) {
    List<Double> result = new ArrayList<>();
    for (JsonNode round : rounds) {
      List<Double> values = new ArrayList<>();
      round.forEach(value -> values.add(value.asDouble()));
      result.add(median(values));
    }
    return result;
  }

  /** Return the middle of some values, or the mean of the two in the middle. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }

  /** Return half the range of some values, in percent of their median. */
  public static double spread(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return 50 * (sorted[sorted.length - 1] - sorted[0]) / median(values);
  }

  /** Return the quotients round by round, of as many rounds as both have. */
  public static List<Double> ratios(List<Double> ours, List<Double> limits) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < Math.min(ours.size(), limits.size()); i++) {
      result.add(ours.get(i) / limits.get(i));
    }
    return result;
  }
}
