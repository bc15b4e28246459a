package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the diagonal to its place, and everything beside it to zero. */
final class IdentityTests {

  private static final RandomKey KEY = RandomKey.of(0);

  @Property(tries = 300, seed = "2015")
  void isTheGainOnTheDiagonalAndZeroElsewhere(
      @ForAll @IntRange(min = 1, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 20) int out,
      @ForAll @IntRange(min = -19, max = 19) int shift,
      @ForAll @IntRange(min = -4, max = 4) int gain) {
    if (shift <= -in || shift >= out) {
      return;
    }
    Initializer initializer = new Identity(gain, shift);
    Tensor w = Tensor.full(Shape.of(in, out), Float.NaN);
    initializer.fill(w, KEY);
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        assertEquals(j == i + shift ? gain + 0f : 0f, w.get(i, j));
      }
    }
    assertMoments(w, initializer.theory(w.shape()));
  }

  /** Theory and tensor describe the same finite set of numbers. */
  private static void assertMoments(Tensor w, Theory theory) {
    double mean = 0;
    for (float x : w.toArray()) {
      mean += (double) x / w.size();
    }
    double second = 0;
    double fourth = 0;
    for (float x : w.toArray()) {
      second += Math.pow(x - mean, 2) / w.size();
      fourth += Math.pow(x - mean, 4) / w.size();
    }
    assertEquals(mean, theory.mean(), 1e-12);
    assertEquals(second, theory.variance(), 1e-12);
    if (theory.excessKurtosis().isPresent()) {
      double kurtosis = theory.excessKurtosis().getAsDouble();
      assertEquals(fourth, (kurtosis + 3) * second * second, 1e-9);
    } else {
      assertEquals(0, second, 1e-12);
    }
    MomentTests.assertStaysInSupport(w, theory);
  }

  @Test
  void passesSignalsOn() {
    Tensor x = Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6});
    Tensor w = Identity.of().initialize(Shape.of(3, 3), KEY);
    assertTrue(x.matmul(w).bitEquals(x));
    Tensor shifted = new Identity(10, 1).initialize(Shape.of(3, 4), KEY);
    assertTrue(
        x.matmul(shifted)
            .bitEquals(Tensor.matrix(new float[] {0, 10, 20, 30}, new float[] {0, 40, 50, 60})));
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 4", "1, 5, 2", "2, 2, 3", "1, 1, 0"})
  void standsInTheMiddleOfReceptiveFields(int height, int width, int middle) {
    Tensor w = Identity.of().initialize(Shape.of(height, width, 2, 3), KEY);
    Tensor places = w.reshape(height * width, 2, 3);
    for (int place = 0; place < height * width; place++) {
      Tensor expected =
          place == middle ? Identity.of().initialize(Shape.of(2, 3), KEY) : Tensor.zeros(2, 3);
      assertTrue(places.row(place).bitEquals(expected), "place " + place);
    }
    assertMoments(w, Identity.of().theory(w.shape()));
  }

  @Test
  void fillsEmptyTensors() {
    for (Shape shape : new Shape[] {Shape.of(0, 5), Shape.of(5, 0), Shape.of(0, 3, 5)}) {
      assertEquals(0, new Identity(1, 9).initialize(shape, KEY).size());
      assertEquals(0, new Identity(1, 9).theory(shape).variance());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, -4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesAShiftThatLeavesNothing(int shift) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Identity(1, shift).initialize(Shape.of(4, 5), KEY));
    assertEquals(
        "identity: shift must leave a diagonal, between -3 and 4 for [4, 5], but got "
            + shift
            + "; 0 is the main one",
        e.getMessage());
  }
}
