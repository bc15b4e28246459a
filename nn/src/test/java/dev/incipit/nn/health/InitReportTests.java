package dev.incipit.nn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.loss.Loss;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold what a report measures, and that it changes nothing. */
final class InitReportTests {

  private static final RandomKey KEY = RandomKey.of(1);

  /** A net small enough to compute by hand: y = 2 relu(x0 - x1) - relu(x1). */
  private static Sequential small() {
    return Sequential.of(
        new Dense(
            new Parameter("a", Tensor.matrix(new float[] {1, 0}, new float[] {-1, 1})),
            new Parameter("b", Tensor.zeros(2)),
            Activation.relu()),
        new Dense(
            new Parameter("c", Tensor.of(Shape.of(2, 1), 2, -1)),
            new Parameter("d", Tensor.zeros(1)),
            Activation.identity()));
  }

  @Test
  void numbersAreThoseOfAHandCount() {
    // z = (x0 - x1, x1): (3, 1) and (1, 2); all positive, so h = z. y = 5 and 0.
    Tensor x = Tensor.matrix(new float[] {4, 1}, new float[] {3, 2});
    Tensor targets = Tensor.matrix(new float[] {3}, new float[] {1});
    InitReport report = InitReport.of(small(), new Batch(x, targets), Loss.meanSquaredError());
    InitReport.Row first = report.layers().get(0);
    assertEquals("a", first.name());
    assertEquals("relu", first.function());
    assertEquals(Math.sqrt(15 / 4.0), first.preactivation(), 1e-12);
    assertEquals(Moments.of(Tensor.vector(3, 1, 1, 2)).deviation(), first.activation(), 1e-12);
    assertEquals(7.5, first.signal(), 1e-12);
    // dl/dy = (y - t) of two rows' mean square: 2 and -1; dl/dh = that times (2, -1).
    assertEquals(Moments.of(Tensor.vector(4, -2, -2, 1)).deviation(), first.gradient(), 1e-6);
    assertEquals(0, first.dead());
    InitReport.Row last = report.layers().get(1);
    assertEquals(Math.sqrt(12.5), last.preactivation(), 1e-12);
    assertEquals(Moments.of(Tensor.vector(2, -1)).deviation(), last.gradient(), 1e-6);
  }

  @Test
  void leavesWeightsAndGradientsAlone() {
    Sequential net = Networks.of(4, 30, "gelu", "he-normal", "zeros", KEY);
    for (Parameter parameter : net.parameters()) {
      parameter.gradient().fill(7f);
    }
    List<Tensor> before = net.parameters().stream().map(p -> p.value().copy()).toList();
    InitReport.of(net, Networks.noise(KEY));
    for (int i = 0; i < before.size(); i++) {
      Parameter parameter = net.parameters().get(i);
      assertTrue(before.get(i).bitEquals(parameter.value()));
      assertTrue(Tensor.full(parameter.shape(), 7f).bitEquals(parameter.gradient()));
    }
  }

  @Test
  void isTheSameEachTimeAndExaminesFrozenLayersToo() {
    Sequential net = Networks.of(4, 30, "relu", "he-normal", "zeros", KEY);
    InitReport report = InitReport.of(net, Networks.noise(KEY));
    assertEquals(report, InitReport.of(net, Networks.noise(KEY)));
    assertEquals(report, InitReport.of(net.frozen(), Networks.noise(KEY)));
  }

  /** Logistic regression from zeros is a sound start: nothing stands between it and its loss. */
  @Test
  void aSingleLayerMayStartFromZeros() {
    Sequential net = Networks.of(1, 1, "relu", "zeros", "zeros", KEY);
    assertEquals(List.of(), InitReport.of(net, Networks.noise(KEY)).findings());
  }

  /** Of usual sizes, shallow and narrowing, with the gradients of a usual loss. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "sigmoid", "gelu", "elu", "silu", "softplus", "selu"})
  void usualNetworksOfThreeLayersAreHealthy(String activation) {
    Activation f = Activation.parse(activation);
    for (int seed = 0; seed < 20; seed++) {
      RandomKey key = RandomKey.of(seed);
      Sequential net =
          Mlp.of(Networks.INPUTS, 64, 32, 10)
              .withActivation(f)
              .withWeights(Initializer.recommendedFor(f))
              .build(key);
      Tensor targets = Tensor.zeros(32, 10);
      for (int row = 0; row < 32; row++) {
        targets.set(1f, row, row % 10);
      }
      InitReport report =
          InitReport.of(net, new Batch(Networks.images(key), targets), Loss.crossEntropy());
      assertTrue(report.healthy(), report::toString);
    }
  }

  @Test
  void saturationIsTheShareNearTheEnds() {
    // tanh(1.4) = 0.885, tanh(1.5) = 0.905: one of four outputs is within 5 % of the range.
    Sequential net =
        Sequential.of(
            new Dense(
                new Parameter("a", Tensor.matrix(new float[] {1, 0}, new float[] {0, 1})),
                new Parameter("b", Tensor.zeros(2)),
                Activation.tanh()));
    Tensor x = Tensor.matrix(new float[] {1.4f, 1.5f}, new float[] {-1.4f, 0.1f});
    assertEquals(0.25, InitReport.of(net, x).layers().getFirst().saturated());
  }

  @Test
  void refusesBatchesThatSayNothing() {
    assertEquals(
        "health: the batch must have at least two rows, but got shape [1, 2]; pass some dozen"
            + " examples [rows, in]",
        refusal(small(), Tensor.zeros(1, 2)));
    assertEquals(
        "health: the batch must be finite, but got NaN at element 1 of [2, 2]; clean the data",
        refusal(small(), Tensor.matrix(new float[] {1, Float.NaN}, new float[] {1, 1})));
    assertEquals(
        "health: the network must have a layer with weights, but got none among 1 stages; let a"
            + " layer of your own implement Weighted, a network list its stages()",
        refusal(Sequential.of(Activation.relu()), Tensor.zeros(2, 2)));
    assertTrue(refusal(small(), Tensor.zeros(2, 3)).contains("[2, 3] x [2, 2]"));
  }

  private static String refusal(Sequential net, Tensor x) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> InitReport.of(net, x)).getMessage());
  }

  @Test
  void printsATableAndTheVerdict() {
    InitReport report =
        new InitReport(
            List.of(
                new InitReport.Row(
                    "dense1.weight", 50, "relu", 1.25, 1.4, 0.1, 0.7, 36, 0.5, 0.02, 0),
                new InitReport.Row(
                    "dense2.weight", 10, "other", 1, Double.NaN, Double.NaN, 1, 9, 1, 0, 0.25)),
            List.of());
    assertEquals(
        """
        layer            units activation       rms z             theory     dev h     |h|^2  dev grad  dead   sat
        dense1.weight       50 relu          1.25e+00    1.40e+00 x/1.11  7.00e-01  3.60e+01  5.00e-01    2%    0%
        dense2.weight       10 other         1.00e+00                  -  1.00e+00  9.00e+00  1.00e+00    0%   25%
        healthy: nothing that the draw of the weights does not explain""",
        report.toString());
  }
}
