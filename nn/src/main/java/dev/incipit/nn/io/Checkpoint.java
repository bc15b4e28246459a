package dev.incipit.nn.io;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Layer;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The weights of a model in a safetensors file: saved, and loaded by name and shape.
 *
 * <pre>{@code
 * Checkpoint.save(net, Path.of("net.safetensors"));
 * Checkpoint.of(Path.of("net.safetensors")).load(net);
 *
 * // A file of PyTorch's nn.Sequential, with names 0.weight, 0.bias, 2.weight, ...
 * Checkpoint.of(file).withNames(Renaming.byNumber()).withLayout(Layout.PYTORCH).load(net);
 *
 * // All but a new head.
 * IO.println(Checkpoint.of(file).partial().load(net.withHead(head)));
 * }</pre>
 *
 * <p>A file holds the numbers of {@link Layer#allParameters}, frozen ones too; the model itself is
 * built by the program.
 *
 * @param file a safetensors file
 * @param names how its names become the model's
 * @param layout which axis of its matrices is which
 * @param strict whether every parameter and every tensor of the file must find its partner
 */
public record Checkpoint(Path file, Renaming names, Layout layout, boolean strict) {

  /** Return the strict way to load a file whose names are the model's, in automatic layout. */
  public static Checkpoint of(Path file) {
    return new Checkpoint(file, Renaming.none(), Layout.AUTOMATIC, true);
  }

  /** Return this with other names. */
  public Checkpoint withNames(Renaming names) {
    return new Checkpoint(file, names, layout, strict);
  }

  /** Return this with a layout. */
  public Checkpoint withLayout(Layout layout) {
    return new Checkpoint(file, names, layout, strict);
  }

  /**
   * Return this, made to load what matches by name and shape, leave the rest as it is, and report
   * it.
   */
  public Checkpoint partial() {
    return new Checkpoint(file, names, layout, false);
  }

  /**
   * Load a model's parameters, all of those that match or none.
   *
   * @param model the model; its numbers are overwritten, and left as they are when this fails
   * @return what was loaded and what differs
   * @throws DataException if the file breaks its format, strict loading finds a difference, partial
   *     loading finds nothing that matches, the layout is ambiguous, or a weight is not finite
   * @throws IOException if reading fails
   */
  public LoadReport load(Layer model) throws IOException {
    Refusal refusal = new Refusal("load " + file);
    SequencedMap<String, Parameter> parameters = parametersOf(model, refusal);
    try (Safetensors source = Safetensors.open(file)) {
      LoadReport report = new Matching(this, source, parameters, refusal).report();
      if (strict ? !report.isComplete() : report.matched().isEmpty()) {
        throw refusal.because(
            strict
                ? "file and model must have the same names and shapes"
                : "at least one tensor must match a parameter",
            report.differences() + " in layout " + report.layout(),
            strict ? "correct the names, or load with partial()" : "correct the names");
      }
      commit(source, report, parameters, refusal);
      return report;
    }
  }

  private void commit(
      Safetensors source,
      LoadReport report,
      SequencedMap<String, Parameter> parameters,
      Refusal refusal) {
    Map<Parameter, Tensor> read = new LinkedHashMap<>();
    for (LoadReport.Match match : report.matched()) {
      Parameter parameter = Objects.requireNonNull(parameters.get(match.parameter()));
      Tensor tensor = source.tensor(match.stored().name());
      Finite.require(refusal, match.stored().name(), tensor);
      boolean transposed = report.layout().transposes(parameter.shape());
      read.put(parameter, transposed ? tensor.transpose() : tensor);
    }
    // Only now, when nothing can fail any more.
    read.forEach((parameter, tensor) -> parameter.value().copyFrom(tensor));
  }

  /**
   * Save a model's parameters, frozen or not, in the order of its layers.
   *
   * <p>The metadata says {@code format: incipit}. The same weights give the same bytes. The file is
   * there whole or not at all: what was there before stays until the new one is complete.
   *
   * @param model the model
   * @param file where they go; folders are created
   * @throws DataException if a weight is not finite, or two parameters have one name
   * @throws IOException if writing fails
   */
  public static void save(Layer model, Path file) throws IOException {
    save(model, file, Map.of());
  }

  /**
   * Save a model's parameters as {@link #save(Layer, Path)} does, with free texts beside them.
   *
   * @param model the model
   * @param file where they go; folders are created
   * @param metadata texts by name, such as what the model was trained on
   * @throws DataException if a weight is not finite, or two parameters have one name
   * @throws IOException if writing fails
   */
  public static void save(Layer model, Path file, Map<String, String> metadata) throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    parametersOf(model, new Refusal("save " + file))
        .forEach((name, parameter) -> tensors.put(name, parameter.value()));
    Map<String, String> texts = new TreeMap<>(metadata);
    texts.put(Layout.FORMAT, Layout.FORMAT_OURS);
    Safetensors.write(file, tensors, texts);
  }

  /** Return the parameters by name, in order. */
  private static SequencedMap<String, Parameter> parametersOf(Layer model, Refusal refusal) {
    SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
    for (Parameter parameter : model.allParameters()) {
      if (parameters.putIfAbsent(parameter.name(), parameter) != null) {
        throw refusal.because(
            "each parameter must have a name of its own",
            "two named " + Refusal.quote(parameter.name()),
            "create the layers with different names");
      }
    }
    return parameters;
  }
}
