package dev.incipit.nn.io;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.CustomInitializer;
import dev.incipit.init.Theory;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Weights from a safetensors file, wherever an initializer is wanted.
 *
 * <pre>{@code
 * Initializer loaded = Initializer.parse("pretrained(file=net.safetensors, name=dense1.weight)");
 * }</pre>
 *
 * <p>The file is read once, when the initializer is made. Nothing is random: the key does not
 * count, and the {@link #theory} is what the numbers are, their moments and their range. Two are
 * equal when file, name, layout and numbers are. To load whole models see {@link Checkpoint}.
 */
public final class Pretrained implements CustomInitializer {

  private final Path file;
  private final String name;
  private final Layout layout;
  private final Tensor numbers;
  private final Map<String, String> metadata;
  private final Moments moments;

  private Pretrained(
      Path file, String name, Layout layout, Tensor numbers, Map<String, String> metadata) {
    this.file = file;
    this.name = name;
    this.layout = layout;
    this.numbers = numbers;
    this.metadata = metadata;
    this.moments = Moments.of(numbers);
  }

  /**
   * Read a tensor, in automatic layout.
   *
   * @param file a safetensors file
   * @param name the tensor's name
   * @return the initializer
   * @throws DataException if the file cannot be read, breaks its format, or has no tensor of that
   *     name that can be read as finite floats
   */
  public static Pretrained of(Path file, String name) {
    return of(file, name, Layout.AUTOMATIC);
  }

  /**
   * Read a tensor.
   *
   * @param file a safetensors file
   * @param name the tensor's name
   * @param layout which axis of a stored matrix is which
   * @return the initializer
   * @throws DataException if the file cannot be read, breaks its format, or has no tensor of that
   *     name that can be read as finite floats
   */
  public static Pretrained of(Path file, String name, Layout layout) {
    try (Safetensors source = Safetensors.open(file)) {
      Tensor numbers = source.tensor(name);
      Finite.require(new Refusal("pretrained " + file), name, numbers);
      return new Pretrained(file, name, layout, numbers, source.metadata());
    } catch (IOException e) {
      throw new DataException(
          "pretrained: the file must be readable, but got %s (%s); check its permissions"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Overwrite a tensor with the loaded numbers, transposed where the layout asks for it.
   *
   * @param out tensor of the loaded one's shape
   * @param key of no effect
   * @throws ShapeMismatchException if the shapes differ
   * @throws DataException if a square matrix is to be filled whose layout nothing tells
   */
  @Override
  public void fill(Tensor out, RandomKey key) {
    Layout found = layoutFor(out.shape());
    out.copyFrom(found.transposes(out.shape()) ? numbers.transpose() : numbers);
  }

  /** State mean, variance, range and kurtosis of the loaded numbers. */
  @Override
  public Theory theory(Shape shape) {
    Layout _ = layoutFor(shape);
    double kurtosis = moments.excessKurtosis();
    return new Theory.Moments(
        moments.mean(),
        moments.variance(),
        moments.min(),
        moments.max(),
        Double.isNaN(kurtosis) ? OptionalDouble.empty() : OptionalDouble.of(kurtosis));
  }

  private Layout layoutFor(Shape shape) {
    List<Long> stored = stored();
    Evidence evidence = new Evidence(new Refusal("pretrained " + file));
    evidence.add(name, stored, shape);
    Layout found = evidence.layout(layout, metadata);
    if (!found.fits(stored, shape)) {
      throw new ShapeMismatchException(
          "pretrained: weights and stored numbers must have one shape, but got %s and %s %s of %s in layout %s; %s"
              .formatted(shape, Refusal.quote(name), stored, file, found, remedy(stored, shape)));
    }
    return found;
  }

  private static String remedy(List<Long> stored, Shape shape) {
    return Layout.PYTORCH.fits(stored, shape)
        ? "choose layout pytorch"
        : "choose the tensor of that layer, or change the layer's size";
  }

  private List<Long> stored() {
    return IntStream.of(numbers.shape().extents()).mapToObj(Long::valueOf).toList();
  }

  /** Return whether the other reads the same file, name and layout, and found the same numbers. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Pretrained that
        && file.equals(that.file)
        && name.equals(that.name)
        && layout == that.layout
        && metadata.equals(that.metadata)
        && numbers.bitEquals(that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * file.hashCode() + name.hashCode();
  }

  /** Return the like of {@code pretrained(file=net.safetensors, name=dense1.weight)}. */
  @Override
  public String toString() {
    return PretrainedFamily.FAMILY.text(List.of(file.toString(), name, layout.toString()));
  }
}
