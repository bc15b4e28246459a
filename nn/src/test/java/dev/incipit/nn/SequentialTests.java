package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hold how layers are put one after another. */
final class SequentialTests {

  @Test
  void layersApplyFirstToLast() {
    Sequential net = Sequential.of(x -> x.mul(2f), x -> x.add(3f), Activation.relu());
    assertEquals("[0.0, 5.0]", Arrays.toString(net.predict(Tensor.vector(-2f, 1f)).toArray()));
    assertEquals(0, net.parameterCount());
  }

  @Test
  void withoutLayersItIsTheIdentity() {
    Variable x = Variable.constant(Tensor.vector(1f));
    assertSame(x, Sequential.of().forward(x));
    assertEquals(List.of(), Sequential.of().parameters());
  }

  @Test
  void takesNetworksAsLayers() {
    Sequential inner = Mlp.of(2, 3).build(RandomKey.of(1));
    Sequential outer = Sequential.of(inner, Activation.tanh());
    assertEquals(inner.parameters(), outer.parameters());
    assertEquals(9, outer.parameterCount());
    assertEquals("Dense[2, 3] identity\n9 parameters\ntanh\n9 parameters", outer.toString());
  }

  @Test
  void aLayerThatServesTwiceHasItsParametersOnce() {
    // Else an optimizer would move them twice a step.
    Layer tied = Mlp.of(3, 3).build(RandomKey.of(1)).layers().get(0);
    Sequential net = Sequential.of(tied, Activation.tanh(), tied);
    assertEquals(tied.parameters(), net.parameters());
    assertEquals(12, net.parameterCount());
  }

  @Test
  void takesLayersOfOnesOwn() {
    Parameter scale = new Parameter("scale", Tensor.vector(2f, 3f));
    Layer own =
        new Layer() {
          @Override
          public Variable forward(Variable x) {
            return x.mul(scale);
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(scale);
          }
        };
    Sequential net = Sequential.of(own);
    assertEquals(List.of(scale), net.parameters());
    assertEquals("[2.0, 6.0]", Arrays.toString(net.predict(Tensor.vector(1f, 2f)).toArray()));
  }

  @Test
  void keepsItsLayersWhateverHappensToTheList() {
    List<Layer> layers = new ArrayList<>(List.of(Activation.relu()));
    Sequential net = new Sequential(layers);
    layers.clear();
    assertEquals(1, net.layers().size());
    assertThrows(UnsupportedOperationException.class, () -> net.layers().clear());
  }
}
