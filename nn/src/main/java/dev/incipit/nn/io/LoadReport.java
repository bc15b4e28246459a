package dev.incipit.nn.io;

import dev.incipit.core.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What loading a model from a file did, and what it found to differ.
 *
 * @param file the file
 * @param layout the layout its matrices were read in, never automatic
 * @param matched parameters that were loaded
 * @param missing parameters the file has nothing for, left as they were
 * @param leftOver tensors of the file that no parameter takes
 * @param wrongShape parameters the file has numbers of another shape for, left as they were
 */
public record LoadReport(
    Path file,
    Layout layout,
    List<Match> matched,
    List<Absence> missing,
    List<TensorEntry> leftOver,
    List<Match> wrongShape) {

  /**
   * A parameter and the tensor of its name.
   *
   * @param parameter the parameter's name
   * @param shape the parameter's shape
   * @param stored the tensor in the file
   */
  public record Match(String parameter, Shape shape, TensorEntry stored) {

    /** Return both, as in {@code dense1.weight [784, 256] from fc1.weight F32 [256, 784]}. */
    @Override
    public String toString() {
      return parameter + " " + shape + " from " + text(stored);
    }
  }

  /**
   * A parameter that the file has nothing for.
   *
   * @param parameter its name
   * @param shape its shape
   */
  public record Absence(String parameter, Shape shape) {

    /** Return name and shape. */
    @Override
    public String toString() {
      return parameter + " " + shape;
    }
  }

  /** Keep unmodifiable copies of the lists. */
  public LoadReport {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    leftOver = List.copyOf(leftOver);
    wrongShape = List.copyOf(wrongShape);
  }

  /** Return whether every parameter was loaded, and nothing is left over. */
  public boolean isComplete() {
    return missing.isEmpty() && leftOver.isEmpty() && wrongShape.isEmpty();
  }

  /** Return a summary line, then a line for each tensor. */
  @Override
  public String toString() {
    int parameters = matched.size() + missing.size() + wrongShape.size();
    return Stream.of(
            Stream.of(
                "%d of %d parameters loaded from %s, layout %s"
                    .formatted(matched.size(), parameters, file, layout)),
            matched.stream().map(match -> "  loaded       " + match),
            wrongShape.stream().map(match -> "  wrong shape  " + match),
            missing.stream().map(parameter -> "  missing      " + parameter),
            leftOver.stream().map(entry -> "  left over    " + text(entry)))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }

  /** Return what differs, in one line. */
  String differences() {
    return Stream.of(
            list("missing in the file", missing.stream().map(Absence::toString).toList()),
            list("left over in the file", leftOver.stream().map(LoadReport::text).toList()),
            list("of wrong shape", wrongShape.stream().map(Match::toString).toList()))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String text(TensorEntry entry) {
    return Refusal.printable(entry.name()) + " " + entry;
  }

  private static String list(String what, List<String> texts) {
    int shown = 5;
    return texts.isEmpty()
        ? ""
        : texts.stream()
            .limit(shown)
            .collect(
                Collectors.joining(
                    ", ",
                    what + " (",
                    texts.size() > shown ? " and %d more)".formatted(texts.size() - shown) : ")"));
  }
}
