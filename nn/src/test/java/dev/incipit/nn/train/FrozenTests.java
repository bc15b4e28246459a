package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.CustomOp;
import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.init.calibrate.Lsuv;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.Layer;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Prelu;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import dev.incipit.nn.optim.Sgd;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Training leaves frozen layers as they are, and spends nothing on their gradients. */
final class FrozenTests {

  private static final RandomKey KEY = RandomKey.of(3);
  private static final Dataset DATA = Learning.spirals(96, KEY.split("data"));

  private static Dense head() {
    return Dense.create(
        "head", 8, 3, Activation.identity(), He.normal(), Constant.zeros(), KEY.split("head"));
  }

  private static double train(Sequential net, int epochs) {
    return new Trainer(net, Loss.crossEntropy(), new Adam(0.02, 0.9, 0.999, 1e-8, 1e-4))
        .fit(DATA, Optional.empty(), 32, epochs, KEY.split("order"), Listener.NONE)
        .last()
        .orElseThrow()
        .trainLoss();
  }

  @Test
  void fineTunesANewHeadAloneThenEverything() {
    Sequential net = Mlp.of(2, 16, 8, 5).build(KEY.split("body"));
    List<Tensor> body = copies(net.first(2));
    Sequential tuned = net.frozen().withHead(head());
    double before = train(tuned, 1);
    double after = train(tuned, 20);
    assertTrue(after < before, before + " to " + after);
    assertSameBits(body, net.first(2));
    assertEquals(2, tuned.parameters().size());
    assertEquals(6, tuned.allParameters().size());

    Sequential free = tuned.unfrozen();
    assertEquals(6, free.parameters().size());
    train(free, 1);
    assertFalse(body.getFirst().bitEquals(net.allParameters().getFirst().value()));
  }

  @Test
  void aFrozenNetworkComputesTheSame() {
    Sequential net =
        Sequential.of(
            Mlp.of(2, 8).build(KEY), Activation.gelu(), Prelu.create("p"), head(), x -> x.mul(2f));
    Tensor x = Tensor.matrix(new float[] {1, -2}, new float[] {0.5f, 3});
    assertTrue(net.predict(x).bitEquals(net.frozen().predict(x)));
    assertEquals(net.predict(x).toString(), net.frozen().unfrozen().predict(x).toString());
    assertEquals(0, net.frozen().parameterCount());
    assertEquals(net.allParameters(), net.frozen().allParameters());
  }

