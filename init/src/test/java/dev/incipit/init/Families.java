package dev.incipit.init;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Initializers with random parameters, for properties. */
final class Families extends DomainContextBase {

  @Provide
  Arbitrary<Initializer> initializers() {
    return Arbitraries.oneOf(drawing(), constants(), structured());
  }

  static Arbitrary<Initializer> constants() {
    return Arbitraries.doubles().between(-1e37, 1e37).ofScale(40).map(Constant::of);
  }

  /** Return families that draw random numbers, within ten deviations of 0. */
  static Arbitrary<Initializer> drawing() {
    Arbitrary<FanMode> modes = Arbitraries.of(FanMode.class);
    Arbitrary<Distribution> forms = Arbitraries.of(Distribution.class);
    Arbitrary<Double> offsets = Arbitraries.doubles().between(-10, 10).ofScale(6);
    Arbitrary<Double> slopes = Arbitraries.doubles().between(-1.5, 1.5).ofScale(9);
    Arbitrary<Double> anyDouble = Arbitraries.randomValue(random -> 1 - random.nextDouble());
    return Arbitraries.oneOf(
        Combinators.combine(offsets, sizes()).as((mean, std) -> new Normal(mean * std, std)),
        Combinators.combine(offsets, sizes())
            .as((low, width) -> new Uniform(low * width, low * width + width)),
        Combinators.combine(sizes(), cuts()).as(TruncatedNormal::new),
        Combinators.combine(sizes(), modes, forms).as(VarianceScaling::new),
        Combinators.combine(anyDouble, modes, forms).as(VarianceScaling::new),
        Combinators.combine(slopes, modes).as(He::normal),
        Combinators.combine(anyDouble, modes).as(He::uniform),
        sizes().map(Xavier::normal),
        anyDouble.map(Xavier::uniform),
        Arbitraries.of(LeCun.normal(), LeCun.uniform(), VarianceScaling.fanInUniform()));
  }

  /** Return cuts up to 3, where the limits of {@link Sample#varianceP} are known to hold. */
  private static Arbitrary<Double> cuts() {
    return Arbitraries.doubles().between(0.1, 3).ofScale(6);
  }

  /** Return families whose numbers depend on each other, or on their place. */
  static Arbitrary<Initializer> structured() {
    Arbitrary<Integer> counts = Arbitraries.integers().between(1, 1 << 29);
    Arbitrary<Integer> shifts = Arbitraries.integers();
    return Arbitraries.oneOf(
        sizes().map(Orthogonal::new),
        Combinators.combine(sizes(), shifts).as((gain, shift) -> new Identity(-gain, shift)),
        Combinators.combine(counts, sizes()).as(Sparse::new),
        Arbitraries.just(new NguyenWidrow()));
  }

  /** Return positive numbers from 1e-9 to 1e9, evenly over the powers of ten. */
  private static Arbitrary<Double> sizes() {
    return Combinators.combine(
            Arbitraries.doubles().between(1, 10).ofScale(4), Arbitraries.integers().between(-9, 8))
        .as((digits, exponent) -> digits * Math.pow(10, exponent));
  }
}
