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

/**
 * Hold sample moments against the theory, over random families, parameters, shapes and seeds.
 *
 * <p>Were the seeds not fixed, a right library would fail this class once in a million runs: the
 * rate is divided by the number of statistics looked at.
 */
final class MomentTests {

  private static final int TRIES = 400;
  private static final double FALSE_ALARM_RATE = 1e-6;

  /** Bonferroni's limit for the mean and the variance of every try. */
  private static final double LEAST_P = FALSE_ALARM_RATE / (2 * TRIES);

  @Property(tries = TRIES, seed = "20150206", shrinking = ShrinkingMode.OFF)
  void sampleMomentsFollowTheory(
      @ForAll("drawing") Initializer initializer,
      @ForAll("shapes") Shape shape,
      @ForAll long seed) {
    Theory theory = initializer.theory(shape);
    Tensor weights = initializer.initialize(shape, RandomKey.of(seed));
    Sample sample = Sample.of(weights, theory);
    assertTrue(sample.meanP() > LEAST_P, () -> "mean of " + sample.meanP());
    assertTrue(sample.varianceP() > LEAST_P, () -> "variance of " + sample.varianceP());
    assertStaysInSupport(weights, theory);
  }

  @Property(tries = 100, seed = "20150206")
  void constantsAreConstant(@ForAll("constants") Initializer initializer, @ForAll long seed) {
    Theory theory = initializer.theory(Shape.of(7));
    Tensor weights = initializer.initialize(Shape.of(7), RandomKey.of(seed));
    assertEquals(0, theory.variance());
    assertEquals(theory.low(), theory.high());
    assertTrue(weights.bitEquals(Tensor.full(Shape.of(7), (float) theory.mean())));
  }

  /** The support in exact numbers, rounded to float, bounds the floats drawn. */
  static void assertStaysInSupport(Tensor weights, Theory theory) {
    for (float weight : weights.toArray()) {
      assertTrue(
          weight >= (float) theory.low() && weight <= (float) theory.high(),
          () -> weight + " lies outside " + theory);
    }
  }

  @Provide
  Arbitrary<Initializer> drawing() {
    return Families.drawing();
  }

  @Provide
  Arbitrary<Initializer> constants() {
    return Families.constants();
  }

  /** Dense and convolutional weights of 4,096 numbers or a little more, up to 90,000. */
  @Provide
  Arbitrary<Shape> shapes() {
    Arbitrary<Integer> extents = Arbitraries.integers().between(1, 300);
    Arbitrary<Integer> fields = Arbitraries.integers().between(1, 5);
    return Combinators.combine(extents, extents, fields, fields, Arbitraries.of(2, 3, 4))
        .as(
            (rows, columns, height, width, rank) -> {
              int out = Math.max(columns, Math.ceilDiv(4096, rows));
              return switch (rank) {
                case 2 -> Shape.of(rows, out);
                case 3 -> Shape.of(height, rows, Math.min(out, 100_000 / rows / height));
                default -> Shape.of(height, width, Math.ceilDiv(rows, 4), out);
              };
            });
  }
}
