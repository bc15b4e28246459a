package dev.incipit.core.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold every operation, forward and backward, against its formula in double. */
final class OpTests {

  /**
   * Distance of the differences in double: the third derivatives here are below 100, so the error
   * of truncation is below 100 * 1e-10 / 6, and that of rounding about 1e-16 * 1e3 / 1e-5.
   */
  private static final double STEP = 1e-5;

  private static final double DIFFERENCE_ERROR = 2e-8;

  /**
   * Float differences over 2^-7: rounding of results below 100 costs up to 100 * 2^-24 / 2^-7, the
   * third derivative 100 * 2^-16 / 6; both relative to gradients as large where they are largest.
   */
  private static final double FLOAT_DIFFERENCES = 1e-3;

  static List<OpCase> cases() {
    return OpCase.TABLE;
  }

  static Stream<OpCase> casesWithNumbers() {
    return OpCase.TABLE.stream()
        .filter(row -> row.points().stream().noneMatch(point -> point.size() == 0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardFollowsTheFormula(OpCase row) {
    Variable output = Variable.apply(row.op(), parameters(row.points()));
    double[] expected = row.formula().of(OpCase.doubles(row.points()));
    assertEquals(expected.length, output.shape().size());
    assertClose(expected, output.value(), row.tolerance(), "output");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardFollowsTheFormula(OpCase row) {
    int active = row.points().size() - row.constants();
    Variable[] inputs = parameters(row.points());
    for (int i = active; i < inputs.length; i++) {
      inputs[i] = Variable.constant(row.points().get(i));
    }
    List<Tensor> gradients = gradients(row, inputs);
    for (int i = 0; i < active; i++) {
      double[] expected = differences(row, i);
      assertClose(expected, gradients.get(i), row.tolerance() + DIFFERENCE_ERROR, "input " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("casesWithNumbers")
  void backwardFollowsItsOwnForward(OpCase row) {
    int active = row.points().size() - row.constants();
    GradientCheck.of(
            inputs -> {
              List<Variable> all = new ArrayList<>(inputs);
              row.points().stream().skip(active).map(Variable::constant).forEach(all::add);
              return Variable.apply(row.op(), all.toArray(Variable[]::new));
            },
            row.points().subList(0, active).toArray(Tensor[]::new))
        .orElseThrow(FLOAT_DIFFERENCES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGradientIsTheSameWhicheverOthersAreAskedFor(OpCase row) {
    int active = row.points().size() - row.constants();
    Variable[] all = parameters(row.points());
    IntStream.range(active, all.length)
        .forEach(i -> all[i] = Variable.constant(row.points().get(i)));
    List<Tensor> together = gradients(row, all);
    for (int i = 0; i < active; i++) {
      Variable[] alone = row.points().stream().map(Variable::constant).toArray(Variable[]::new);
      alone[i] = all[i];
      assertTrue(together.get(i).bitEquals(gradients(row, alone).getFirst()), "input " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardLeavesItsInputsAndOverwritesItsOutput(OpCase row) {
    List<Tensor> before = row.points().stream().map(Tensor::copy).toList();
    Variable output = Variable.apply(row.op(), parameters(row.points()));
    Tensor first = output.value().copy();
    output.value().fill(Float.NaN);
    Graph.of(output).forward();
    assertTrue(first.bitEquals(output.value()));
    for (int i = 0; i < before.size(); i++) {
      assertTrue(before.get(i).bitEquals(row.points().get(i)), "input " + i);
    }
  }

  @Test
  void everyOperationIsInTheTable() {
    Set<String> needed = new TreeSet<>();
    for (Class<?> type : Op.class.getPermittedSubclasses()) {
      if (type == Arithmetic.class) {
        Arrays.stream(Binary.values()).forEach(f -> needed.add("Arithmetic " + f));
      } else if (type == Map.class) {
        Arrays.stream(Unary.values()).forEach(f -> needed.add("Map " + f));
      } else if (type == Dense.class) {
        Arrays.stream(Unary.values())
            .filter(Unary::gradientAtOutput)
            .forEach(f -> needed.add("Dense " + f));
      } else {
        needed.add(type.getSimpleName());
      }
    }
    assertEquals(
        needed,
        OpCase.TABLE.stream()
            .map(row -> OpCase.kind(row.op()))
            .collect(Collectors.toCollection(TreeSet::new)),
        "autograd: every operation needs a row in OpCase.TABLE, with its formula in double and"
            + " points where it is smooth; add a row for each that is missing, remove others");
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void parametersThatBelieTheDerivativeAreRefused(float parameter) {
    String message =
        "LEAKY_RELU: the parameter must be finite and >= 0, but got "
            + parameter
            + "; for a slope of any sign use Variable.prelu";
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new Map(Unary.LEAKY_RELU, parameter))
            .getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new Dense(Unary.LEAKY_RELU, parameter))
            .getMessage());
  }

  @ParameterizedTest
  @MethodSource("functionsOfTheArgument")
  void denseRefusesFunctionsWhoseSlopeNeedsTheArgument(Unary function) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Dense(function, 0f));
    assertEquals(
        "dense: the derivative must follow from the function's value, but got "
            + function
            + "; use IDENTITY and apply the function as a layer of its own",
        refused.getMessage());
  }

  static Stream<Unary> functionsOfTheArgument() {
    return Arrays.stream(Unary.values()).filter(function -> !function.gradientAtOutput());
  }

  @Test
  void aWrongDerivativeIsNoticed() {
    // The cube, with a derivative of 2 x^2.
    record Wrong() implements CustomOp {
      @Override
      public Shape outputShape(List<Shape> inputs) {
        return inputs.get(0);
      }

      @Override
      public void forward(List<Tensor> inputs, Tensor output) {
        new Cube().forward(inputs, output);
      }

      @Override
      public void backward(
          List<Tensor> inputs,
          Tensor output,
          Tensor outputGradient,
          List<@org.jspecify.annotations.Nullable Tensor> inputGradients) {
        new Cube().backward(inputs, output, outputGradient.mul(2f / 3), inputGradients);
      }
    }

    Function<List<? extends Variable>, Variable> wrong = x -> Variable.apply(new Wrong(), x.get(0));
    GradientCheck check = GradientCheck.of(wrong, Tensor.vector(0.1f, 2f, -1f));
    // At 2, of weight 0.5 + 0.618 as the second output: 3 x^2 is 12 and not 8.
    assertEquals(1, check.element());
    assertEquals(8 * 1.118, check.analytic(), 1e-3);
    assertEquals(12 * 1.118, check.numeric(), 1e-2);
    AssertionError error = assertThrows(AssertionError.class, () -> check.orElseThrow(1e-3));
    assertTrue(
        String.valueOf(error.getMessage())
            .startsWith(
                "gradient: autograd and finite differences must agree within 0.001, but input 0,"
                    + " element 1 has 8.9"),
        error.getMessage());
    assertThrows(
        AssertionError.class,
        () -> GradientCheck.of(x -> x.get(0).log(), Tensor.vector(-1f)).orElseThrow(1e9));
  }

  private static Variable[] parameters(List<Tensor> points) {
    return points.stream().map(x -> new Parameter("x", x.copy())).toArray(Variable[]::new);
  }

  /** Return the gradient of the weighted sum of outputs with respect to each parameter. */
  private static List<Tensor> gradients(OpCase row, Variable... inputs) {
    Variable output = Variable.apply(row.op(), inputs);
    double[] weights = weights(output.shape().size());
    Tensor factors = Tensor.zeros(output.shape());
    for (int i = 0; i < weights.length; i++) {
      factors.array()[i] = (float) weights[i];
    }
    output.mul(Variable.constant(factors)).sum().backward();
    return Arrays.stream(inputs)
        .filter(Parameter.class::isInstance)
        .map(input -> ((Parameter) input).gradient().copy())
        .toList();
  }

  private static double[] differences(OpCase row, int input) {
    double[][] points = OpCase.doubles(row.points());
    double[] x = points[input];
    double[] slopes = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double at = x[j];
      x[j] = at + STEP;
      double above = weighted(row.formula().of(points));
      x[j] = at - STEP;
      double below = weighted(row.formula().of(points));
      x[j] = at;
      slopes[j] = (above - below) / (2 * STEP);
    }
    return slopes;
  }

  private static double weighted(double[] outputs) {
    double[] weights = weights(outputs.length);
    return IntStream.range(0, outputs.length).mapToDouble(i -> weights[i] * outputs[i]).sum();
  }

  /** Return irregular weights of 0.5 to 1.5 that float holds exactly. */
  private static double[] weights(int n) {
    return IntStream.range(0, n).mapToDouble(i -> 0.5 + i * 37 % 64 / 64.0).toArray();
  }

  private static void assertClose(double[] expected, Tensor actual, double tolerance, String what) {
    float[] numbers = actual.toArray();
    assertEquals(expected.length, numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      assertEquals(expected[i], numbers[i], tolerance, what + ", element " + i);
    }
  }
}
