package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.init.Normal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold what a dense layer computes, and how it is made. */
final class DenseTests {

  private static final RandomKey KEY = RandomKey.of(5);

  @Test
  void computesTheProductPlusBiasThroughTheActivation() {
    Dense layer =
        new Dense(
            new Parameter("w", Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6})),
            new Parameter("b", Tensor.vector(0.5f, -100f, 0f)),
            Activation.relu());
    Variable y = layer.forward(Variable.constant(Tensor.matrix(new float[] {1, 10})));
    assertEquals("[41.5, 0.0, 63.0]", Arrays.toString(y.value().toArray()));
    assertEquals("Dense[2, 3] relu", layer.toString());
    assertEquals(List.of(layer.weight(), layer.bias()), layer.parameters());
  }

  @Test
  void drawsFromItsInitializersUnderKeysOfItsOwn() {
    Dense layer = Dense.create("first", 3, 4, Activation.tanh(), He.normal(), Normal.of(0.1), KEY);
    assertEquals("first.weight [3, 4]", layer.weight().toString());
    assertEquals("first.bias [4]", layer.bias().toString());
    assertTrue(
        layer
            .weight()
            .value()
            .bitEquals(He.normal().initialize(Shape.of(3, 4), KEY.split("weight"))));
    assertTrue(
        layer.bias().value().bitEquals(Normal.of(0.1).initialize(Shape.of(4), KEY.split("bias"))));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-3, 2", "2, -1"})
  void refusesLayersWithoutInputsOrOutputs(int in, int out) {
    assertEquals(
        "dense: a layer needs at least one input and one output, but got "
            + in
            + " and "
            + out
            + " for first; correct the sizes",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Dense.create(
                        "first", in, out, Activation.tanh(), He.normal(), Constant.zeros(), KEY))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 2", "2, 3, 4"})
  void refusesABiasThatDoesNotFit(int in, int out, int biases) {
    Parameter weight = new Parameter("w", Tensor.zeros(in, out));
    Parameter bias = new Parameter("b", Tensor.zeros(biases));
    assertEquals(
        "dense: weights must be [in, out] and biases [out], but got [2, 3] and ["
            + biases
            + "]; pass one bias for each output",
        assertThrows(ShapeMismatchException.class, () -> new Dense(weight, bias, Activation.relu()))
            .getMessage());
    assertThrows(ShapeMismatchException.class, () -> new Dense(bias, bias, Activation.relu()));
  }

  @Test
  void saysWhatInputsItNeeds() {
    Layer layer = Mlp.of(3, 2).build(KEY).layers().get(0);
    assertEquals(
        "matmul: inner dimensions must agree, but got [1, 4] x [3, 2]; transpose or resize the"
            + " right operand",
        assertThrows(
                ShapeMismatchException.class,
                () -> layer.forward(Variable.constant(Tensor.zeros(1, 4))))
            .getMessage());
  }
}
