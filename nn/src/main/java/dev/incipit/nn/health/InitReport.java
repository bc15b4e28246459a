package dev.incipit.nn.health;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Layer;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.loss.Loss;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a network is fit to learn: what a batch does on its way through the layers and back.
 *
 * <pre>{@code
 * InitReport report = InitReport.of(net, batch.x());
 * IO.println(report);   // a table, and what is wrong in sentences
 * }</pre>
 *
 * <p><em>The verdict.</em> Signals and gradients are sick when their mean square changes by more
 * than a factor of 1,000 over the whole depth, and by more than 1.28 a layer (the deviation by
 * 1.13): tanh under Xavier fades more slowly than that, by a law of powers. And it must not be
 * chance. The draw of a deep and narrow network strays far from the mean ({@link
 * dev.incipit.init.theory.DrawNoise}: 30 relu layers of width 100 by a factor of e^1.2 in the mean
 * square). So either theory with these very weights must predict such a change too, which no draw
 * noise enters, or the measured change must lie more than 4.5 deviations of that noise away from
 * what theory predicts. Where a layer's function is not known there is no theory; then the change
 * is compared with the noise of relu layers.
 *
 * <p><em>Dead</em> is a unit with one output for all rows of the batch. In a deep relu network
 * inputs become alike, so nearly half of the units may be off for all rows; an alarm needs more
 * than half and 4.5 deviations of that count.
 *
 * <p><em>Saturated</em> is an output within 5 % of the range of a bounded activation from an end of
 * it: |tanh| above 0.9, a sigmoid below 0.05 or above 0.95, where the slope is below a fifth of its
 * largest. It is Glorot and Bengio's notion of units driven to the asymptotes, made a number as
 * Rakitianskaia and Engelbrecht do, by the outer share of the range; an alarm needs half of a
 * layer's outputs. <em>Linear</em> is a bounded activation whose outputs are a straight line (R^2
 * above 0.999) because its mean square input is less than a tenth of that under the {@linkplain
 * dev.incipit.init.Initializer#recommendedFor recommended} initializer.
 *
 * <p>The model is left as it is, gradients included; frozen layers are examined like others.
 *
 * @param layers what was measured, layer by layer
 * @param findings what is wrong, the worst first; empty for a healthy network
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</a>
 * @see <a href="https://doi.org/10.1109/SSCI.2015.202">Rakitianskaia and Engelbrecht 2015,
 *     Measuring saturation in neural networks</a>
 */
public record InitReport(List<Row> layers, List<Finding> findings) {

  private static final int LEAST_ROWS = 2;

  /** Where the random gradients come from: the same numbers for each network. */
  private static final RandomKey PROBE = RandomKey.of(0).split("health");

  /**
   * What was measured at a layer: the weights, and all that follows up to the next.
   *
   * @param name name of its weights
   * @param units how many numbers it puts out
   * @param function its function, {@code other} where it is not one of a single number
   * @param preactivation root mean square of {@code x W + b}
   * @param expected what theory expects of that, NaN where there is none
   * @param noise deviation over draws of the preactivation's logarithm, NaN where unknown
   * @param activation deviation of its outputs over rows and units
   * @param signal mean over rows of the outputs' {@code |h|^2}
   * @param gradient deviation of the gradient with respect to its outputs
   * @param dead share of units with one output for all rows
   * @param saturated share of outputs near an end of a bounded function's range
   */
  public record Row(
      String name,
      int units,
      String function,
      double preactivation,
      double expected,
      double noise,
      double activation,
      double signal,
      double gradient,
      double dead,
      double saturated) {}

  /** Keep unmodifiable copies. */
  public InitReport {
    layers = List.copyOf(layers);
    findings = List.copyOf(findings);
  }

  /**
   * Examine a network without targets: gradients start from normal numbers, the same each time.
   *
   * @param model the network
   * @param x inputs [rows, in], standardized as for training; some dozen rows will do
   * @return the report
   * @throws IllegalArgumentException if there are fewer than two rows, a number is not finite, or
   *     the network has no layer with weights
   */
  public static InitReport of(Layer model, Tensor x) {
    return of(
        model,
        x,
        y -> {
          Tensor eta = Tensor.zeros(y.shape());
          PROBE.fillNormal(eta, 0f, 1f);
          return y.mul(Variable.constant(eta)).sum();
        });
  }

  /**
   * Examine a network with the gradients of a loss.
   *
   * @param model the network
   * @param batch inputs and targets
   * @param loss the loss to train on
   * @return the report
   * @throws IllegalArgumentException if there are fewer than two rows, an input is not finite, or
   *     the network has no layer with weights
   */
  public static InitReport of(Layer model, Batch batch, Loss loss) {
    Variable targets = Variable.constant(batch.targets());
    return of(model, batch.x(), y -> loss.of(y, targets));
  }

  private static InitReport of(Layer model, Tensor x, UnaryOperator<Variable> loss) {
    check(x);
    Measurement measured = Measurement.of(model.unfrozen(), x, loss);
    double input = measured.input().meanSquare();
    Optional<Expectation> theory = Expectation.of(measured.blocks(), input);
    return new InitReport(rows(measured, theory), new Judge(measured, theory).findings());
  }

  private static void check(Tensor x) {
    if (x.rank() < 1 || x.extent(0) < LEAST_ROWS) {
      throw new IllegalArgumentException(
          "health: the batch must have at least two rows, but got shape "
              + x.shape()
              + "; pass some dozen examples [rows, in]");
    }
    for (int i = 0; i < x.size(); i++) {
      float value = x.array()[x.offset() + i];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "health: the batch must be finite, but got %s at element %d of %s; clean the data"
                .formatted(value, i, x.shape()));
      }
    }
  }

  private static List<Row> rows(Measurement measured, Optional<Expectation> theory) {
    return IntStream.range(0, measured.blocks().size())
        .mapToObj(
            k -> {
              Block block = measured.blocks().get(k);
              Measurement.At at = measured.layers().get(k);
              return new Row(
                  block.name(),
                  block.units(),
                  block.functionName(),
                  Math.sqrt(at.z().meanSquare()),
                  theory
                      .map(t -> StrictMath.exp(t.layers().get(k).signal() / 2))
                      .orElse(Double.NaN),
                  theory.map(t -> t.layers().get(k).noise() / 2).orElse(Double.NaN),
                  at.h().deviation(),
                  at.h().meanSquare() * block.units(),
                  at.gradient().deviation(),
                  at.dead(),
                  at.saturated());
            })
        .toList();
  }

  /** Return whether nothing is wrong. */
  public boolean healthy() {
    return findings.isEmpty();
  }

  /** Return a table with a row for each layer, and below it the verdict in sentences. */
  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "%-16s %5s %-12s %9s %18s %9s %9s %9s %5s %5s%n",
            "layer",
            "units",
            "activation",
            "rms z",
            "theory",
            "dev h",
            "|h|^2",
            "dev grad",
            "dead",
            "sat");
    String body =
        layers.stream()
            .map(
                row ->
                    String.format(
                        Locale.ROOT,
                        "%-16s %5d %-12s %9.2e %18s %9.2e %9.2e %9.2e %4.0f%% %4.0f%%%n",
                        row.name,
                        row.units,
                        row.function,
                        row.preactivation,
                        band(row),
                        row.activation,
                        row.signal,
                        row.gradient,
                        100 * row.dead,
                        100 * row.saturated))
            .collect(Collectors.joining());
    String verdict =
        healthy()
            ? "healthy: nothing that the draw of the weights does not explain"
            : findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    return head + body + verdict;
  }

  /** Write what theory expects with the factor by which a draw strays, in one deviation. */
  private static String band(Row row) {
    return Double.isNaN(row.expected)
        ? "-"
        : String.format(Locale.ROOT, "%.2e x/%.2f", row.expected, StrictMath.exp(row.noise));
  }
}
