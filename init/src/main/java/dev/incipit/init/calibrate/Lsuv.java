package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Orthogonal;
import dev.incipit.init.text.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Layer-sequential unit variance: orthogonal weights, then each layer scaled until what it puts out
 * has variance 1 on a batch.
 *
 * <p>First, every layer's weights are drawn from {@link Orthogonal} and its biases set to 0. Then,
 * from the first layer to the last, {@code W /= sqrt(Var(y))} until {@code |Var(y) - 1| < tol},
 * where y is the layer's output over all rows and units together. As y is linear in W, one try
 * nearly always does.
 *
 * <p><em>Output</em> is {@code x W + b}, before the nonlinearity. The paper's algorithm names the
 * output of "a convolution or fully-connected layer", in which activations are layers of their own;
 * the authors' program takes the variance there too. So a network of relu and one of tanh layers
 * end with preactivations of variance 1 alike, and what each nonlinearity takes away is made good
 * by the next layer's weights. Biases of 0 and the scalar correction of the mean are those of the
 * authors' program as well.
 *
 * @param tol how far the variance may stay from 1; 0.1 is the authors'
 * @param maxTries how often a layer may be scaled; 10 is the authors'
 * @param meanFix whether to move the biases too, all of a layer by one number, until the mean of y
 *     is within {@code tol} of 0
 * @see <a href="https://arxiv.org/abs/1511.06422">Mishkin and Matas 2016, All you need is a good
 *     init</a>
 */
public record Lsuv(double tol, int maxTries, boolean meanFix) implements Calibration {

  private static final String NAME = "lsuv";

  /**
   * What was done.
   *
   * @param layers layer by layer, first to last
   */
  public record Report(List<Layer> layers) implements Calibration.Report {

    /** Keep an unmodifiable copy. */
    public Report {
      layers = List.copyOf(layers);
    }

    /** Return a table with a row for each layer. */
    @Override
    public String toString() {
      StringBuilder table = new StringBuilder(row("lsuv", "tries", "variance", "after", "mean"));
      for (Layer layer : layers) {
        table
            .append('\n')
            .append(
                row(
                    layer.name,
                    Integer.toString(layer.tries),
                    number(layer.before.variance()),
                    number(layer.after.variance()),
                    number(layer.after.mean())));
      }
      return table.toString();
    }

    private static String row(String name, String tries, String before, String after, String mean) {
      return String.format(
          Locale.ROOT, "%-20s %5s %11s %11s %11s", name, tries, before, after, mean);
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
  }

  /**
   * What was done to a layer.
   *
   * @param name name of its weights
   * @param tries how often they were scaled
   * @param before moments of its output with orthogonal weights
   * @param after moments of its output in the end
   */
  public record Layer(String name, int tries, Moments before, Moments after) {}

  /**
   * Create the method.
   *
   * @throws IllegalArgumentException if {@code tol} is not in (0, 1] or {@code maxTries} below 1
   */
  public Lsuv {
    tol = Methods.tolerance(NAME, tol, 1);
    maxTries = Methods.count(NAME, "max-tries", maxTries);
  }

  /** Return the method as its authors used it: tolerance 0.1, at most 10 tries, means left. */
  public static Lsuv of() {
    return new Lsuv(0.1, 10, false);
  }

  /**
   * Draw and scale the weights, and set the biases.
   *
   * @param key source of the orthogonal matrices: that of weights named n is drawn from {@code
   *     key.split(n)}, so adding a layer leaves the matrices of the others
   */
  @Override
  public Report apply(Stage model, Tensor batch, RandomKey key) {
    return Walk.guarded(NAME, model, batch, walk -> run(walk, batch, key));
  }

  private Report run(Walk walk, Tensor batch, RandomKey key) {
    List<Layer> layers = new ArrayList<>();
    Map<String, Integer> drawn = new HashMap<>();
    Variable x = Variable.constant(batch);
    for (Stage stage : walk.stages()) {
      if (stage instanceof Weighted layer) {
        String name = layer.weight().name();
        int before = drawn.merge(name, 1, Integer::sum) - 1;
        RandomKey own = key.split(name);
        // Nothing forbids two layers of one name; they must not get one matrix.
        Orthogonal.of().fill(layer.weight().value(), before == 0 ? own : own.split(before));
        layer.bias().value().fill(0f);
        layers.add(scale(walk, layer, x));
      }
      // Only the numbers go on: no graph is wanted.
      x = Variable.constant(stage.forward(x).value());
    }
    return new Report(layers);
  }

  private Layer scale(Walk walk, Weighted layer, Variable x) {
    Moments before = Moments.of(layer.preactivation(x).value());
    Moments now = before;
    int tries = 0;
    while (!reached(now)) {
      double variance = now.variance();
      if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
        throw walk.dead(layer, "the variance of a layer's output", variance);
      }
      if (tries == maxTries) {
        throw new IllegalArgumentException(
            "lsuv: the variance must come within %s of 1 in %d tries, but got %s%s in %s; %s"
                .formatted(
                    Numbers.text(tol),
                    maxTries,
                    variance,
                    meanFix ? " around mean " + now.mean() : "",
                    layer.weight().name(),
                    "is its output linear in its weights, and the same each time?"));
      }
      Walk.scale(layer.weight().value(), 1 / now.deviation());
      if (meanFix) {
        shift(layer.bias().value(), now);
      }
      tries++;
      now = Moments.of(layer.preactivation(x).value());
    }
    return new Layer(layer.weight().name(), tries, before, now);
  }

  private boolean reached(Moments y) {
    return Math.abs(y.variance() - 1) < tol && (!meanFix || Math.abs(y.mean()) < tol);
  }

  private static void shift(Tensor bias, Moments y) {
    float[] array = bias.array();
    for (int i = bias.offset(); i < bias.offset() + bias.size(); i++) {
      array[i] = (float) ((array[i] - y.mean()) / y.deviation());
    }
  }

  /** Return {@code lsuv(tol=0.1, max-tries=10)}, with {@code mean-fix=true} where it is. */
  @Override
  public String toString() {
    return "lsuv(tol=%s, max-tries=%d%s)"
        .formatted(Numbers.text(tol), maxTries, meanFix ? ", mean-fix=true" : "");
  }
}
