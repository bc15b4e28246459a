package dev.incipit.bench.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** A training step as DJL's users take it: its blocks, loss, gradient collector and optimizer. */
final class DjlTraining {

  private DjlTraining() {}

  static DoubleSupplier of(TrainingTask task, Net net, int threads) {
    NDManager manager = TorchScript.start(threads);
    int[] sizes = net.sizes();
    int layers = sizes.length - 1;
    SequentialBlock block = new SequentialBlock();
    List<Linear> linears = new ArrayList<>();
    for (int i = 1; i <= layers; i++) {
      Linear linear = Linear.builder().setUnits(sizes[i]).build();
      linears.add(linear);
      block.add(linear);
      if (i < layers) {
        block.add(Activation.reluBlock());
      }
    }
    Model model = Model.newInstance("net", "PyTorch");
    model.setBlock(block);
    Loss loss = new SoftmaxCrossEntropyLoss("loss", 1, -1, false, true);
    Optimizer descent =
        Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed((float) TrainingTask.RATE))
            .optMomentum((float) TrainingTask.MOMENTUM)
            .build();
    Trainer trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(descent));
    trainer.initialize(new Shape(net.batch(), sizes[0]));
    for (int i = 1; i <= layers; i++) {
      set(linears.get(i - 1), task.weights(i), task.biases(i), sizes[i - 1], sizes[i]);
    }
    NDArray x = TorchScript.tensor(manager, task.x(), net.batch(), sizes[0]);
    NDArray t = TorchScript.tensor(manager, task.targets(), net.batch(), sizes[layers]);
    return () -> step(trainer, loss, x, t);
  }

  /** Its weights lie [out, in]. */
  private static void set(Linear linear, float[] weights, float[] biases, int in, int out) {
    float[] transposed = new float[in * out];
    for (int i = 0; i < in; i++) {
      for (int j = 0; j < out; j++) {
        transposed[j * in + i] = weights[i * out + j];
      }
    }
    for (var entry : linear.getDirectParameters()) {
      boolean bias = entry.getValue().getType() == Parameter.Type.BIAS;
      entry.getValue().getArray().set(bias ? biases : transposed);
    }
  }

  private static double step(Trainer trainer, Loss loss, NDArray x, NDArray t) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray input = x.duplicate();
      input.attach(scope);
      float value;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList predictions = trainer.forward(new NDList(input));
        NDArray lossArray = loss.evaluate(new NDList(t), predictions);
        lossArray.attach(scope);
        predictions.attach(scope);
        collector.backward(lossArray);
        value = lossArray.getFloat();
      }
      trainer.step();
      return value;
    }
  }
}
