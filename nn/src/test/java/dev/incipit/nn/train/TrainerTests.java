package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import dev.incipit.init.Xavier;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Layer;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Values;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import dev.incipit.nn.optim.Optimizer;
import dev.incipit.nn.optim.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hold that networks learn, and that what is told of it is true. */
final class TrainerTests {

  private static final RandomKey KEY = RandomKey.of(6);

  @ParameterizedTest
  @CsvSource({
    "relu, he-normal, sgd",
    "relu, he-normal, adam",
    "leaky-relu(0.1), he-uniform(slope=0.1), sgd",
    "tanh, xavier-normal, sgd",
    "tanh, xavier-uniform, adam",
    "sigmoid, xavier-normal(gain=4), adam"
  })
  void learnsSpirals(String activation, String weights, String optimizer) {
    Dataset train = Learning.spirals(600, KEY.split("train"));
    Dataset validation = Learning.spirals(150, KEY.split("validation"));
    Sequential net =
        Mlp.of(2, 32, 32, 3)
            .withActivation(Activation.parse(activation))
            .withWeights(Initializer.parse(weights))
            .build(KEY.split("net"));
    Optimizer rule = optimizer.equals("sgd") ? Sgd.of(0.1, 0.9) : Adam.of(0.01);
    Trainer trainer = new Trainer(net, Loss.crossEntropy(), rule);
    Evaluation before = trainer.evaluate(validation);
    assertTrue(before.accuracy().orElseThrow() < 0.6, "untrained: " + before);
    History history =
        trainer.fit(train, Optional.of(validation), 32, 40, KEY.split("order"), Listener.NONE);
    Evaluation after = history.last().orElseThrow().validation().orElseThrow();
    assertTrue(after.accuracy().orElseThrow() > 0.95, "trained: " + after);
    assertTrue(
        history.last().orElseThrow().trainLoss() < history.epochs().getFirst().trainLoss() / 2);
  }

  @Test
  void learnsAWave() {
    Sequential net =
        Mlp.of(2, 24, 1)
            .withActivation(Activation.tanh())
            .withWeights(Xavier.normal())
            .build(KEY.split("net"));
    Trainer trainer = new Trainer(net, Loss.meanSquaredError(), Adam.of(0.01));
    Dataset held = Learning.wave(200, KEY.split("held"));
    trainer.fit(
        Learning.wave(500, KEY.split("train")), Optional.empty(), 50, 60, KEY, Listener.NONE);
    Evaluation evaluation = trainer.evaluate(held);
    // The wave's own variance is about 0.45.
    assertTrue(evaluation.loss() < 0.01, evaluation.toString());
    assertEquals(OptionalInt.empty(), evaluation.correct());
    assertEquals(OptionalDouble.empty(), evaluation.accuracy());
    assertEquals(OptionalDouble.empty(), evaluation.error());
  }

  /** A network that learns nothing: y = x + b, with a rate of 0. */
  private static Trainer still(Loss loss, Tensor bias) {
    Parameter b = new Parameter("b", bias);
    Layer layer =
        new Layer() {
          @Override
          public Variable forward(Variable x) {
            return x.add(b);
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(b);
          }
        };
    return new Trainer(layer, loss, Sgd.of(0));
  }

