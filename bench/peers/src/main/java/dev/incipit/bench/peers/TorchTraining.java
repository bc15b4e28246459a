package dev.incipit.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A training step of PyTorch's own operations, with the backward pass written out: what its kernels
 * need without Python, autograd or DJL.
 */
final class TorchTraining {

  private TorchTraining() {}

  static DoubleSupplier of(TrainingTask task, Net net, int threads) {
    NDManager manager = TorchScript.start(threads);
    int[] sizes = net.sizes();
    int layers = sizes.length - 1;
    List<String> names = new ArrayList<>(List.of("x", "t", "loss"));
    List<NDArray> inputs = new ArrayList<>();
    inputs.add(TorchScript.tensor(manager, task.x(), net.batch(), sizes[0]));
    inputs.add(TorchScript.tensor(manager, task.targets(), net.batch(), sizes[layers]));
    inputs.add(manager.create(0f));
    for (int i = 1; i <= layers; i++) {
      names.addAll(List.of("w" + i, "b" + i, "v" + i, "u" + i));
      inputs.add(TorchScript.tensor(manager, task.weights(i), sizes[i - 1], sizes[i]));
      inputs.add(TorchScript.tensor(manager, task.biases(i), sizes[i]));
      inputs.add(
          TorchScript.tensor(manager, new float[sizes[i - 1] * sizes[i]], sizes[i - 1], sizes[i]));
      inputs.add(TorchScript.tensor(manager, new float[sizes[i]], sizes[i]));
    }
    TorchScript script =
        new TorchScript(
            manager, names, lines(layers, net.batch()), "loss", inputs.toArray(NDArray[]::new));
    return () -> script.result()[0];
  }

  private static List<String> lines(int layers, int batch) {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i < layers; i++) {
      lines.add("h%d = torch.relu_(torch.addmm(b%d, %s, w%d))".formatted(i, i, input(i), i));
    }
    lines.add("z = torch.addmm(b%d, %s, w%d)".formatted(layers, input(layers), layers));
    lines.add("p = torch.log_softmax(z, 1)");
    lines.add(
        "l = torch.copy_(loss, torch.div(torch.neg(torch.sum(torch.mul(t, p))), %d.))"
            .formatted(batch));
    lines.add("d%d = torch.div(torch.sub(torch.exp(p), t), %d.)".formatted(layers, batch));
    for (int i = layers; i >= 1; i--) {
      lines.add("g%d = torch.mm(torch.t(%s), d%d)".formatted(i, input(i), i));
      lines.add("c%d = torch.sum(d%d, [0])".formatted(i, i));
      if (i > 1) {
        lines.add(
            "d%d = torch.threshold_backward(torch.mm(d%d, torch.t(w%d)), h%d, 0)"
                .formatted(i - 1, i, i, i - 1));
      }
      lines.addAll(update("v" + i, "g" + i, "w" + i));
      lines.addAll(update("u" + i, "c" + i, "b" + i));
    }
    return lines;
  }

  private static String input(int layer) {
    return layer == 1 ? "x" : "h" + (layer - 1);
  }

  private static List<String> update(String velocity, String gradient, String weights) {
    return List.of(
        "m%s = torch.add_(torch.mul_(%s, %s), %s)"
            .formatted(velocity, velocity, TrainingTask.MOMENTUM, gradient),
        "n%s = torch.add_(%s, %s, alpha=-0.00001)".formatted(weights, weights, velocity));
  }
}
