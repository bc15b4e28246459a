package dev.incipit.nn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Sequential;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to begin wrongly that the literature warns of is found, named, and given a remedy. */
final class FailureTests {

  /**
   * Depth, width, activation, weights, biases; what is found in each of three draws; and a part of
   * the advice.
   */
  private static final String FAILURES =
      """
       5 | 100 | relu    | zeros           | zeros        | SYMMETRY NO_SIGNAL | 99 of 100 units are copies of others, in and out, and will learn the same; use he-normal
       5 | 100 | relu    | zeros           | zeros        | SYMMETRY NO_SIGNAL | layer 1 (dense1.weight): all weights are 0, so nothing passes, forward or back; use he-normal
       5 | 100 | tanh    | constant(0.01)  | zeros        | SYMMETRY LINEARITY | 99 of 100 units are copies of others
       3 |  50 | sigmoid | constant(0.1)   | zeros        | SYMMETRY           | 49 of 50 units are copies of others
       5 | 100 | relu    | normal(0, 0.01) | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | activations shrink by 0.07
       8 | 100 | tanh    | normal(0, 0.01) | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS LINEARITY | N(0, 0.01^2) under tanh; use xavier-normal
      30 | 100 | relu    | normal(0, 0.01) | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | N(0, 0.01^2) under relu; use he-normal
      10 | 100 | relu    | normal(0, 1)    | zeros        | GROWING_ACTIVATIONS GROWING_GRADIENTS | activations grow by 7.1 a layer
      60 | 100 | relu    | normal(0, 1)    | zeros        | NOT_FINITE         | values leave the range of float: weights of deviation 1.0 under relu; use he-normal
      10 | 100 | tanh    | normal(0, 1)    | zeros        | GROWING_GRADIENTS SATURATION | outputs lie at the ends of tanh, where it is flat: weights of deviation 0.99 under tanh; use xavier-normal
      30 | 100 | relu    | normal(0, 0.01) | ones         | SHRINKING_GRADIENTS DEAD_UNITS | whose biases of mean 1.0 outweigh the signal; use he-normal and biases of 0
      10 | 100 | relu    | fan-in-uniform  | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | activations shrink by 0.41 a layer
      30 | 100 | tanh    | fan-in-uniform  | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS LINEARITY | fan-in-uniform under tanh; use xavier-normal
       3 | 100 | sigmoid | normal(0, 1)    | zeros        | SATURATION         | outputs lie at the ends of sigmoid
      10 | 100 | sigmoid | normal(0, 1)    | zeros        | SATURATION         | weights of deviation 0.99 under sigmoid; use xavier-normal
       3 | 100 | sigmoid | normal(0, 0.01) | zeros        | SHRINKING_GRADIENTS LINEARITY | where it is a straight line: N(0, 0.01^2) under sigmoid; use xavier-normal
      10 | 100 | sigmoid | xavier-normal   | zeros        | SHRINKING_GRADIENTS | Xavier under sigmoid; use fewer layers, or tanh or relu, or calibrate with lsuv
      20 | 100 | relu    | xavier-normal   | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | by 0.71 a layer
      30 | 100 | relu    | xavier-uniform  | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | Xavier under relu; use he-normal
      50 | 100 | relu    | xavier-normal   | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | activations shrink by 0.71 a layer
      30 | 100 | gelu    | lecun-normal    | zeros        | SHRINKING_ACTIVATIONS SHRINKING_GRADIENTS | use variance-scaling(scale=2.351716, mode=fan-in, distribution=normal)
      10 | 100 | relu    | he-normal       | constant(-3) | NO_SIGNAL          | all units give 0 for every row: dead units: He under relu, whose biases of mean -3.0 outweigh the signal; use he-normal and biases of 0
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = FAILURES)
  void isFoundAndNamed(
      int depth,
      int width,
      String activation,
      String weights,
      String biases,
      String ailments,
      String advice) {
    for (int seed = 0; seed < 3; seed++) {
      RandomKey key = RandomKey.of(seed);
      InitReport report =
          InitReport.of(
              Networks.of(depth, width, activation, weights, biases, key),
              seed == 1 ? Networks.images(key) : Networks.noise(key));
      Set<String> found =
          report.findings().stream()
              .map(finding -> finding.ailment().name())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(new TreeSet<>(Arrays.asList(ailments.split(" "))), found, report::toString);
      assertTrue(seed > 0 || report.toString().contains(advice), report::toString);
    }
  }

  @Test
  void everyAilmentIsInTheTable() {
    assertEquals(
        EnumSet.allOf(Ailment.class),
        Arrays.stream(Ailment.values())
            .filter(ailment -> FAILURES.contains(ailment.name()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Ailment.class))));
  }

  @Test
  void mostlyDeadReluUnitsAreCounted() {
    RandomKey key = RandomKey.of(4);
    Sequential net = Networks.of(3, 100, "relu", "he-normal", "zeros", key);
    Tensor bias = net.parameters().get(1).value();
    for (int j = 0; j < 85; j++) {
      bias.set(-50f, j);
    }
    InitReport report = InitReport.of(net, Networks.noise(key));
    assertEquals(Ailment.DEAD_UNITS, report.findings().getFirst().ailment(), report::toString);
    assertEquals(1, report.findings().getFirst().layer());
    assertTrue(
        report.toString().contains("85 % of the units give one number for every row: they are off"),
        report::toString);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void aWeightThatIsNoNumberIsFoundWhereItIs(float bad) {
    RandomKey key = RandomKey.of(4);
    Sequential net = Networks.of(4, 30, "tanh", "xavier-normal", "zeros", key);
    net.parameters().get(4).value().set(bad, 3, 5);
    InitReport report = InitReport.of(net, Networks.noise(key));
    assertEquals(
        "layer 3 (dense3.weight): weights or biases hold NaN or infinity: draw them anew, or look"
            + " where they come from",
        report.findings().getFirst().advice());
    assertEquals(1, report.findings().size());
  }

  /** Where the function of some layer is not known, what is measured must do. */
  @Test
  void xavierUnderReluIsFoundBesideAnUnknownLayer() {
    RandomKey key = RandomKey.of(1);
    Sequential net = Networks.of(30, 100, "relu", "xavier-normal", "zeros", key);
    InitReport report =
        InitReport.of(Sequential.of(x -> x.mul(2f), net, x -> x.mul(3f)), Networks.noise(key));
    assertEquals(Ailment.SHRINKING_ACTIVATIONS, report.findings().getFirst().ailment());
    assertTrue(report.toString().contains("Xavier under relu"), report::toString);
  }

  @Test
  void activationsAsLayersAreUnderstood() {
    RandomKey key = RandomKey.of(1);
    Sequential fused = Networks.of(3, 40, "tanh", "normal(0, 1)", "zeros", key);
    Sequential apart = Networks.of(3, 40, "identity", "normal(0, 1)", "zeros", key);
    Sequential net =
        Sequential.of(
            apart.layers().get(0),
            Activation.tanh(),
            apart.layers().get(1),
            Activation.tanh(),
            apart.layers().get(2));
    assertEquals(
        InitReport.of(fused, Networks.noise(key)).toString(),
        InitReport.of(net, Networks.noise(key)).toString());
  }
}
