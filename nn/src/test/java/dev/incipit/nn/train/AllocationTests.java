package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import dev.incipit.nn.optim.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Law 5: a training step leaves no garbage that grows with the network or the batch. */
final class AllocationTests {

  /** Bytes that a step may leave: some dozens of small objects, but no vector, row or layer. */
  private static final long BOUND = 4096;

  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  /**
   * Train until all is compiled, and count.
   *
   * <p>Interpreted vector code boxes every vector, so the count falls until the compiler has come
   * round to all, and then stays.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 32, sgd, 784 100 10",
    "2, 32, sgd, 784 100 10",
    "1, 32, adam, 784 100 10",
    "1, 128, sgd, DEEP",
    "2, 128, sgd, DEEP"
  })
  void aSteadyStepAllocatesNextToNothing(int threads, int rows, String optimizer, String layers) {
    Workers.setThreads(threads);
    String sizes = layers.equals("DEEP") ? "784" + " 100".repeat(30) + " 10" : layers;
    Sequential net =
        Mlp.of(Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray())
            .build(RandomKey.of(1));
    Trainer trainer =
        new Trainer(
            net, Loss.crossEntropy(), optimizer.equals("sgd") ? Sgd.of(0.01, 0.9) : Adam.of(0.001));
    Tensor x = Tensor.zeros(rows, 784);
    RandomKey.of(2).fillUniform(x, 0, 1);
    Tensor targets = Tensor.zeros(rows, 10);
    for (int i = 0; i < rows; i++) {
      targets.set(1f, i, i % 10);
    }
    Batch batch = new Batch(x, targets);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 600 && least > BOUND; round++) {
      least = Math.min(least, Allocation.bytesOf(() -> steps(trainer, batch)) / 20);
    }
    assertTrue(least <= BOUND, "a step allocates " + least + " bytes after 12,000 steps");
  }

  private static void steps(Trainer trainer, Batch batch) {
    for (int i = 0; i < 20; i++) {
      trainer.step(batch);
    }
  }
}
