package dev.incipit.nn.io;

import dev.incipit.core.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which axis of a stored weight matrix is which.
 *
 * <p>A dense layer here computes {@code y = x W + b} with W [in, out]. PyTorch's {@code nn.Linear}
 * stores [out, in], so its matrices are transposed on the way in. Only matrices have a layout.
 */
public enum Layout {
  /** Matrices are [in, out]. */
  OURS,
  /** Matrices are [out, in]. */
  PYTORCH,
  /**
   * As the shapes show: one layout for all matrices of a file, found by those that are not square.
   *
   * <p>Where all are square, the file's metadata decides, if it has {@code format} with {@code
   * incipit} or {@code pt}; else loading fails and asks for a layout.
   */
  AUTOMATIC;

  /** The name under which the metadata of a file says who wrote it. */
  static final String FORMAT = "format";

  /** What stands under {@link #FORMAT} in files of this library. */
  static final String FORMAT_OURS = "incipit";

  private static final String FORMAT_PYTORCH = "pt";

  /** Return the layout of a file of unknown shapes from what its metadata says. */
  static Optional<Layout> ofFormat(String format) {
    return switch (format) {
      case FORMAT_OURS -> Optional.of(OURS);
      case FORMAT_PYTORCH -> Optional.of(PYTORCH);
      default -> Optional.empty();
    };
  }

  /** Tell whether stored numbers of a shape fit a parameter, in this layout, not automatic. */
  boolean fits(List<Long> stored, Shape parameter) {
    List<Long> expected = IntStream.of(parameter.extents()).mapToObj(Long::valueOf).toList();
    return stored.equals(transposes(parameter) ? expected.reversed() : expected);
  }

  /** Tell whether stored numbers of a parameter's size must be transposed. */
  boolean transposes(Shape parameter) {
    return this == PYTORCH && parameter.rank() == 2;
  }

  /** Return the name as texts have it, such as {@code pytorch}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
