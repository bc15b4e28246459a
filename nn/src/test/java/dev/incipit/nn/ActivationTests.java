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
            Activation.leakyRelu(Float.MAX_VALUE),
            Activation.elu(),
            Activation.elu(0.3f),
            Activation.selu(),
            Activation.gelu(),
            Activation.silu(),
            Activation.mish(),
            Activation.softplus(),
            Activation.softsign()));
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
    assertEquals("elu(1.0)", Activation.elu().toString());
    assertEquals(Activation.elu(), Activation.parse("elu"));
    assertEquals("selu", Activation.selu().toString());
    assertEquals("gelu", Activation.gelu().toString());
    assertEquals("silu", Activation.silu().toString());
    assertEquals("mish", Activation.mish().toString());
    assertEquals("softplus", Activation.softplus().toString());
    assertEquals("softsign", Activation.softsign().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ReLU",
        "leaky_relu",
        "leaky-relu(",
        "leaky-relu()",
        "leaky-relu(x)",
        "elu()",
        "gelu(1)",
        "swish"
      })
  void refusesUnknownNames(String text) {
    assertEquals(
        "activation: the name must be known, but got "
            + text
            + "; choose one of identity, sigmoid, tanh, relu, leaky-relu, leaky-relu(slope), elu,"
            + " elu(alpha), selu, gelu, silu, mish, softplus, softsign, abs, square, sqrt, exp,"
            + " log",
        assertThrows(IllegalArgumentException.class, () -> Activation.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "-0.1", "Infinity", "-1e-45"})
  void refusesSlopesThatAreNoSlopes(String slope) {
    String message =
        "activation: the slope of a leaky ReLU and the alpha of an ELU must be finite and >= 0,"
            + " and 0 for other functions, but got LEAKY_RELU with "
            + Float.parseFloat(slope)
            + "; 0.01 is customary for a leaky ReLU, 1 for an ELU";
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
  @EnumSource(
      value = Unary.class,
      names = {"LEAKY_RELU", "ELU"},
      mode = EnumSource.Mode.EXCLUDE)
  void refusesASlopeWhereThereIsNone(Unary function) {
    assertThrows(IllegalArgumentException.class, () -> new Activation(function, 0.1f));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.1f, Float.POSITIVE_INFINITY})
  void refusesAlphasThatAreNoAlphas(float alpha) {
    assertThrows(IllegalArgumentException.class, () -> Activation.elu(alpha));
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
