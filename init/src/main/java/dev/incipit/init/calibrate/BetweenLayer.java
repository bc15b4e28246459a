package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Graph;
import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Between-layer normalization: let all layers learn at one rate, in parts of their weights.
 *
 * <p>A layer's ratio is {@code C = rms(dl/dW) / rms(W)}: a step of gradient descent changes its
 * weights by a share in proportion to it. In each round every layer's weights are multiplied by
 *
 * <pre>s = (C / C')^(damping / 2),   C' the geometric mean of all layers' ratios,</pre>
 *
 * which lets a ratio fall where it is too large, for a weight scaled by s has a gradient scaled by
 * 1/s as long as the network computes the same. And it does: the factors multiply to 1, so what one
 * layer adds in scale the next ones undo, and biases are multiplied by the scale that has piled up
 * before and in their layer. That is exact where every nonlinearity is homogeneous, {@code f(t x) =
 * t f(x)} for positive t, as relu, leaky relu, prelu and linear are: the network's function stays
 * as it was up to rounding, and a round takes away the share {@code damping} of each layer's
 * distance from the mean, in logarithms. For tanh and others it is an approximation; the outputs
 * change, and rounds go on with the ratios as they then are.
 *
 * <p>The loss is the paper's: a random linear one, {@code l = sum(eta y)}, eta ~ N(0, 1) for each
 * number y of the network's output, the same in all rounds. So no targets are needed. Loops end
 * when every ratio is within {@code tol} of the mean.
 *
 * @param damping the share of the way to go in a round, in (0, 1]; 0.25 is the paper's
 * @param tol how far {@code |ln(C / C')|} may stay from 0
 * @param maxRounds how many rounds may be made
 * @see <a href="https://arxiv.org/abs/1511.06856">Krahenbuhl et al. 2016, Data-dependent
 *     initializations of convolutional neural networks</a>
 */
public record BetweenLayer(double damping, double tol, int maxRounds) implements Calibration {

  private static final String NAME = "between-layer";

  /**
   * What was done.
   *
   * @param rounds how many rounds were made
   * @param layers layer by layer, first to last
   */
  public record Report(int rounds, List<Layer> layers) implements Calibration.Report {

    /** Keep an unmodifiable copy. */
    public Report {
      layers = List.copyOf(layers);
    }

    /** Return a table with a row for each layer. */
    @Override
    public String toString() {
      StringBuilder table =
          new StringBuilder(
              String.format(Locale.ROOT, "%-20s %11s %11s %11s", NAME, "ratio", "after", "factor"));
      for (Layer layer : layers) {
        table.append(
            String.format(
                Locale.ROOT,
                "%n%-20s %11.4g %11.4g %11.4g",
                layer.name,
                layer.before,
                layer.after,
                layer.factor));
      }
      return table.append("\nrounds: ").append(rounds).toString();
    }
  }

  /**
   * What was done to a layer.
   *
   * @param name name of its weights
   * @param before its ratio of gradient to weight before
   * @param after its ratio after
   * @param factor what its weights were multiplied by
   */
  public record Layer(String name, double before, double after, double factor) {}

  /**
   * Create the method.
   *
   * @throws IllegalArgumentException if {@code damping} is not in (0, 1], {@code tol} not in (0,
   *     1], or {@code maxRounds} below 1
   */
  public BetweenLayer {
    if (!(damping > 0 && damping <= 1)) {
      throw new IllegalArgumentException(
          "between-layer: damping must be positive and at most 1, but got "
              + damping
              + "; 0.25 is customary");
    }
    tol = Methods.tolerance(NAME, tol, 1);
    maxRounds = Methods.count(NAME, "max-rounds", maxRounds);
  }

  /** Return the method with the paper's damping of 0.25, to 1 % in at most 200 rounds. */
  public static BetweenLayer of() {
    return new BetweenLayer(0.25, 0.01, 200);
  }

  /**
   * Scale weights and biases.
   *
   * @param key source of the random loss
   */
  @Override
  public Report apply(Stage model, Tensor batch, RandomKey key) {
    return Walk.guarded(NAME, model, batch, walk -> run(walk, batch, key));
  }

  private Report run(Walk walk, Tensor batch, RandomKey key) {
    Variable y = Variable.constant(batch);
    for (Stage stage : walk.stages()) {
      y = stage.forward(y);
    }
    Tensor eta = Tensor.zeros(y.shape());
    key.fillNormal(eta, 0f, 1f);
    Graph loss = Graph.of(y.mul(Variable.constant(eta)).sum());
    // Gradients belong to training: it finds them as they were.
    Stream<Parameter> weights = walk.weighted().stream().map(Weighted::weight);
    Walk.Snapshot gradients =
        Walk.Snapshot.of(
            Stream.concat(loss.parameters().stream(), weights)
                .distinct()
                .map(Parameter::gradient)
                .toList());
    try {
      return equalize(walk, loss);
    } finally {
      gradients.restore();
    }
  }

  private Report equalize(Walk walk, Graph loss) {
    List<Weighted> layers = walk.weighted();
    List<Tensor> weights = layers.stream().map(layer -> layer.weight().value().copy()).toList();
    List<Tensor> biases = layers.stream().map(layer -> layer.bias().value().copy()).toList();
    double[] factors = new double[layers.size()];
    Arrays.fill(factors, 1);
    double[] before = ratios(walk, loss);
    double[] now = before;
    double mean = geometricMean(now);
    int rounds = 0;
    while (furthest(now, mean) >= tol) {
      if (rounds == maxRounds) {
        throw new IllegalArgumentException(
            "between-layer: ratios must come within %s of each other in %d rounds, but are still"
                    .formatted(Numbers.text(tol), maxRounds)
                + " off by exp(%s); allow more rounds, or use relu layers, for which they do"
                    .formatted(furthest(now, mean)));
      }
      double scale = 1;
      for (int k = 0; k < factors.length; k++) {
        factors[k] *= StrictMath.pow(now[k] / mean, damping / 2);
        scale *= factors[k];
        set(layers.get(k).weight().value(), weights.get(k), factors[k]);
        set(layers.get(k).bias().value(), biases.get(k), scale);
      }
      rounds++;
      loss.forward();
      now = ratios(walk, loss);
      mean = geometricMean(now);
    }
    List<Layer> rows = new ArrayList<>();
    for (int k = 0; k < factors.length; k++) {
      rows.add(new Layer(layers.get(k).weight().name(), before[k], now[k], factors[k]));
    }
    return new Report(rounds, rows);
  }

  /** Write a multiple of a tensor into another: from the original each time, to round once. */
  private static void set(Tensor x, Tensor original, double factor) {
    x.copyFrom(original);
    Walk.scale(x, factor);
  }

  private static double[] ratios(Walk walk, Graph loss) {
    // A layer that has no part in the output keeps this gradient, and is found dead.
    walk.weighted().forEach(layer -> layer.weight().gradient().fill(0f));
    loss.backward();
    double[] ratios = new double[walk.weighted().size()];
    for (int k = 0; k < ratios.length; k++) {
      Parameter weight = walk.weighted().get(k).weight();
      double gradient = Moments.of(weight.gradient()).meanSquare();
      ratios[k] = Math.sqrt(gradient / Moments.of(weight.value()).meanSquare());
      if (!(ratios[k] > 0 && ratios[k] < Double.POSITIVE_INFINITY)) {
        throw walk.dead(
            walk.weighted().get(k), "the ratio of a layer's gradient to its weights", ratios[k]);
      }
    }
    return ratios;
  }

  private static double geometricMean(double[] ratios) {
    double sum = 0;
    for (double ratio : ratios) {
      sum += StrictMath.log(ratio);
    }
    return StrictMath.exp(sum / ratios.length);
  }

  private static double furthest(double[] ratios, double mean) {
    double furthest = 0;
    for (double ratio : ratios) {
      furthest = Math.max(furthest, Math.abs(StrictMath.log(ratio / mean)));
    }
    return furthest;
  }

  /** Return the like of {@code between-layer(damping=0.25)}, or the name alone. */
  @Override
  public String toString() {
    return equals(of())
        ? NAME
        : "between-layer(damping=%s, tol=%s, max-rounds=%d)"
            .formatted(Numbers.text(damping), Numbers.text(tol), maxRounds);
  }
}
