package dev.incipit.init;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.theory.Nonlinearity;
import java.util.List;

/**
 * A way to draw a weight tensor, with the theory of what it draws.
 *
 * <p>Initializers are values. Element i of what one draws depends on the initializer, the shape,
 * the key and i alone, and independent draws, such as {@link VarianceScaling}'s, need of the shape
 * the fan only; so layers of equal shape need different keys, which {@link RandomKey#split} gives.
 *
 * <pre>{@code
 * RandomKey key = RandomKey.of(42);
 * Tensor w = He.normal().initialize(Shape.of(784, 256), key.split("dense1"));
 * Initializer same = Initializer.parse("he-normal");
 * }</pre>
 *
 * <p>The permitted records are the library's own families; for another, implement {@link
 * CustomInitializer}.
 */
public sealed interface Initializer
    permits Constant,
        CustomInitializer,
        Identity,
        NguyenWidrow,
        Normal,
        Orthogonal,
        Sparse,
        TruncatedNormal,
        Uniform,
        VarianceScaling {

  /**
   * Overwrite a tensor's numbers, which may be a view on a larger one.
   *
   * @param out tensor to fill, with weights [..., fanIn, fanOut]
   * @param key source of randomness: same key, same bits
   * @throws IllegalArgumentException if this initializer needs a fan and the rank is below 2
   */
  void fill(Tensor out, RandomKey key);

  /**
   * Draw a new tensor.
   *
   * @param shape its shape, of weights [..., fanIn, fanOut]
   * @param key source of randomness: same key, same bits
   * @return a new tensor of that shape
   * @throws IllegalArgumentException if this initializer needs a fan and the rank is below 2
   */
  default Tensor initialize(Shape shape, RandomKey key) {
    Tensor result = Tensor.zeros(shape);
    fill(result, key);
    return result;
  }

  /**
   * State how a single weight is distributed.
   *
   * @param shape shape of the tensor it belongs to, [..., fanIn, fanOut]
   * @return the distribution in exact numbers; what is drawn is rounded to float
   * @throws IllegalArgumentException if this initializer needs a fan and the rank is below 2
   */
  Theory theory(Shape shape);

  /**
   * Make an initializer from its text.
   *
   * <p>The text is a name of the {@link #catalogue}, followed by parameters in round brackets where
   * some are given: by name, or by place before the first that is named. {@code he-normal}, {@code
   * he-normal(slope=0.1)} and {@code normal(0, 0.01)} are examples. Blanks do not count. A value
   * with commas, brackets, equals signs, quotes or outer blanks stands in double quotes, and quotes
   * inside it are doubled.
   *
   * @param text the text, such as {@link #toString} of a family of the library prints
   * @return an initializer equal to the one that printed the text
   * @throws IllegalArgumentException if the name or a parameter is unknown, missing, given twice,
   *     not a finite number, or out of range
   */
  static Initializer parse(String text) {
    return Catalogue.parse(text);
  }

  /**
   * Recommend an initializer for the weights before an activation.
   *
   * <p>{@link Xavier} for tanh and sigmoid, {@link He} for relu and leaky relu with its slope,
   * {@link LeCun} for selu, all in their normal form. For any other function the variance is {@code
   * gain^2 / fanIn}, with the gain that keeps the mean square of a normal signal, {@link Gain#of},
   * its square rounded to seven digits. {@link Recommendation} says why.
   *
   * @param f the activation
   * @return the initializer
   * @throws IllegalArgumentException if the gain of a function cannot be computed
   */
  static Initializer recommendedFor(Nonlinearity f) {
    return Recommendation.of(f).initializer();
  }

  /**
   * Return every family that {@link #parse} knows, with formula and source: the library's own, and
   * those that a {@link FamilyProvider} brings.
   */
  static List<Family> catalogue() {
    return Catalogue.families();
  }

  /** Return the text from which {@link #parse} makes an equal initializer. */
  @Override
  String toString();
}
