package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.init.Xavier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold plans of perceptrons and the networks that are built from them. */
final class MlpTests {

  private static final RandomKey KEY = RandomKey.of(42);

  @Test
  void exampleOfTheDocumentationRuns() {
    Sequential net = Mlp.of(784, 256, 128, 10).build(RandomKey.of(42));
    assertEquals(
        """
        Dense[784, 256] relu
        Dense[256, 128] relu
        Dense[128, 10] identity
        235146 parameters""",
        net.toString());
  }

  @Test
  void hiddenLayersShareTheActivationAndTheLastHasNone() {
    Sequential net = Mlp.of(2, 3, 4, 5).withActivation(Activation.tanh()).build(KEY);
    assertEquals(
        List.of("Dense[2, 3] tanh", "Dense[3, 4] tanh", "Dense[4, 5] identity"),
        net.layers().stream().map(Layer::toString).toList());
    assertEquals(
        "dense1.weight [2, 3], dense1.bias [3], dense2.weight [3, 4], dense2.bias [4],"
            + " dense3.weight [4, 5], dense3.bias [5]",
        String.join(", ", net.parameters().stream().map(Parameter::toString).toList()));
  }

  @Test
  void plansAreValues() {
    Mlp plan = Mlp.of(2, 3);
    Mlp changed =
        plan.withActivation(Activation.sigmoid())
            .withWeights(Xavier.uniform())
            .withBiases(Constant.of(0.1));
    assertEquals(
        new Mlp(List.of(2, 3), Activation.sigmoid(), Xavier.uniform(), Constant.of(0.1)), changed);
    assertEquals(new Mlp(List.of(2, 3), Activation.relu(), He.normal(), Constant.zeros()), plan);
    assertEquals(0.1f, changed.build(KEY).parameters().get(1).value().get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "3,0", "0,3", "3,-1,2"})
  void refusesSizesThatMakeNoNetwork(String text) {
    int[] sizes =
        Arrays.stream(text.split(","))
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    assertEquals(
        "mlp: at least an input and an output size are needed, each from 1, but got "
            + Arrays.toString(sizes)
            + "; pass for instance 784, 100, 10",
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(sizes)).getMessage());
  }

  @Test
  void equalKeysGiveEqualBits() {
    Sequential one = Mlp.of(7, 5, 3).build(RandomKey.of(0));
    Sequential other = Mlp.of(7, 5, 3).build(RandomKey.of(0));
    Sequential different = Mlp.of(7, 5, 3).build(RandomKey.of(1));
    for (int i = 0; i < one.parameters().size(); i++) {
      assertTrue(value(one, i).bitEquals(value(other, i)), "parameter " + i);
    }
    assertFalse(value(one, 0).bitEquals(value(different, 0)));
  }

  @Test
  void layersOfEqualShapeGetDifferentWeights() {
    Sequential net = Mlp.of(8, 8, 8, 8).build(KEY);
    assertFalse(value(net, 0).bitEquals(value(net, 2)));
    assertFalse(value(net, 2).bitEquals(value(net, 4)));
    assertFalse(value(net, 0).bitEquals(value(net, 4)));
  }

  @Test
  void aLayerMoreLeavesTheOthersWeights() {
    Sequential small = Mlp.of(8, 6, 6).build(KEY);
    Sequential large = Mlp.of(8, 6, 6, 6).build(KEY);
    for (int i = 0; i < small.parameters().size(); i++) {
      assertTrue(value(small, i).bitEquals(value(large, i)), "parameter " + i);
    }
  }

  private static Tensor value(Sequential net, int parameter) {
    return net.parameters().get(parameter).value();
  }
}
