package dev.incipit.init.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.calibrate.Affine.Chain;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Hold within-layer normalization: each unit mean 0 and deviation 1 on the batch. */
final class WithinLayerTests {

  private static final RandomKey KEY = RandomKey.of(1);

  /**
   * A unit's numbers are floats of sums of up to fifty products, some tens of units in the last
   * place of at most ten deviations: 1e-4 is wide.
   */
  @Property(tries = 60, seed = "2016", shrinking = ShrinkingMode.OFF)
  void everyUnitGetsMeanZeroAndDeviationOne(
      @ForAll @IntRange(min = 3, max = 50) int width,
      @ForAll @IntRange(min = 32, max = 90) int rows,
      @ForAll long seed) {
    RandomKey key = RandomKey.of(seed);
    Chain net =
        Chain.of(
            Affine.of("a", 6, width, Unary.TANH, key),
            x -> x.mul(2f),
            Chain.of(Affine.of("b", width, width, Unary.SILU, key)),
            Affine.of("c", width, 4, Unary.IDENTITY, key));
    Tensor batch = Tensor.zeros(rows, 6);
    key.fillNormal(batch, 1f, 0.5f);
    WithinLayer.Report report = new WithinLayer().apply(net, batch, key);
    Variable x = Variable.constant(batch);
    int layer = 0;
    for (Stage stage : net.stages()) {
      if (stage instanceof Weighted weighted) {
        for (Moments unit : Moments.ofColumns(weighted.preactivation(x).value())) {
          assertEquals(0, unit.mean(), 1e-4);
          assertEquals(1, unit.deviation(), 1e-4);
        }
        WithinLayer.Layer row = report.layers().get(layer++);
        assertEquals(weighted.bias().value().size(), row.before().units());
        assertEquals(1, row.after().leastDeviation(), 1e-4);
        assertTrue(row.before().leastDeviation() < row.before().greatestDeviation());
      }
      x = stage.forward(x);
    }
    assertEquals(3, layer);
  }

  @Test
  void keepsTheDirectionsOfTheWeights() {
    Affine layer = Affine.of("w", 6, 3, Unary.RELU, KEY);
    Tensor before = layer.weight().value().copy();
    new WithinLayer().apply(layer, CalibrationTests.batch(100), KEY);
    for (int j = 0; j < 3; j++) {
      float factor = layer.weight().value().get(0, j) / before.get(0, j);
      assertTrue(factor > 0);
      for (int i = 0; i < 6; i++) {
        float expected = factor * before.get(i, j);
        assertEquals(expected, layer.weight().value().get(i, j), 1e-6f * Math.abs(expected));
      }
    }
  }

  /** One dead unit among living ones has no deviation to divide by. */
  @Test
  void namesTheLayerOfADeadUnit() {
    Affine layer = Affine.of("w", 6, 3, Unary.RELU, KEY);
    for (int i = 0; i < 6; i++) {
      layer.weight().value().set(0f, i, 1);
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new WithinLayer().apply(layer, CalibrationTests.batch(100), KEY));
    assertEquals(
        "within-layer: the deviation of each unit over the rows must be positive and finite, but"
            + " got 0.0 in w; look for a dead layer before it, weights of zero, or a batch without"
            + " variety",
        e.getMessage());
  }

  @Test
  void reportIsATable() {
    WithinLayer.Report report =
        new WithinLayer.Report(
            List.of(
                new WithinLayer.Layer(
                    "dense1.weight",
                    new WithinLayer.Units(8, -1.5, 0.25, 0.5, 2),
                    new WithinLayer.Units(8, 0, 0, 1, 1))));
    assertEquals(
        """
        within-layer         units means                   deviations              deviations after
        dense1.weight            8      -1.50..0.250            0.500..2.00              1.00..1.00""",
        report.toString().replaceAll("(?m) +$", ""));
  }
}
