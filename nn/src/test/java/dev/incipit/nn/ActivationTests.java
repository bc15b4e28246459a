package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold names, slopes and values of activations. */
final class ActivationTests {

  static Stream<Activation> activations() {
    return Stream.concat(
        Arrays.stream(Unary.values()).map(function -> new Activation(function, 0f)),
        Stream.of(
            Activation.identity(),
            Activation.sigmoid(),
            Activation.tanh(),
            Activation.relu(),
            Activation.leakyRelu(0.01f),
            Activation.leakyRelu(0.1f),
            Activation.leakyRelu(1f / 3),
            Activation.leakyRelu(Float.MIN_VALUE),
            Activation.leakyRelu(Float.MAX_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void isReadFromWhatItPrints(Activation activation) {
    assertEquals(activation, Activation.parse(activation.toString()));
  }

  @Test
  void namesAreThoseOfTheField() {
    assertEquals("identity", Activation.identity().toString());
    assertEquals("sigmoid", Activation.sigmoid().toString());
    assertEquals("tanh", Activation.tanh().toString());
    assertEquals("relu", Activation.relu().toString());
    assertEquals("leaky-relu(0.1)", Activation.leakyRelu(0.1f).toString());
    assertEquals(Activation.leakyRelu(0.01f), Activation.parse("leaky-relu"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ReLU", "leaky_relu", "leaky-relu(", "leaky-relu()", "leaky-relu(x)", "gelu"})
  void refusesUnknownNames(String text) {
    assertEquals(
        "activation: the name must be known, but got "
            + text
            + "; choose one of identity, sigmoid, tanh, relu, leaky-relu, leaky-relu(slope), abs,"
            + " square, sqrt, exp, log",
        assertThrows(IllegalArgumentException.class, () -> Activation.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.1", "Infinity", "-1e-45"})
  void refusesSlopesThatAreNoSlopes(String slope) {
    String message =
        "activation: the slope must be finite and >= 0, and 0 but for a leaky ReLU, but got"
            + " LEAKY_RELU with "
            + Float.parseFloat(slope)
            + "; 0.01 is customary for a leaky ReLU";
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> Activation.leakyRelu(Float.parseFloat(slope)))
            .getMessage());
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class, () -> Activation.parse("leaky-relu(" + slope + ")"))
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource(value = Unary.class, names = "LEAKY_RELU", mode = EnumSource.Mode.EXCLUDE)
  void refusesASlopeWhereThereIsNone(Unary function) {
    assertThrows(IllegalArgumentException.class, () -> new Activation(function, 0.1f));
  }

  @Test
  void isALayer() {
    Variable x = Variable.constant(Tensor.vector(-2f, 0f, 3f));
    assertEquals("[-0.5, 0.0, 3.0]", values(Activation.leakyRelu(0.25f).forward(x)));
    assertEquals("[0.0, 0.0, 3.0]", values(Activation.relu().forward(x)));
    assertEquals("[-2.0, 0.0, 3.0]", values(Activation.identity().forward(x)));
    assertEquals("[0.5]", values(Activation.sigmoid().forward(x.sum().mul(0f).reshape(1))));
    assertEquals(0, Activation.relu().parameters().size());
  }

  private static String values(Variable y) {
    return Arrays.toString(y.value().toArray());
  }
}
