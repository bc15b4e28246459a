package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;

/** Hold the number of nonzero weights to k, and the choice among places to chance. */
final class SparseTests {

  private static final RandomKey KEY = RandomKey.of(2010);

  @Property(tries = 200, seed = "2010")
  void everyUnitHearsExactlyKInputs(
      @ForAll @IntRange(min = 1, max = 60) int in,
      @ForAll @IntRange(min = 1, max = 60) int out,
      @ForAll @IntRange(min = 1, max = 60) int k,
      @ForAll long seed) {
    int kept = Math.min(k, in);
    Tensor w = new Sparse(kept, 0.5).initialize(Shape.of(in, out), RandomKey.of(seed));
    for (int j = 0; j < out; j++) {
      int nonzero = 0;
      for (int i = 0; i < in; i++) {
        nonzero += w.get(i, j) != 0 ? 1 : 0;
      }
      assertEquals(kept, nonzero, "column " + j);
    }
  }

  @Test
  void countsThroughReceptiveFields() {
    Tensor w = Sparse.of().initialize(Shape.of(3, 3, 4, 10), KEY).reshape(36, 10);
    int[] nonzero = new int[10];
    for (int i = 0; i < w.size(); i++) {
      nonzero[i % 10] += w.array()[i] != 0 ? 1 : 0;
    }
    assertTrue(Arrays.stream(nonzero).allMatch(count -> count == 15));
  }

  @Test
  void keepsTheNumbersOfTheNormalDraw() {
    Shape shape = Shape.of(40, 30);
    float[] normal = Normal.of(0.5).initialize(shape, KEY).toArray();
    float[] sparse = new Sparse(7, 0.5).initialize(shape, KEY).toArray();
    for (int i = 0; i < sparse.length; i++) {
      assertTrue(sparse[i] == 0 || sparse[i] == normal[i], "element " + i);
    }
    assertTrue(
        Normal.of(0.5)
            .initialize(shape, KEY)
            .bitEquals(new Sparse(40, 0.5).initialize(shape, KEY)));
  }

  /**
   * Each of the ten pairs among five places is chosen alike: chi-squared over 50,000 columns, and a
   * right library fails once in 10,000 runs.
   */
  @Test
  void allChoicesAreEquallyLikely() {
    int units = 50_000;
    Tensor w = new Sparse(2, 1).initialize(Shape.of(5, units), KEY);
    int[] counts = new int[32];
    for (int j = 0; j < units; j++) {
      int set = 0;
      for (int i = 0; i < 5; i++) {
        set |= w.get(i, j) != 0 ? 1 << i : 0;
      }
      counts[set]++;
    }
    double statistic = 0;
    int kinds = 0;
    for (int count : counts) {
      kinds += count > 0 ? 1 : 0;
      statistic += count > 0 ? Math.pow(count - units / 10.0, 2) / (units / 10.0) : 0;
    }
    assertEquals(10, kinds);
    double p = ChiSquaredDistribution.of(9).survivalProbability(statistic);
    assertTrue(p > 1e-4, "chi-squared p of " + p);
  }

  /** Variance of 60,000 kept numbers, normal: within five standard errors, false alarm 6e-7. */
  @Test
  void momentsFollowTheory() {
    Shape shape = Shape.of(100, 2000);
    Sparse initializer = new Sparse(30, 2);
    Theory theory = initializer.theory(shape);
    assertEquals(1.2, theory.variance(), 1e-15);
    assertEquals(7, theory.excessKurtosis().orElseThrow(), 1e-12);
    double sum = 0;
    for (float weight : initializer.initialize(shape, KEY).toArray()) {
      sum += (double) weight * weight;
    }
    assertEquals(1, sum / shape.size() / theory.variance(), 5 * Math.sqrt(2 / 60_000.0));
  }

  /** Unlike a draw by rows, a column does not change when others are added. */
  @Test
  void theChoiceDependsOnTheUnitAlone() {
    Tensor few = new Sparse(3, 1).initialize(Shape.of(20, 4), KEY);
    Tensor many = new Sparse(3, 1).initialize(Shape.of(20, 9), KEY);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(few.get(i, j) == 0, many.get(i, j) == 0);
      }
    }
  }

  @Test
  void refusesMoreThanTheFanIn() {
    for (int use = 0; use < 2; use++) {
      boolean draws = use == 0;
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> {
                if (draws) {
                  Sparse.of().initialize(Shape.of(14, 20), KEY);
                } else {
                  Sparse.of().theory(Shape.of(14, 20));
                }
              });
      assertEquals(
          "sparse: k must not exceed the fan in, but got k 15 and fan in 14; pass a smaller k",
          e.getMessage());
    }
  }
}