  private static Dataset ramp(int n) {
    Tensor x = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      x.set(i, i, 0);
    }
    return Dataset.of(x, new Values(Tensor.zeros(n, 1)));
  }

  /** Notes what it hears, in order. */
  private static final class Notes implements Listener {
    final List<String> heard = new ArrayList<>();
    final List<Float> losses = new ArrayList<>();
    final List<History.Epoch> epochs = new ArrayList<>();

    @Override
    public void onStep(long step, int epoch, float loss) {
      heard.add("step " + step + " of epoch " + epoch);
      losses.add(loss);
    }

    @Override
    public void onEpoch(History.Epoch epoch) {
      heard.add("epoch " + epoch.number() + " after " + epoch.steps());
      epochs.add(epoch);
    }
  }

  @Test
  void historyWeighsEachBatchByItsRows() {
    // Squares of 0..6 by the mean of each batch, two full ones and one of a single row.
    Notes notes = new Notes();
    History history =
        still(Loss.meanSquaredError(), Tensor.zeros(1))
            .fit(ramp(7), Optional.of(ramp(4)), 3, 2, KEY, notes);
    assertEquals(2, history.epochs().size());
    for (History.Epoch epoch : history.epochs()) {
      assertEquals(91 / 7.0, epoch.trainLoss(), 91 / 7.0 * 0x1p-22);
      assertEquals(14 / 4.0, epoch.validation().orElseThrow().loss(), 14 / 4.0 * 0x1p-22);
      assertEquals(4, epoch.validation().orElseThrow().rows());
    }
    double first = 3 * notes.losses.get(0) + 3 * notes.losses.get(1) + notes.losses.get(2);
    assertEquals(91, first, 91 * 0x1p-22);
    assertEquals(
        List.of(
            "step 1 of epoch 1",
            "step 2 of epoch 1",
            "step 3 of epoch 1",
            "epoch 1 after 3",
            "step 4 of epoch 2",
            "step 5 of epoch 2",
            "step 6 of epoch 2",
            "epoch 2 after 6"),
        notes.heard);
    assertEquals(history.epochs(), notes.epochs);
    assertEquals(history.last().orElseThrow(), notes.epochs.getLast());
  }

  @Test
  void shufflesTheRowsAnewEachEpochAndByTheKeyAlone() {
    List<Float> losses = lossesOfRows(KEY);
    assertEquals(losses, lossesOfRows(KEY));
    assertFalse(losses.subList(0, 9).equals(losses.subList(9, 18)));
    assertFalse(losses.equals(lossesOfRows(RandomKey.of(7))));
  }

  private static List<Float> lossesOfRows(RandomKey key) {
    Notes notes = new Notes();
    still(Loss.meanSquaredError(), Tensor.zeros(1))
        .fit(ramp(9), Optional.empty(), 1, 2, key, notes);
    return notes.losses;
  }

  @Test
  void aLossIsTakenBeforeItsStep() {
    Parameter w = new Parameter("w", Tensor.matrix(new float[] {3}));
    Layer layer =
        new Layer() {
          @Override
          public Variable forward(Variable x) {
            return x.matmul(w);
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(w);
          }
        };
    Trainer trainer = new Trainer(layer, Loss.meanSquaredError(), Sgd.of(0.25));
    Batch batch = new Batch(Tensor.matrix(new float[] {1}), Tensor.matrix(new float[] {1}));
    // (w - 1)^2 at w = 3, whose slope of 4 leads to w = 2.
    assertEquals(4f, trainer.step(batch));
    assertEquals(2f, w.value().item());
    assertEquals(1f, trainer.step(batch));
    assertEquals(1.5f, trainer.predict(Tensor.matrix(new float[] {1})).item());
  }

  @Test
  void noEpochsMeanNoTraining() {
    Notes notes = new Notes();
    History history =
        still(Loss.meanSquaredError(), Tensor.zeros(1))
            .fit(ramp(3), Optional.of(ramp(3)), 2, 0, KEY, notes);
    assertEquals(List.of(), history.epochs());
    assertEquals(Optional.empty(), history.last());
    assertEquals(List.of(), notes.heard);
  }

  @Test
  void refusesNegativeEpochsAndEmptyBatches() {
    Trainer trainer = still(Loss.meanSquaredError(), Tensor.zeros(1));
    assertEquals(
        "fit: the number of epochs must not be negative, but got -1; pass 0 or more",
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.fit(ramp(3), Optional.empty(), 2, -1, KEY, Listener.NONE))
            .getMessage());
    assertEquals(
        "batches: the size must be at least 1, but got 0; 128 is a usual choice",
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.fit(ramp(3), Optional.empty(), 0, 1, KEY, Listener.NONE))
            .getMessage());
  }

  private static final float NAN = Float.NaN;

  private static Evaluation evaluate(Tensor outputs, int... labels) {
    return still(Loss.crossEntropy(), Tensor.zeros(outputs.extent(1)))
        .evaluate(Dataset.of(outputs, labels, outputs.extent(1)));
  }

  @Test
  void accuracyCountsRowsWhoseLargestOutputIsTheirClass() {
    Tensor outputs =
        Tensor.matrix(
            new float[] {1, 2, 3},
            new float[] {3, 2, 1},
            new float[] {-5, -1, -2},
            new float[] {2, 2, 1},
            new float[] {2, 2, 1});
    // Right, wrong, right; of several largest the first counts: right, wrong.
    Evaluation evaluation = evaluate(outputs, 2, 1, 1, 0, 1);
    assertEquals(OptionalInt.of(3), evaluation.correct());
    assertEquals(5, evaluation.rows());
    assertEquals(0.6, evaluation.accuracy().orElseThrow());
    assertEquals(0.4, evaluation.error().orElseThrow());
  }

  @Test
  void evaluationCoversEveryRowOfManyBatches() {
    // Beyond the 256 rows that an evaluation takes at once: two full batches and a part.
    int n = 2 * 256 + 13;
    Tensor outputs = Tensor.zeros(n, 2);
    int[] labels = new int[n];
    double loss = 0;
    for (int i = 0; i < n; i++) {
      outputs.set(i % 7 - 3, i, 1);
      labels[i] = i % 2;
      loss += Math.log1p(Math.exp(i % 7 - 3)) - labels[i] * (i % 7 - 3);
    }
    Evaluation evaluation = evaluate(outputs, labels);
    int correct = 0;
    for (int i = 0; i < n; i++) {
      correct += (i % 7 > 3 ? 1 : 0) == labels[i] ? 1 : 0;
    }
    assertEquals(OptionalInt.of(correct), evaluation.correct());
    // Losses below 4, each of some ten roundings, and means of 256 of them of as many more.
    assertEquals(loss / n, evaluation.loss(), 20 * 4 * 0x1p-24);
  }

  @Test
  void aRowWithNanIsWrongWhateverItsClass() {
    for (int label = 0; label < 3; label++) {
      Trainer trainer = still(Loss.crossEntropy(), Tensor.vector(NAN, 0, 0));
      for (int where = 0; where < 3; where++) {
        Tensor bias = Tensor.zeros(3);
        bias.set(NAN, where);
        trainer = still(Loss.crossEntropy(), bias);
        Dataset data = Dataset.of(Tensor.matrix(new float[] {1, 2, 3}), new int[] {label}, 3);
        assertEquals(OptionalInt.of(0), trainer.evaluate(data).correct(), where + " " + label);
      }
    }
  }

  @Test
  void aNetworkOfNanIsRightNowhere() {
    Dataset data = Learning.spirals(30, KEY);
    Sequential net = Mlp.of(2, 4, 3).build(KEY);
    net.parameters().forEach(parameter -> parameter.value().fill(NAN));
    Evaluation evaluation = new Trainer(net, Loss.crossEntropy(), Sgd.of(0.1)).evaluate(data);
    assertEquals(OptionalInt.of(0), evaluation.correct());
    assertEquals(1.0, evaluation.error().orElseThrow());
    assertTrue(Double.isNaN(evaluation.loss()));
  }

  @Test
  void evaluationLeavesTheNetworkAndItsTrainingAlone() {
    Dataset data = Learning.spirals(60, KEY);
    Tensor plain = trained(data, Optional.empty());
    assertTrue(plain.bitEquals(trained(data, Optional.of(Learning.spirals(20, KEY)))));
  }

  private static Tensor trained(Dataset data, Optional<Dataset> validation) {
    Sequential net = Mlp.of(2, 8, 3).build(KEY);
    new Trainer(net, Loss.crossEntropy(), Adam.of(0.01))
        .fit(data, validation, 7, 3, KEY, Listener.NONE);
    return net.parameters().get(0).value();
  }
}
