package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold orthonormality in every shape, and the uniform distribution among such matrices. */
final class OrthogonalTests {

  /** What the library promises of {@code W^T W / gain^2 - I}. */
  private static final double LIMIT = 1e-5;

  @Property(tries = 60, seed = "2014", shrinking = ShrinkingMode.OFF)
  void rowsOrColumnsAreOrthonormal(
      @ForAll("shapes") Shape shape, @ForAll("gains") double gain, @ForAll long seed) {
    Initializer initializer = new Orthogonal(gain);
    Tensor weights = initializer.initialize(shape, RandomKey.of(seed));
    double error = gramError(weights, gain);
    assertTrue(error < LIMIT, () -> "Gram matrix off by " + error);
    MomentTests.assertStaysInSupport(weights, initializer.theory(shape));
  }

  /** Sizes of real layers, and the thinnest: the error of 1,024 columns is the largest here. */
  @ParameterizedTest
  @CsvSource({"1024, 1024", "784, 512", "10, 2000", "1, 1000", "1000, 1", "1, 1"})
  void largeAndThinOnesAreOrthonormalToo(int fanIn, int fanOut) {
    Tensor weights = Orthogonal.of().initialize(Shape.of(fanIn, fanOut), RandomKey.of(1));
    double error = gramError(weights, 1);
    assertTrue(error < LIMIT, () -> "Gram matrix off by " + error);
  }

  /** The squares of all weights sum to gain^2 times the shorter side: the variance, exactly. */
  @Test
  void theoryHasTheVarianceOfTheWholeMatrix() {
    for (Shape shape : new Shape[] {Shape.of(30, 70), Shape.of(70, 30), Shape.of(3, 5, 2, 8)}) {
      Initializer initializer = new Orthogonal(1.5);
      double sum = 0;
      for (float weight : initializer.initialize(shape, RandomKey.of(4)).toArray()) {
        sum += (double) weight * weight;
      }
      double variance = initializer.theory(shape).variance();
      assertEquals(variance, sum / shape.size(), 1e-6 * variance);
    }
    assertEquals(2.25 / 70, new Orthogonal(1.5).theory(Shape.of(30, 70)).variance());
    assertEquals(2.25 / 30, new Orthogonal(1.5).theory(Shape.of(3, 5, 2, 8)).variance());
  }

  /**
   * A coordinate of a uniform point on the sphere in three dimensions is uniform over (-1, 1)
   * (Archimedes). Were the matrices not uniform, say for want of the signs, the bilinear forms
   * would not be: u^T W v with unit vectors u and v is such a coordinate too. Each of 12 samples
   * fails a right library once in 10,000 runs, all together once in 800.
   */
  @ParameterizedTest
  @CsvSource({"3, 3", "3, 2", "2, 3", "3, 1"})
  void matricesAreUniformlyDistributed(int fanIn, int fanOut) {
    int n = 4000;
    double[][] coordinates = new double[3][n];
    for (int i = 0; i < n; i++) {
      Tensor w = Orthogonal.of().initialize(Shape.of(fanIn, fanOut), RandomKey.of(1988).split(i));
      coordinates[0][i] = w.get(0, 0);
      coordinates[1][i] = w.get(fanIn - 1, fanOut - 1);
      coordinates[2][i] = w.sum() / Math.sqrt(w.size());
    }
    for (double[] sample : coordinates) {
      double p =
          KolmogorovSmirnovTest.withDefaults()
              .test(sample, x -> 0.5 * (Math.clamp(x, -1.0, 1.0) + 1))
              .getPValue();
      assertTrue(p > 1e-4, () -> "KS p of " + p);
    }
  }

  /** Both signs, half of the times each: 400 tosses stay within five deviations of 10 but 6e-7. */
  @Test
  void rotationsAndReflectionsBothOccur() {
    int rotations = 0;
    for (int i = 0; i < 400; i++) {
      Tensor w = Orthogonal.of().initialize(Shape.of(2, 2), RandomKey.of(7).split(i));
      float determinant = w.get(0, 0) * w.get(1, 1) - w.get(0, 1) * w.get(1, 0);
      assertEquals(1, Math.abs(determinant), 1e-6);
      rotations += determinant > 0 ? 1 : 0;
    }
    assertEquals(200, rotations, 50);
  }

  /**
   * Fourth moments of coordinates from many small matrices; 5 standard errors, false alarm 6e-7.
   */
  @Test
  void theoryHasTheKurtosis() {
    Shape shape = Shape.of(4, 3);
    int n = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = Orthogonal.of().initialize(shape, RandomKey.of(8).split(i)).get(2, 1);
      double standardized = 16 * Math.pow(x, 4);
      sum += standardized;
      squares += standardized * standardized;
    }
    double mean = sum / n;
    double error = Math.sqrt((squares / n - mean * mean) / n);
    double theory = Orthogonal.of().theory(shape).excessKurtosis().orElseThrow();
    assertEquals(3 + theory, mean, 5 * error);
  }

  @Test
  void keepsTheLengthOfSignalsThroughFiftyLayers() {
    Tensor signal = Tensor.full(Shape.of(1, 60), 0.5f);
    for (int layer = 0; layer < 50; layer++) {
      signal = signal.matmul(Orthogonal.of().initialize(Shape.of(60, 60), key(layer)));
    }
    double square = 0;
    for (float x : signal.toArray()) {
      square += (double) x * x;
    }
    assertEquals(15, square, 15 * 50 * 2e-6);
  }

  private static RandomKey key(int layer) {
    return RandomKey.of(0).split(layer);
  }

  /** Return the largest error of the smaller Gram matrix over gain^2, summed in double. */
  private static double gramError(Tensor weights, double gain) {
    Matrix matrix = Matrix.of(weights.shape());
    Tensor flat = weights.reshape(matrix.inputs(), matrix.units());
    float[] vectors = (matrix.inputs() < matrix.units() ? flat : flat.transpose()).toArray();
    int count = Math.min(matrix.inputs(), matrix.units());
    int length = vectors.length / count;
    double worst = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i; j < count; j++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          dot += (double) vectors[i * length + k] * vectors[j * length + k];
        }
        worst = Math.max(worst, Math.abs(dot / (gain * gain) - (i == j ? 1 : 0)));
      }
    }
    return worst;
  }

  @Provide
  Arbitrary<Double> gains() {
    return Arbitraries.doubles().between(0.01, 100).ofScale(4);
  }

  @Provide
  Arbitrary<Shape> shapes() {
    Arbitrary<Integer> extents = Arbitraries.integers().between(1, 130);
    Arbitrary<Integer> fields = Arbitraries.integers().between(1, 4);
    return Combinators.combine(extents, extents, fields, Arbitraries.of(true, false))
        .as(
            (in, out, field, dense) ->
                dense ? Shape.of(in, out) : Shape.of(field, field, Math.ceilDiv(in, 8), out));
  }
}
