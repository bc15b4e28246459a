package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hold the text form: printing and parsing are inverse, and wrong texts are refused with reason.
 */
final class ParseTests {

  static List<Table.Row> rows() {
    return Table.ROWS;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void printsAndParsesEveryFamily(Table.Row row) {
    assertEquals(row.text(), row.initializer().toString());
    Initializer parsed = Initializer.parse(row.text());
    assertEquals(row.initializer(), parsed);
    assertEquals(row.initializer().hashCode(), parsed.hashCode());
  }

  @Property(tries = 3000, seed = "1952")
  @Domain(Families.class)
  void parsingUndoesPrinting(@ForAll Initializer initializer) {
    assertEquals(initializer, Initializer.parse(initializer.toString()));
  }

  @Property(tries = 3000, seed = "1952")
  void keepsTheNameOfHeForAnySlopeOfARectifier(@ForAll("slopes") double slope) {
    assertTrue(He.normal(slope).toString().startsWith("he-normal"), He.normal(slope)::toString);
  }

  @Property(tries = 3000, seed = "1952")
  void keepsTheNameOfXavierForAnyGain(@ForAll("slopes") double gain) {
    assertTrue(Xavier.uniform(1 + gain).toString().startsWith("xavier-uniform"));
  }

  @Provide
  Arbitrary<Double> slopes() {
    return Arbitraries.randomValue(Random::nextDouble);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          he-normal()                             | he-normal
          he-normal(0.1)                          | he-normal(slope=0.1)
          he-normal( .1 , fan-out )               | he-normal(slope=0.1, mode=fan-out)
          he-normal(0.1, mode = average)          | he-normal(slope=0.1, mode=average)
          he-uniform(mode=fan-in, slope=1e-1)     | he-uniform(slope=0.1)
          he-normal(slope=-0.1)                   | he-normal(slope=0.1)
          normal                                  | normal(mean=0, std=0.01)
          normal(std=1E-4)                        | normal(mean=0, std=0.0001)
          normal(-0, 1e-12)                       | normal(mean=0, std=1E-12)
          constant(0)                             | zeros
          constant(1.0)                           | ones
          variance-scaling(2, fan-in, normal)     | he-normal
          variance-scaling(1, fan-in, uniform)    | lecun-uniform
          variance-scaling(1, average, normal)    | xavier-normal
          variance-scaling(1, fan-out, normal)    | variance-scaling(scale=1, mode=fan-out, distribution=normal)
          variance-scaling(1.5, fan-in, normal)   | variance-scaling(scale=1.5, mode=fan-in, distribution=normal)
          variance-scaling(2.25, average, normal) | xavier-normal(gain=1.5)
          truncated-normal(0.02)                  | truncated-normal(std=0.02, cut=2)
          orthogonal(1.0)                         | orthogonal
          identity(-0)                            | identity(gain=0)
          identity(1, +2)                         | identity(shift=2)
          sparse                                  | sparse(k=15, std=1)
          sparse(std=0.1, k=4)                    | sparse(k=4, std=0.1)
          """)
  void readsParametersByNameAndByPlace(String text, String printed) {
    assertEquals(printed, Initializer.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          he_normal            | initializer: the name must be a known one, but got "he_normal"; choose from zeros, ones, constant, normal, truncated-normal, uniform, fan-in-uniform, xavier-normal, xavier-uniform, he-normal, he-uniform, lecun-normal, lecun-uniform, variance-scaling, orthogonal, identity, sparse, nguyen-widrow
          he-normal(0.1        | initializer: the form is name or name(parameter=value, ...), but got "he-normal(0.1"; use one pair of brackets, closed at the end
          he-normal(0.1))      | initializer: the form is name or name(parameter=value, ...), but got "he-normal(0.1))"; use one pair of brackets, closed at the end
          he-normal(slop=0.1)  | he-normal: a parameter must be a known one, but got "slop"; write he-normal(slope=0, mode=fan-in)
          he-normal(0.1, slope=0.2) | he-normal: a parameter must be given once, but got "slope"; write he-normal(slope=0, mode=fan-in)
          he-normal(slope=0.1, fan-out) | he-normal: a value without a name must come before named ones, but got "fan-out"; write he-normal(slope=0, mode=fan-in)
          he-normal(mode=in)   | he-normal: mode must be one of [fan-in, fan-out, average, geometric], but got "in"; write he-normal(slope=0, mode=fan-in)
          he-normal(slope=NaN) | he-normal: slope must be a finite number, but got "NaN"; write he-normal(slope=0, mode=fan-in)
          he-normal(slope=0x1p3) | he-normal: slope must be a finite number, but got "0x1p3"; write he-normal(slope=0, mode=fan-in)
          he-normal(0.1,)      | he-normal: mode must be one of [fan-in, fan-out, average, geometric], but got ""; write he-normal(slope=0, mode=fan-in)
          he-normal(1e999)     | he-normal: slope must lie between -1e18 and 1e18, but got Infinity; pass the slope of the leaky relu, 0 for relu
          zeros(1)             | zeros: a value must belong to a parameter, but got "1"; write zeros
          xavier-normal(1, 2)  | xavier-normal: a value must belong to a parameter, but got "2"; write xavier-normal(gain=1)
          uniform(high=1)      | uniform: low must be given, but got none; write uniform(low, high)
          uniform(1, 1)        | uniform: low must be less than high, as floats, but got 1.0 and 1.0; exchange or correct them
          normal(std=0)        | normal: std must be positive, between 1e-37 and 1e37, but got 0.0; for fixed numbers use constant(c)
          normal(mean=1e38)    | normal: mean must lie between -1e37 and 1e37, but got 1.0E38; pass a finite number
          truncated-normal     | truncated-normal: std must be given, but got none; write truncated-normal(std, cut=2)
          truncated-normal(1, 0.05) | truncated-normal: cut must lie between 0.1 and 8 deviations, but got 0.05; 2 is customary, for a narrower one use uniform(low, high)
          truncated-normal(0)  | truncated-normal: std must be positive, between 1e-37 and 1e37, but got 0.0; for fixed numbers use constant(c)
          orthogonal(0)        | orthogonal: gain must be positive, between 1e-18 and 1e18, but got 0.0; 1 is neutral
          identity(shift=1.5)  | identity: shift must be a whole number, but got "1.5"; write identity(gain=1, shift=0)
          identity(shift=3000000000) | identity: shift must be a whole number, but got "3000000000"; write identity(gain=1, shift=0)
          sparse(0)            | sparse: k must lie between 1 and 536870912, but got 0; 15 is customary
          xavier-normal(-1)    | xavier-normal: gain must be positive, between 1e-18 and 1e18, but got -1.0; 1 is neutral
          """)
  void refusesWrongTextsWithReason(String text, String message) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Initializer.parse(text));
    assertEquals(message, e.getMessage());
  }

  @Test
  void refusesAnEmptyText() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Initializer.parse(" "));
    String start = "initializer: the name must be a known one, but got \"\"; choose from zeros, ";
    assertTrue(String.valueOf(e.getMessage()).startsWith(start), e::getMessage);
  }
}
