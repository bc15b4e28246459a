package dev.incipit.bench.peers;

import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.TrainingTask;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A training step of Deeplearning4j. Its descent with momentum is Nesterov's, which costs the same.
 */
final class Dl4jTraining {

  private Dl4jTraining() {}

  static DoubleSupplier of(TrainingTask task, Net net, int threads) {
    NativeSettings.prepare(threads);
    int[] sizes = net.sizes();
    int layers = sizes.length - 1;
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(TrainingTask.RATE, TrainingTask.MOMENTUM))
            .list();
    for (int i = 1; i < layers; i++) {
      list.layer(
          new DenseLayer.Builder()
              .nIn(sizes[i - 1])
              .nOut(sizes[i])
              .activation(Activation.RELU)
              .build());
    }
    list.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(sizes[layers - 1])
            .nOut(sizes[layers])
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    for (int i = 1; i <= layers; i++) {
      network.setParam(
          (i - 1) + "_W", Nd4j.create(task.weights(i), new long[] {sizes[i - 1], sizes[i]}, 'c'));
      network.setParam((i - 1) + "_b", Nd4j.create(task.biases(i), new long[] {1, sizes[i]}, 'c'));
    }
    INDArray x = Nd4j.create(task.x(), new long[] {net.batch(), sizes[0]}, 'c');
    INDArray t = Nd4j.create(task.targets(), new long[] {net.batch(), sizes[layers]}, 'c');
    return () -> {
      network.fit(x, t);
      return network.score();
    };
  }
}
