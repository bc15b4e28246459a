package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Normal;
import dev.incipit.init.Xavier;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Values;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import dev.incipit.nn.optim.Optimizer;
import dev.incipit.nn.optim.Sgd;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 1 from end to end: the bits of networks that are trained for fifty steps.
 *
 * <p>Runs once a vector width, and with one and more threads. A new hash means that every user's
 * seeds train to other networks: say so in the changelog.
 */
@Tag("width")
final class GoldenTests {

  /** SHA-256 of all weights after training, as big-endian floats. */
  private static final String HASH =
      "1afdf394a5bbdf915edb0bb44cd0288e6ac58492d487ccc75267c06dccd9ee90";

  private static final RandomKey KEY = RandomKey.of(42);

  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void trainsToTheSameBitsEverywhere(int threads) throws NoSuchAlgorithmException {
    Workers.setThreads(threads);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    odd(digest);
    regression(digest);
    shared(digest);
    assertEquals(HASH, HexFormat.of().formatHex(digest.digest()));
  }

  /** Sizes off every unit: tails, masks, and a last batch of 5 rows after four of 19. */
  private static void odd(MessageDigest digest) {
    Sequential net =
        Sequential.of(
            dense("a", 37, 70, Activation.leakyRelu(0.1f)),
            dense("b", 70, 33, Activation.sigmoid()),
            dense("c", 33, 5, Activation.identity()));
    Dataset data = classes("odd", 4 * 19 + 5, 37, 5);
    train(net, Loss.crossEntropy(), new Sgd(0.05, 0.9, 1e-4), data, 19, digest);
  }

  private static void regression(MessageDigest digest) {
    Sequential net =
        Sequential.of(
            dense("d", 9, 50, Activation.tanh()),
            dense("e", 50, 21, Activation.relu()),
            dense("f", 21, 3, Activation.identity()));
    Dataset data = Dataset.of(normal("x", 55, 9), new Values(normal("y", 55, 3)));
    train(net, Loss.meanSquaredError(), new Adam(0.01, 0.9, 0.999, 1e-8, 1e-3), data, 11, digest);
  }

  /** Layers of 128 by 300 by 300 multiplications, that threads really share. */
  private static void shared(MessageDigest digest) {
    Sequential net = Mlp.of(20, 300, 300, 10).build(KEY.split("shared"));
    train(net, Loss.crossEntropy(), Adam.of(0.001), classes("s", 5 * 128, 20, 10), 128, digest);
  }

  private static Dense dense(String name, int in, int out, Activation activation) {
    return Dense.create(
        name, in, out, activation, Xavier.uniform(), Normal.of(0.1), KEY.split(name));
  }

  private static Tensor normal(String name, int... extents) {
    Tensor result = Tensor.zeros(extents);
    KEY.split(name).fillNormal(result, 0, 1);
    return result;
  }

  private static Dataset classes(String name, int rows, int features, int classes) {
    int[] labels = new int[rows];
    KEY.split(name + "labels").permutation(labels);
    for (int i = 0; i < rows; i++) {
      labels[i] %= classes;
    }
    return Dataset.of(normal(name, rows, features), labels, classes);
  }

  /** Train for ten epochs of five batches each: fifty steps. */
  private static void train(
      Sequential net,
      Loss loss,
      Optimizer optimizer,
      Dataset data,
      int batch,
      MessageDigest digest) {
    History history =
        new Trainer(net, loss, optimizer)
            .fit(data, Optional.empty(), batch, 10, KEY.split("order"), Listener.NONE);
    History.Epoch last = history.last().orElseThrow();
    assertEquals(50, last.steps());
    // Networks that learn: neither NaN nor zeros would tell widths apart.
    assertTrue(last.trainLoss() < history.epochs().getFirst().trainLoss(), last.toString());
    for (Parameter parameter : net.parameters()) {
      float[] weights = parameter.value().toArray();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length);
      bytes.asFloatBuffer().put(weights);
      digest.update(bytes);
    }
  }
}
