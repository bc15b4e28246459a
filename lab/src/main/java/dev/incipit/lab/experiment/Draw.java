package dev.incipit.lab.experiment;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.CustomInitializer;
import dev.incipit.init.Identity;
import dev.incipit.init.Initializer;
import dev.incipit.init.Theory;

/**
 * A weight tensor, and what it was drawn from.
 *
 * @param initializer what drew it
 * @param seed the seed of the key it was drawn with
 * @param weights the numbers
 */
public record Draw(Initializer initializer, long seed, Tensor weights) {

  /** Bytes that drawing, sorting and testing a weight take at most. */
  private static final long BYTES = 32;

  /**
   * Draw weights with the key {@code RandomKey.of(seed)}.
   *
   * @throws IllegalArgumentException if there are none, they do not fit the memory, or the
   *     initializer refuses the shape
   */
  public static Draw of(Initializer initializer, Shape shape, long seed) {
    long most = Runtime.getRuntime().maxMemory();
    if (shape.size() == 0 || BYTES * shape.size() > most) {
      throw new IllegalArgumentException(
          "init: shape must have weights, and %d bytes of memory for each, but got %s and %d MB"
                  .formatted(BYTES, shape, most >> 20)
              + "; choose another, or give more memory with INCIPIT_JAVA_OPTS=-Xmx8g");
    }
    return new Draw(initializer, seed, initializer.initialize(shape, RandomKey.of(seed)));
  }

  /** Return the shape of the weights. */
  public Shape shape() {
    return weights.shape();
  }

  /** State what the weights should be like. */
  public Theory theory() {
    return initializer.theory(shape());
  }

  /** Tell whether another seed is known to give other weights. */
  boolean isRandom() {
    return hasForm() && !(initializer instanceof CustomInitializer);
  }

  /**
   * Tell whether a histogram shows more than a number or two: constants and identities have no
   * form.
   */
  public boolean hasForm() {
    return !(initializer instanceof Constant || initializer instanceof Identity);
  }
}