  @Test
  void saysSoWhenNothingIsLeftToTrain() {
    Layer net = Mlp.of(3, 4, 2).build(RandomKey.of(1)).frozen();
    Dataset rows = Dataset.of(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), new int[] {0, 1}, 2);
    Trainer trainer = new Trainer(net, Loss.crossEntropy(), Sgd.of(0.1));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer.fit(rows, Optional.empty(), 2, 1, RandomKey.of(2), Listener.NONE));
    assertEquals(
        "train: at least one parameter must be free to change, but the network has none;"
            + " unfreeze a layer, or add one that learns",
        e.getMessage());
  }

  @Test
  void trainsLayersBelowAFrozenOneAsThoughItWereNot() {
    // The gradient passes through: the first layer moves as it does in the free network.
    Sequential free = Mlp.of(2, 8, 8, 3).build(KEY);
    Sequential held = Mlp.of(2, 8, 8, 3).build(KEY);
    Sequential partly =
        Sequential.of(
            held.layers().get(0), held.layers().get(1).frozen(), held.layers().get(2).frozen());
    List<Tensor> before = copies(held);
    step(free);
    step(partly);
    assertSameBits(copies(free.first(1)), partly.first(1));
    assertSameBits(
        before.subList(2, 6), Sequential.of(partly.layers().get(1), partly.layers().get(2)));
  }

  private static void step(Sequential net) {
    new Trainer(net, Loss.crossEntropy(), Sgd.of(0.1))
        .fit(DATA, Optional.empty(), DATA.size(), 1, KEY, Listener.NONE);
  }

  @Test
  void computesNoGradientBelowTheLowestTrainedLayer() {
    Probe below = new Probe();
    Probe above = new Probe();
    Layer first = x -> Variable.apply(below, x);
    Layer between = x -> Variable.apply(above, x);
    Dense dense = (Dense) Mlp.of(2, 8).build(KEY).layers().getFirst();
    Sequential net = Sequential.of(dense.frozen(), first, head(), between);
    step(net);
    assertEquals(0, below.backward);
    assertEquals(1, above.backward);
    assertEquals(0f, dense.weight().gradient().sum());
    step(net.unfrozen());
    assertEquals(1, below.backward);
  }

  /** The identity, counting its backward passes. */
  private static final class Probe implements CustomOp {
    private int backward;

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public void forward(List<Tensor> inputs, Tensor output) {
      output.copyFrom(inputs.getFirst());
    }

    @Override
    public void backward(
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        List<@Nullable Tensor> inputGradients) {
      backward++;
      Tensor gradient = inputGradients.getFirst();
      if (gradient != null) {
        gradient.copyFrom(outputGradient);
      }
    }
  }

  @Test
  void calibrationLeavesFrozenLayersAsTheyAre() {
    Sequential net = Mlp.of(2, 16, 8, 3).build(KEY);
    List<Tensor> before = copies(net);
    Sequential partly =
        Sequential.of(net.layers().get(0).frozen(), net.layers().get(1), net.layers().get(2));
    Tensor batch = Tensor.zeros(64, 2);
    KEY.split("batch").fillNormal(batch, 0, 1);
    Lsuv.of().apply(partly, batch, KEY.split("lsuv"));
    List<Parameter> after = net.allParameters();
    assertSameBits(before.subList(0, 2), net.first(1));
    assertFalse(before.get(2).bitEquals(after.get(2).value()));
  }

  @Test
  void freezesLayersOfOnesOwnAndTheirParts() {
    Parameter scale = new Parameter("scale", Tensor.vector(2f, 3f));
    Sequential inner = Mlp.of(2, 2).build(KEY);
    Layer own =
        new Layer() {
          @Override
          public Variable forward(Variable x) {
            return inner.forward(x).mul(scale).add(x);
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(scale, inner.parameters().get(0), inner.parameters().get(1));
          }
        };
    Sequential net = Sequential.of(own.frozen(), Mlp.of(2, 3).build(KEY));
    List<Tensor> before = copies(Sequential.of(own));
    step(net);
    assertSameBits(before, Sequential.of(own));
    assertEquals(2, net.parameters().size());
  }

  @Test
  void freezingIsTheSameTwiceAndLeavesActivationsAlone() {
    Layer relu = Activation.relu();
    assertSame(relu, relu.frozen());
    Layer frozen = head().frozen();
    assertSame(frozen, frozen.frozen());
    assertEquals("Dense[8, 3] identity, frozen", frozen.toString());
    assertEquals(
        "Dense[8, 3] identity, frozen\nrelu\n0 parameters, 27 frozen",
        Sequential.of(frozen, relu).toString());
  }

  @Test
  void aNetworkKeepsItsFirstLayers() {
    Sequential net = Mlp.of(2, 4, 3).build(KEY);
    assertEquals(net.layers().subList(0, 1), net.first(1).layers());
    assertEquals(List.of(), net.first(0).layers());
    Exception e = assertThrows(IllegalArgumentException.class, () -> net.first(3));
    assertEquals(
        "sequential: the number of layers to keep must lie in 0..2, but got 3; correct it",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Sequential.of().withHead(head()));
  }

  private static List<Tensor> copies(Layer net) {
    return net.allParameters().stream().map(parameter -> parameter.value().copy()).toList();
  }

  private static void assertSameBits(List<Tensor> expected, Layer net) {
    List<Parameter> actual = net.allParameters();
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(expected.get(i).bitEquals(actual.get(i).value()), actual.get(i).toString());
    }
  }
}
