package dev.incipit.core.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold what the methods of a variable compute, and what they say when shapes do not fit. */
final class VariableTests {

  @Test
  void methodsComputeWhatTheyAreNamed() {
    Variable x = new Parameter("x", Tensor.vector(-1f, 4f));
    assertValues("[-0.5, 8.0]", x.div(new Parameter("y", Tensor.vector(2f, 0.5f))));
    assertValues("[-3.0, 3.5]", x.sub(new Parameter("y", Tensor.vector(2f, 0.5f))));
    assertValues("[1.0, 6.0]", x.add(2f));
    assertValues("[-2.0, 8.0]", x.mul(2f));
    assertValues("[0.0, 4.0]", x.relu());
    assertValues("[-0.25, 4.0]", x.leakyRelu(0.25f));
    assertValues("[1.0, 16.0]", x.map(Unary.SQUARE));
    assertValues("[3.0]", x.sum().reshape(1));
    assertValues("[1.5]", x.mean().reshape(1));
    assertValues(
        "[5.0]", x.meanSquaredError(constant(2)).reshape(1), "((-1 - 0)^2 + (4 - 1)^2) / 2");
    assertValues("[0.0]", x.sub(x).exp().log().tanh().sum().reshape(1));
    assertValues("[0.5, 0.5]", x.sub(x).sigmoid());
    assertValues("[0.5, 0.5]", x.sub(x).softmax());
  }

  private static void assertValues(String expected, Variable actual) {
    assertValues(expected, actual, "");
  }

  private static void assertValues(String expected, Variable actual, String why) {
    assertEquals(expected, java.util.Arrays.toString(actual.value().toArray()), why);
  }

  /** Return 0, 1, 2, ... in the given shape. */
  private static Variable constant(int... extents) {
    Tensor values = Tensor.zeros(extents);
    for (int i = 0; i < values.size(); i++) {
      values.array()[i] = i;
    }
    return Variable.constant(values);
  }

  static Stream<Arguments> misfits() {
    Variable vector = constant(3);
    Variable matrix = constant(2, 3);
    Variable square = constant(2, 2);
    return Stream.of(
        misfit(
            () -> matrix.add(constant(2)),
            "add: shapes must broadcast (aligned extents equal, or one of them 1), but got [2, 3]"
                + " and [2]; reshape or repeat one operand"),
        misfit(
            () -> matrix.sub(square),
            "subtract: shapes must broadcast (aligned extents equal, or one of them 1), but got"
                + " [2, 3] and [2, 2]; reshape or repeat one operand"),
        misfit(
            () -> vector.mul(square),
            "multiply: shapes must broadcast (aligned extents equal, or one of them 1), but got"
                + " [3] and [2, 2]; reshape or repeat one operand"),
        misfit(
            () -> vector.div(constant(0)),
            "divide: shapes must broadcast (aligned extents equal, or one of them 1), but got [3]"
                + " and [0]; reshape or repeat one operand"),
        misfit(
            () -> matrix.matmul(square),
            "matmul: inner dimensions must agree, but got [2, 3] x [2, 2]; transpose or resize the"
                + " right operand"),
        misfit(
            () -> matrix.matmul(vector),
            "matmul: operands must be matrices, but got [2, 3] x [3]; reshape them"),
        misfit(
            () -> dense(matrix, constant(3, 4), vector),
            "dense: the bias must have one number for each column of the weights, but got [3] and"
                + " [3, 4]; pass a bias of shape [4]"),
        misfit(
            () -> dense(matrix, square, constant(2)),
            "matmul: inner dimensions must agree, but got [2, 3] x [2, 2]; transpose or resize the"
                + " right operand"),
        misfit(
            () -> matrix.reshape(4),
            "reshape: the number of elements must stay, but got [2, 3] to [4]; the extents must"
                + " multiply to 6"),
        misfit(
            () -> constant().softmax(),
            "softmax: the operand must have an axis, but got []; reshape it to [1, classes]"),
        misfit(
            () -> constant(2, 0).mean(),
            "mean: the tensor must hold an element, but got [2, 0]; check its extents"),
        misfit(
            () -> matrix.crossEntropy(vector),
            "crossEntropy: logits and targets must be equal matrices [rows, classes], but got"
                + " [2, 3] and [3]; encode the labels as one row of classes each"),
        misfit(
            () -> vector.crossEntropy(vector),
            "crossEntropy: logits and targets must be equal matrices [rows, classes], but got [3]"
                + " and [3]; encode the labels as one row of classes each"),
        misfit(
            () -> matrix.meanSquaredError(vector),
            "meanSquaredError: predictions and targets must have one shape, but got [2, 3] and"
                + " [3]; reshape the targets"),
        misfit(
            () -> matrix.leakyRelu(-0.5f),
            "leakyRelu: slope must be finite and >= 0, but got -0.5; 0.01 is customary"),
        misfit(
            () -> matrix.leakyRelu(Float.NaN),
            "leakyRelu: slope must be finite and >= 0, but got NaN; 0.01 is customary"),
        misfit(
            () -> {
              Variable logits = new Parameter("logits", Tensor.zeros(2, 3));
              Variable targets = new Parameter("targets", Tensor.zeros(2, 3));
              logits.crossEntropy(targets).mean().backward();
            },
            "crossEntropy: targets must be constant, but a gradient was asked for them; pass them"
                + " as Variable.constant"));
  }

  private static void dense(Variable x, Variable w, Variable b) {
    Variable.apply(new Dense(Unary.IDENTITY, 0f), x, w, b);
  }

  private static Arguments misfit(Executable call, String message) {
    return Arguments.of(call, message);
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void saysWhatIsWrongWithTheShapes(Executable call, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
