package dev.incipit.init.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Orthogonal;
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

/** Hold LSUV: variance 1 in every layer, whatever stands between. */
final class LsuvTests {

  private static final List<Unary> ACTIVATIONS =
      List.of(
          Unary.RELU,
          Unary.TANH,
          Unary.GELU,
          Unary.SIGMOID,
          Unary.SELU,
          Unary.SOFTSIGN,
          Unary.SQUARE,
          Unary.IDENTITY,
          Unary.SOFTPLUS,
          Unary.ABS);

  @Property(tries = 150, seed = "1511", shrinking = ShrinkingMode.OFF)
  void everyLayerGetsVarianceOne(
      @ForAll @Size(min = 2, max = 6) List<@IntRange(min = 16, max = 60) Integer> widths,
      @ForAll @IntRange(min = 8, max = 70) int rows,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double tol,
      @ForAll @DoubleRange(min = -3, max = 3) double size,
      @ForAll boolean meanFix,
      @ForAll long seed) {
    RandomKey key = RandomKey.of(seed);
    Tensor batch = Tensor.zeros(rows, widths.get(0));
    key.split("batch").fillNormal(batch, 0f, (float) Math.pow(10, size));
    List<Stage> stages = new ArrayList<>();
    for (int i = 1; i < widths.size(); i++) {
      Unary f = ACTIVATIONS.get(Math.floorMod(key.split(i).low(), ACTIVATIONS.size()));
      stages.add(Affine.of("dense" + i, widths.get(i - 1), widths.get(i), f, key));
    }
    Chain net = new Chain(stages);
    Lsuv.Report report = new Lsuv(tol, 10, meanFix).apply(net, batch, key);
    assertReached(net, batch, report, tol, meanFix);
  }

  /** Measure again, on the finished network from its input on. */
  private static void assertReached(
      Chain net, Tensor batch, Lsuv.Report report, double tol, boolean meanFix) {
    Variable x = Variable.constant(batch);
    int layer = 0;
    for (Stage stage : net.stages()) {
      if (stage instanceof Weighted weighted) {
        Moments y = Moments.of(weighted.preactivation(x).value());
        Lsuv.Layer row = report.layers().get(layer++);
        assertEquals(row.after(), y);
        assertEquals(weighted.weight().name(), row.name());
        assertTrue(Math.abs(y.variance() - 1) < tol, () -> row + " has variance " + y.variance());
        assertTrue(!meanFix || Math.abs(y.mean()) < tol, () -> row + " has mean " + y.mean());
        // Linear in W: the first try hits, the second corrects rounding at most.
        assertTrue(row.tries() <= 2, row::toString);
        assertEquals(row.tries() == 0, row.before().equals(row.after()));
      }
      x = stage.forward(x);
    }
    assertEquals(layer, report.layers().size());
  }

  @Test
  void weightsAreOrthogonalTimesOneNumber() {
    RandomKey key = RandomKey.of(3);
    Affine layer = Affine.of("w", 20, 12, Unary.RELU, key);
    Tensor batch = Tensor.zeros(50, 20);
    key.fillNormal(batch, 0f, 3f);
    Lsuv.Report report = Lsuv.of().apply(layer, batch, key);
    Tensor drawn = Orthogonal.of().initialize(Shape.of(20, 12), key.split("w"));
    double factor = 1 / report.layers().get(0).before().deviation();
    for (int i = 0; i < drawn.size(); i++) {
      assertEquals((float) (drawn.array()[i] * factor), layer.weight().value().array()[i]);
    }
    assertTrue(layer.bias().value().bitEquals(Tensor.zeros(12)));
  }

  @Test
  void keysDecideAndALayerMoreLeavesTheOthersMatrices() {
    Tensor batch = CalibrationTests.batch(64);
    Chain one = net();
    Chain other = net();
    Chain longer = Chain.of(one.parts().get(0), Affine.of("c", 6, 6, Unary.RELU, KEY));
    Lsuv.of().apply(one, batch, KEY);
    Lsuv.of().apply(other, batch, KEY);
    assertTrue(one.numbers().get(0).bitEquals(other.numbers().get(0)));
    assertTrue(one.numbers().get(4).bitEquals(other.numbers().get(4)));
    Lsuv.of().apply(longer, batch, KEY);
    assertTrue(one.numbers().get(0).bitEquals(other.numbers().get(0)));
    Lsuv.of().apply(other, batch, KEY.split("another"));
    assertFalse(one.numbers().get(0).bitEquals(other.numbers().get(0)));
  }

  private static final RandomKey KEY = RandomKey.of(5);

  private static Chain net() {
    return Chain.of(
        Affine.of("a", 6, 6, Unary.RELU, KEY), Affine.of("b", 6, 6, Unary.IDENTITY, KEY));
  }

  @Test
  void layersOfOneNameGetDifferentMatrices() {
    Affine one = Affine.of("w", 6, 6, Unary.IDENTITY, KEY);
    Affine other = Affine.of("w", 6, 6, Unary.IDENTITY, KEY);
    Lsuv.of().apply(Chain.of(one, other), CalibrationTests.batch(64), KEY);
    assertFalse(
        one.weight().value().get(0, 0) / one.weight().value().get(1, 0)
            == other.weight().value().get(0, 0) / other.weight().value().get(1, 0));
  }

  /** A layer whose output does not follow its weights can never reach the aim. */
  @Test
  void saysSoWhenTheVarianceIsNotReached() {
    Affine layer = Affine.of("stubborn", 6, 6, Unary.IDENTITY, KEY);
    Weighted stubborn =
        new Weighted() {
          @Override
          public Parameter weight() {
            return layer.weight();
          }

          @Override
          public Parameter bias() {
            return layer.bias();
          }

          @Override
          public Variable preactivation(Variable x) {
            return x.mul(3f);
          }

          @Override
          public Variable forward(Variable x) {
            return preactivation(x);
          }
        };
    Tensor before = layer.weight().value().copy();
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Lsuv(0.1, 4, false).apply(stubborn, CalibrationTests.batch(64), KEY));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith("lsuv: the variance must come within 0.1 of 1 in 4 tries, but got "),
        e::getMessage);
    assertTrue(before.bitEquals(layer.weight().value()));
  }

  @Test
  void reportIsATable() {
    Lsuv.Report report =
        new Lsuv.Report(
            List.of(
                new Lsuv.Layer("dense1.weight", 1, moments(4, 0), moments(1, 0.25)),
                new Lsuv.Layer("dense2.weight", 0, moments(0.95, 0), moments(0.95, 0))));
    assertEquals(
        """
        lsuv                 tries    variance       after        mean
        dense1.weight            1       4.000       1.000      0.2500
        dense2.weight            0      0.9500      0.9500       0.000""",
        report.toString());
  }

  private static Moments moments(double variance, double mean) {
    return new Moments(10, mean, 10 * variance, 0, 0, -1, 1);
  }
}
