package dev.incipit.init.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Family;
import dev.incipit.init.calibrate.Affine.Chain;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold what all calibrations have in common: their texts, and that a failure changes nothing. */
final class CalibrationTests {

  private static final RandomKey KEY = RandomKey.of(2016);

  /** A calibration, and the text that it prints and is parsed from. */
  record Row(String text, Calibration calibration) {}

  static List<Row> rows() {
    return List.of(
        new Row("lsuv(tol=0.1, max-tries=10)", Lsuv.of()),
        new Row("lsuv(tol=0.02, max-tries=3, mean-fix=true)", new Lsuv(0.02, 3, true)),
        new Row("within-layer", new WithinLayer()),
        new Row("between-layer", BetweenLayer.of()),
        new Row(
            "between-layer(damping=1, tol=0.001, max-rounds=7)", new BetweenLayer(1, 0.001, 7)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void printsAndParses(Row row) {
    assertEquals(row.text(), row.calibration().toString());
    assertEquals(row.calibration(), Calibration.parse(row.text()));
  }

  @Property(tries = 500, seed = "1511")
  void parsingUndoesPrinting(
      @ForAll @DoubleRange(min = 0, minIncluded = false, max = 1) double a,
      @ForAll @DoubleRange(min = 0, minIncluded = false, max = 1) double b,
      @ForAll @IntRange(min = 1) int count,
      @ForAll boolean meanFix) {
    Calibration lsuv = new Lsuv(a, count, meanFix);
    assertEquals(lsuv, Calibration.parse(lsuv.toString()));
    Calibration between = new BetweenLayer(a, b, count);
    assertEquals(between, Calibration.parse(between.toString()));
  }

  @Test
  void everyMethodIsInTheTableAndTheCatalogue() {
    assertEquals(
        new HashSet<>(Arrays.asList(Calibration.class.getPermittedSubclasses())),
        rows().stream().map(row -> row.calibration().getClass()).collect(Collectors.toSet()));
    assertEquals(
        "lsuv(tol=0.1, max-tries=10, mean-fix=false), within-layer,"
            + " between-layer(damping=0.25, tol=0.01, max-rounds=200)",
        Calibration.catalogue().stream().map(Family::signature).collect(Collectors.joining(", ")));
    Set<String> names =
        rows().stream()
            .map(row -> row.text().replaceFirst("\\(.*", ""))
            .collect(Collectors.toSet());
    assertEquals(
        names, Calibration.catalogue().stream().map(Family::name).collect(Collectors.toSet()));
    // The name alone means the customary parameters.
    assertEquals(Lsuv.of(), Calibration.parse("lsuv"));
    assertEquals(BetweenLayer.of(), Calibration.parse("between-layer()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lsvu                   | calibration: the name must be a known one, but got "lsvu"; choose from lsuv, within-layer, between-layer
          lsuv(tol=0)            | lsuv: tol must be positive and at most 1.0, but got 0.0; leave it out for the customary one
          lsuv(tol=2)            | lsuv: tol must be positive and at most 1.0, but got 2.0; leave it out for the customary one
          lsuv(max-tries=0)      | lsuv: max-tries must be at least 1, but got 0; leave it out for the customary number
          lsuv(mean-fix=yes)     | lsuv: mean-fix must be true or false, but got "yes"; write lsuv(tol=0.1, max-tries=10, mean-fix=false)
          within-layer(1)        | within-layer: a value must belong to a parameter, but got "1"; write within-layer
          between-layer(1.5)     | between-layer: damping must be positive and at most 1, but got 1.5; 0.25 is customary
          between-layer(tol=NaN) | between-layer: tol must be a finite number, but got "NaN"; write between-layer(damping=0.25, tol=0.01, max-rounds=200)
          """)
  void refusesWrongTextsWithReason(String text, String message) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Calibration.parse(text));
    assertEquals(message, e.getMessage());
  }

  /** A way to fail, and what the message must hold. */
  record Failure(String name, Chain model, Tensor batch, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Failure> failures() {
    Affine first = Affine.of("first", 6, 8, Unary.RELU, KEY);
    Affine second = Affine.of("second", 8, 5, Unary.TANH, KEY);
    Affine last = Affine.of("last", 5, 3, Unary.IDENTITY, KEY);
    Chain net = Chain.of(first, Chain.of(second, last));
    Tensor nan = batch(16);
    nan.set(Float.NaN, 3, 2);
    Tensor infinite = batch(16);
    infinite.set(Float.NEGATIVE_INFINITY, 0, 0);
    return List.of(
        new Failure("one row", net, batch(1), "the batch must have at least two rows"),
        new Failure("no rows", net, Tensor.zeros(0, 6), "the batch must have at least two rows"),
        new Failure("a number", net, Tensor.scalar(1f), "the batch must have at least two rows"),
        new Failure("NaN", net, nan, "the batch must be finite, but got NaN at element 20"),
        new Failure("infinity", net, infinite, "the batch must be finite, but got -Infinity"),
        new Failure("too narrow", net, Tensor.zeros(4, 5), "but got [4, 5] x [6, 8]"),
        new Failure("too wide", Chain.of(first, last), batch(16), "but got [16, 8] x [5, 3]"),
        new Failure(
            "dead in the middle",
            Chain.of(first, x -> x.mul(0f), second, last),
            batch(16),
            "must be positive and finite, but got 0.0 in "),
        new Failure(
            "infinite in the middle",
            Chain.of(first, x -> x.mul(3e38f).mul(3e38f), second, last),
            batch(16),
            "must be positive and finite, but got NaN in "),
        new Failure("no weights", Chain.of(x -> x.relu()), batch(16), "but got none among 1"),
        new Failure(
            "one layer twice",
            Chain.of(first, second, last, Affine.of("x", 3, 8, Unary.TANH, KEY), second),
            batch(16),
            "but got second in two places"),
        new Failure(
            "a layer of one's own that throws",
            Chain.of(first, CalibrationTests::refuse, second, last),
            batch(16),
            "refused"));
  }

  private static Variable refuse(Variable x) {
    throw new IllegalStateException("refused " + x.shape());
  }

  static Tensor batch(int rows) {
    Tensor x = Tensor.zeros(rows, 6);
    KEY.split("batch").fillNormal(x, 0f, 1f);
    return x;
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsClearAndLeavesEveryBit(Failure failure) {
    for (Row row : rows()) {
      List<Tensor> before = failure.model().numbers();
      Exception e =
          assertThrows(
              RuntimeException.class,
              () -> row.calibration().apply(failure.model(), failure.batch(), KEY));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains(failure.message()), row.text() + ": " + message);
      List<Tensor> after = failure.model().numbers();
      for (int i = 0; i < before.size(); i++) {
        assertTrue(before.get(i).bitEquals(after.get(i)), row.text() + " changed number " + i);
      }
    }
  }

  @Test
  void namesTheLayerThatIsDead() {
    Chain net =
        Chain.of(
            Affine.of("first", 6, 8, Unary.RELU, KEY),
            x -> x.mul(0f),
            Affine.of("second", 8, 5, Unary.TANH, KEY));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Lsuv.of().apply(net, batch(16), KEY));
    assertEquals(
        "lsuv: the variance of a layer's output must be positive and finite, but got 0.0 in second;"
            + " look for a dead layer before it, weights of zero, or a batch without variety",
        e.getMessage());
  }

  /** Between-layer looks at gradients, and a layer without influence has none. */
  @Test
  void aLayerWithoutInfluenceIsDeadAndStaysAsItWas() {
    Chain net =
        Chain.of(
            Affine.of("first", 6, 8, Unary.RELU, KEY),
            x -> Variable.constant(x.value()),
            Affine.of("second", 8, 5, Unary.TANH, KEY));
    List<Tensor> before = net.numbers();
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> BetweenLayer.of().apply(net, batch(16), KEY));
    assertTrue(String.valueOf(e.getMessage()).contains("but got 0.0 in first"), e::getMessage);
    for (int i = 0; i < before.size(); i++) {
      assertTrue(before.get(i).bitEquals(net.numbers().get(i)));
    }
  }

  /** What is no number of the model is none of the calibration's business. */
  @ParameterizedTest
  @MethodSource("rows")
  void leavesBatchAndGradientsAlone(Row row) {
    Chain net =
        Chain.of(Affine.of("a", 6, 9, Unary.RELU, KEY), Affine.of("b", 9, 2, Unary.IDENTITY, KEY));
    List<Tensor> before = net.numbers();
    Tensor batch = batch(40);
    row.calibration().apply(net, batch, KEY);
    assertTrue(batch.bitEquals(batch(40)));
    assertTrue(before.get(2).bitEquals(net.numbers().get(2)));
    assertTrue(before.get(7).bitEquals(net.numbers().get(7)));
  }
}
