package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * Within-layer normalization: give each unit mean 0 and deviation 1 on a batch.
 *
 * <p>From the first layer to the last: with mu and sigma, mean and deviation of a unit's {@code x W
 * + b} over the rows, its incoming weights are divided by sigma and its bias becomes {@code (b -
 * mu) / sigma}. The directions of the weights stay: draw them before, by any initializer. Every
 * unit then is at work on the data, none constant; how fast layers learn compared with each other
 * is the business of {@link BetweenLayer}, which is applied after.
 *
 * @see <a href="https://arxiv.org/abs/1511.06856">Krahenbuhl et al. 2016, Data-dependent
 *     initializations of convolutional neural networks</a>
 */
public record WithinLayer() implements Calibration {

  private static final String NAME = "within-layer";

  /**
   * Least deviation of a unit in parts of its mean. Below it the float of an output holds less than
   * four bits of what varies, and scaling would make noise of it.
   */
  private static final double LEAST = 0x1p-20;

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
      StringBuilder table =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "%-20s %5s %-23s %-23s %-23s",
                  NAME,
                  "units",
                  "means",
                  "deviations",
                  "deviations after"));
      for (Layer layer : layers) {
        table.append(
            String.format(
                Locale.ROOT,
                "%n%-20s %5d %s %s %s",
                layer.name,
                layer.before.units,
                range(layer.before.leastMean, layer.before.greatestMean),
                range(layer.before.leastDeviation, layer.before.greatestDeviation),
                range(layer.after.leastDeviation, layer.after.greatestDeviation)));
      }
      return table.toString();
    }

    private static String range(double least, double greatest) {
      return String.format(Locale.ROOT, "%10.3g..%-11.3g", least, greatest);
    }
  }

  /**
   * What was done to a layer.
   *
   * @param name name of its weights
   * @param before its units before
   * @param after its units after
   */
  public record Layer(String name, Units before, Units after) {}

  /**
   * The range of the means and deviations of a layer's units.
   *
   * @param units how many there are
   * @param leastMean least mean of a unit over the rows
   * @param greatestMean greatest mean
   * @param leastDeviation least deviation of a unit over the rows
   * @param greatestDeviation greatest deviation
   */
  public record Units(
      int units,
      double leastMean,
      double greatestMean,
      double leastDeviation,
      double greatestDeviation) {

    private static Units of(List<Moments> units) {
      DoubleSummaryStatistics means = units.stream().mapToDouble(Moments::mean).summaryStatistics();
      DoubleSummaryStatistics deviations =
          units.stream().mapToDouble(Moments::deviation).summaryStatistics();
      return new Units(
          units.size(), means.getMin(), means.getMax(), deviations.getMin(), deviations.getMax());
    }
  }

  /**
   * Scale the weights and set the biases.
   *
   * @param key not needed: the method draws nothing
   */
  @Override
  public Report apply(Stage model, Tensor batch, RandomKey key) {
    return Walk.guarded(NAME, model, batch, walk -> run(walk, batch));
  }

  private static Report run(Walk walk, Tensor batch) {
    List<Layer> layers = new ArrayList<>();
    Variable x = Variable.constant(batch);
    for (Stage stage : walk.stages()) {
      if (stage instanceof Weighted layer) {
        List<Moments> before = Moments.ofColumns(layer.preactivation(x).value());
        check(walk, layer, before);
        standardize(layer, before);
        List<Moments> after = Moments.ofColumns(layer.preactivation(x).value());
        check(walk, layer, after);
        layers.add(new Layer(layer.weight().name(), Units.of(before), Units.of(after)));
      }
      x = Variable.constant(stage.forward(x).value());
    }
    return new Report(layers);
  }

  private static void check(Walk walk, Weighted layer, List<Moments> units) {
    for (int j = 0; j < units.size(); j++) {
      double deviation = units.get(j).deviation();
      double least = LEAST * Math.abs(units.get(j).mean());
      if (!(deviation > least && deviation < Double.POSITIVE_INFINITY)) {
        throw walk.dead(layer, "the deviation of each unit over the rows", deviation);
      }
    }
  }

  private static void standardize(Weighted layer, List<Moments> units) {
    float[] weight = layer.weight().value().array();
    int from = layer.weight().value().offset();
    for (int i = 0; i < layer.weight().value().size(); i++) {
      weight[from + i] = (float) (weight[from + i] / units.get(i % units.size()).deviation());
    }
    Tensor bias = layer.bias().value();
    for (int j = 0; j < units.size(); j++) {
      Moments unit = units.get(j);
      bias.set((float) ((bias.get(j) - unit.mean()) / unit.deviation()), j);
    }
  }

  /** Return {@code within-layer}. */
  @Override
  public String toString() {
    return NAME;
  }
}
