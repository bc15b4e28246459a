package dev.incipit.init.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Graph;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.calibrate.Affine.Chain;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Hold between-layer normalization: equal ratios, and for rectifiers the same function. */
final class BetweenLayerTests {

  private static final RandomKey KEY = RandomKey.of(1);

  private static Chain net(List<Integer> widths, Unary f, double spread, RandomKey key) {
    List<Stage> stages = new ArrayList<>();
    int in = 6;
    for (int i = 0; i < widths.size(); i++) {
      Unary own = i == widths.size() - 1 ? Unary.IDENTITY : f;
      Affine layer = Affine.of("dense" + i, in, widths.get(i), own, key);
      Walk.scale(layer.weight().value(), Math.pow(10, i % 2 == 0 ? spread : -spread));
      stages.add(layer);
      in = widths.get(i);
    }
    return new Chain(stages);
  }

  /**
   * With rectifiers, biases included, the function stays: outputs differ by the rounding of some
   * hundreds of products. A round leaves the share 1 - damping of each distance, in logarithms.
   */
  @Property(tries = 80, seed = "2016", shrinking = ShrinkingMode.OFF)
  void equalizesRectifiersAndKeepsTheirFunction(
      @ForAll @Size(min = 2, max = 7) List<@IntRange(min = 12, max = 40) Integer> widths,
      @ForAll @DoubleRange(min = 0.2, max = 1) double damping,
      @ForAll @DoubleRange(min = -1.5, max = 1.5) double spread,
      @ForAll long seed) {
    RandomKey key = RandomKey.of(seed);
    Chain net = net(widths, Unary.RELU, spread, key);
    Tensor batch = CalibrationTests.batch(50);
    Tensor before = net.forward(Variable.constant(batch)).value();
    BetweenLayer.Report report =
        new BetweenLayer(damping, 0.01, 200).apply(net, batch, key.split("loss"));
    Tensor after = net.forward(Variable.constant(batch)).value();
    double size = Moments.of(before).deviation();
    for (int i = 0; i < before.size(); i++) {
      assertEquals(before.array()[i], after.array()[i], 1e-4 * size);
    }
    double product = 1;
    double mean = 1;
    double furthest = 0;
    for (BetweenLayer.Layer layer : report.layers()) {
      product *= layer.factor();
      mean *= Math.pow(layer.before(), 1.0 / report.layers().size());
    }
    for (BetweenLayer.Layer layer : report.layers()) {
      furthest = Math.max(furthest, Math.abs(Math.log(layer.before() / mean)));
      assertEquals(0, Math.log(layer.after() / mean), 0.0101);
    }
    assertEquals(1, product, 1e-9);
    // The rounds that the law of a share a round asks for, and one for rounding.
    double rounds = damping == 1 ? 1 : Math.ceil(Math.log(0.01 / furthest) / Math.log(1 - damping));
    assertTrue(report.rounds() <= Math.max(0, rounds) + 1, () -> report + " for " + rounds);
  }

  /** The ratios of the report are those of the paper's random loss, computed anew. */
  @Test
  void ratioIsThatOfARandomLinearLoss() {
    Chain net = net(List.of(20, 30, 4), Unary.RELU, 0.5, KEY);
    Tensor batch = CalibrationTests.batch(50);
    BetweenLayer.Report report = BetweenLayer.of().apply(net, batch, KEY);
    Tensor eta = Tensor.zeros(50, 4);
    KEY.fillNormal(eta, 0f, 1f);
    Graph.of(net.forward(Variable.constant(batch)).mul(Variable.constant(eta)).sum()).backward();
    for (int i = 0; i < 3; i++) {
      Weighted layer = (Weighted) net.stages().get(i);
      double ratio =
          Math.sqrt(
              Moments.of(layer.weight().gradient()).meanSquare()
                  / Moments.of(layer.weight().value()).meanSquare());
      assertEquals(ratio, report.layers().get(i).after(), 1e-5 * ratio);
    }
  }

  /** No law promises it for tanh, but from a usual start it comes there. */
  @Test
  void equalizesTanhToo() {
    Chain net = net(List.of(20, 30, 25, 4), Unary.TANH, 0.3, KEY);
    BetweenLayer.Report report = BetweenLayer.of().apply(net, CalibrationTests.batch(50), KEY);
    double first = report.layers().get(0).after();
    report.layers().forEach(row -> assertEquals(0, Math.log(row.after() / first), 0.0201));
    assertTrue(report.rounds() > 1);
  }

  @Test
  void saysSoWhenRoundsRunOut() {
    Chain net = net(List.of(20, 30, 4), Unary.RELU, 1, KEY);
    List<Tensor> before = net.numbers();
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new BetweenLayer(0.25, 0.01, 2).apply(net, CalibrationTests.batch(50), KEY));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith(
                "between-layer: ratios must come within 0.01 of each other in 2 rounds, but are"
                    + " still off by exp("),
        e::getMessage);
    for (int i = 0; i < before.size(); i++) {
      assertTrue(before.get(i).bitEquals(net.numbers().get(i)));
    }
  }

  @Test
  void reportIsATable() {
    BetweenLayer.Report report =
        new BetweenLayer.Report(3, List.of(new BetweenLayer.Layer("dense1.weight", 2, 0.5, 1.25)));
    assertEquals(
        """
        between-layer              ratio       after      factor
        dense1.weight              2.000      0.5000       1.250
        rounds: 3""",
        report.toString());
  }
}
