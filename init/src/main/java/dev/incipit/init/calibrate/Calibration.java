package dev.incipit.init.calibrate;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Family;
import java.util.List;

/**
 * A way to scale a network's weights by what a batch of training data does in it.
 *
 * <p>Where an initializer derives a variance from a shape, under assumptions about the data and the
 * activation, a calibration measures. It works for activations that nobody derived a gain for, and
 * for any mixture of layers: it walks through the model's {@linkplain Stage#stages() stages},
 * networks inside networks included, and changes those that are {@link Weighted}.
 *
 * <pre>{@code
 * Calibration.Report report = Lsuv.of().apply(net, batch, key.split("lsuv"));
 * Calibration same = Calibration.parse("lsuv(tol=0.1, max-tries=10)");
 * }</pre>
 *
 * <p>Give it a batch as the first step of training will see it, standardized, of a hundred rows or
 * more: with few rows it fits the weights to chance. A calibration that fails leaves the model as
 * it was, in every bit.
 */
public sealed interface Calibration permits BetweenLayer, Lsuv, WithinLayer {

  /**
   * What a calibration did, layer by layer.
   *
   * <p>{@code toString} is a table for people.
   */
  sealed interface Report permits BetweenLayer.Report, Lsuv.Report, WithinLayer.Report {

    @Override
    String toString();
  }

  /**
   * Change the weights and biases of a model.
   *
   * @param model a network; its {@link Weighted} stages are changed in place
   * @param batch training data [rows, in], of two rows at least; as many as memory allows is better
   * @param key source of randomness, where the method draws: same key, same bits
   * @return what was done
   * @throws IllegalArgumentException if the batch is too small, not finite or of the wrong shape,
   *     the model has no weights or one layer twice, a layer is dead on this batch, or the method
   *     does not reach its aim; the model is then as it was
   */
  Report apply(Stage model, Tensor batch, RandomKey key);

  /**
   * Make a calibration from its text, as {@link dev.incipit.init.Initializer#parse} does for
   * initializers.
   *
   * @param text a name of the {@link #catalogue}, with parameters in brackets where some are given
   * @return a calibration equal to the one that printed the text
   * @throws IllegalArgumentException if the name or a parameter is unknown, missing, given twice,
   *     or out of range
   */
  static Calibration parse(String text) {
    return Methods.NAMES.parse(text);
  }

  /** Return every method that {@link #parse} knows, with formula and source. */
  static List<Family> catalogue() {
    return Methods.FAMILIES;
  }

  /** Return the text from which {@link #parse} makes an equal calibration. */
  @Override
  String toString();
}
