package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold the lengths of weight vectors to the paper's formula, and their directions to the draw. */
final class NguyenWidrowTests {

  private static final NguyenWidrow INITIALIZER = new NguyenWidrow();

  /** 0.7 times a root, computed by hand. */
  @ParameterizedTest
  @CsvSource({"1, 4, 2.8", "2, 4, 1.4", "2, 100, 7", "3, 8, 1.4", "5, 1, 0.7"})
  void lengthIsTheFormulaOfThePaper(int inputs, int units, double length) {
    assertEquals(length, INITIALIZER.length(Shape.of(inputs, units)), 1e-15 * length * 4);
  }

  /** Each weight is rounded to float: the length is off by less than 2^-24 of itself. */
  @Property(tries = 200, seed = "1990")
  void everyUnitHasTheLength(
      @ForAll @IntRange(min = 1, max = 60) int in,
      @ForAll @IntRange(min = 1, max = 60) int out,
      @ForAll long seed) {
    Shape shape = Shape.of(in, out);
    Tensor w = INITIALIZER.initialize(shape, RandomKey.of(seed));
    for (int j = 0; j < out; j++) {
      double square = 0;
      for (int i = 0; i < in; i++) {
        square += (double) w.get(i, j) * w.get(i, j);
      }
      double length = INITIALIZER.length(shape);
      assertEquals(length, Math.sqrt(square), length * 0x1p-23, "unit " + j);
    }
    MomentTests.assertStaysInSupport(w, INITIALIZER.theory(shape));
  }

  @Test
  void keepsTheDirectionsOfTheUniformDraw() {
    Shape shape = Shape.of(6, 5);
    Tensor uniform = new Uniform(-1, 1).initialize(shape, RandomKey.of(2));
    Tensor w = INITIALIZER.initialize(shape, RandomKey.of(2));
    for (int j = 0; j < 5; j++) {
      double factor = w.get(0, j) / uniform.get(0, j);
      assertTrue(factor > 0);
      for (int i = 1; i < 6; i++) {
        // Three roundings to float: of two weights and of the factor's own.
        assertEquals(factor, w.get(i, j) / uniform.get(i, j), factor * 0x1p-22);
      }
    }
  }

  /** The squares sum to the length's for each unit: the variance about 0 is the theory's. */
  @Test
  void varianceIsTheTheorys() {
    Shape shape = Shape.of(3, 3, 2, 40);
    Theory theory = INITIALIZER.theory(shape);
    assertEquals(Math.pow(0.7, 2) * Math.pow(40, 2 / 18.0) / 18, theory.variance(), 1e-15);
    double sum = 0;
    for (float weight : INITIALIZER.initialize(shape, RandomKey.of(3)).toArray()) {
      sum += (double) weight * weight;
    }
    assertEquals(1, sum / shape.size() / theory.variance(), 1e-6);
  }

  /** 20,000 units: the mean lies within five standard errors, false alarm 6e-7. */
  @Test
  void meanIsZero() {
    Shape shape = Shape.of(4, 20_000);
    Theory theory = INITIALIZER.theory(shape);
    double sum = 0;
    for (float weight : INITIALIZER.initialize(shape, RandomKey.of(4)).toArray()) {
      sum += weight;
    }
    assertEquals(0, sum / shape.size(), 5 * theory.std() / Math.sqrt(shape.size()));
  }

  @Test
  void biasIsUniformOverTheLength() {
    Shape shape = Shape.of(2, 100);
    Uniform bias = INITIALIZER.bias(shape);
    assertEquals(7, bias.high(), 1e-14);
    assertEquals(-bias.high(), bias.low());
    assertEquals(100, bias.initialize(Shape.of(100), RandomKey.of(5)).size());
  }
}
