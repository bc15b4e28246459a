package dev.incipit.nn.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.architecture.ForeignVectors;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Adam;
import dev.incipit.nn.optim.Sgd;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Law 5: a training step leaves no garbage that grows with the network or the batch.
 *
 * <p>Runs once a vector width: what boxes a vector differs from width to width.
 */
@Tag("width")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AllocationTests {

  /** Bytes that a step may leave: some dozens of small objects, but no vector, row or layer. */
  private static final long BOUND = 4096;

  private static final int THREADS = Workers.threads();

  /** In the processes of one width, other code uses another. */
  @BeforeAll
  static void shareTheProcess() {
    String kernels = System.getProperty("dev.incipit.kernels", "auto");
    if (kernels.matches("\\d+")) {
      assertTrue(Float.isFinite(ForeignVectors.use(Integer.parseInt(kernels))));
    }
  }

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  /**
   * Large batches make few steps: what runs once a step must not wait for the compiler, which comes
   * after 600 calls at the earliest. First of this class, whose other tests would warm it up.
   */
  @ParameterizedTest
  @Order(1)
  @ValueSource(ints = {1, 2})
  void fiveHundredStepsAreEnough(int threads) {
    requireSteady(threads, 1024, "sgd", "784 256 10", Activation.relu(), 500);
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
    "2, 32, adam, 784 100 10",
    "1, 7, sgd, 784 100 10",
    "2, 64, sgd, 784 256 128 10",
    "1, 128, sgd, DEEP",
    "2, 128, adam, DEEP",
    "2, 256, sgd, 784 512 512 10"
  })
  void aSteadyStepAllocatesNextToNothing(int threads, int rows, String optimizer, String layers) {
    requireSteady(threads, rows, optimizer, layers, Activation.relu(), 12_000);
  }

  /** Their last elements, where rows are no whole vectors, must not be boxed either. */
  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sigmoid", "silu", "gelu", "mish", "selu", "elu", "softplus"})
  void neitherDoLongActivationsOfRaggedRows(String activation) {
    requireSteady(1, 32, "sgd", "784 77 77 10", Activation.parse(activation), 12_000);
  }

  private static void requireSteady(
      int threads, int rows, String optimizer, String layers, Activation activation, int enough) {
    Workers.setThreads(threads);
    String sizes = layers.equals("DEEP") ? "784" + " 100".repeat(30) + " 10" : layers;
    Sequential net =
        Mlp.of(Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray())
            .withActivation(activation)
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
    for (int done = 0; done < enough && least > BOUND; done += 20) {
      least = Math.min(least, Allocation.bytesOf(() -> steps(trainer, batch)) / 20);
    }
    assertTrue(least <= BOUND, "a step allocates " + least + " bytes after " + enough + " steps");
  }

  /** An epoch's garbage is that of its steps, whatever the number and the width of the rows. */
  @ParameterizedTest
  @CsvSource({"320, 50", "1280, 50", "320, 500"})
  void aSteadyEpochAllocatesNothingThatGrowsWithTheData(int rows, int width) {
    Workers.setThreads(1);
    Tensor x = Tensor.zeros(rows, width);
    RandomKey.of(2).fillUniform(x, 0, 1);
    int[] labels = new int[rows];
    Dataset data = Dataset.of(x, labels, 3);
    Trainer trainer =
        new Trainer(
            Mlp.of(width, 20, 3).build(RandomKey.of(1)), Loss.crossEntropy(), Sgd.of(0.01, 0.9));
    LongSupplier counter = Allocation.counter();
    long[] least = {Long.MAX_VALUE, counter.getAsLong()};
    Listener listener =
        new Listener() {
          @Override
          public void onEpoch(History.Epoch epoch) {
            long now = counter.getAsLong();
            least[0] = Math.min(least[0], now - least[1]);
            least[1] = now;
          }
        };
    // Some hundreds of bytes for each of the steps and of the batches evaluated.
    long bound = BOUND + 2 * rows / 32 * 512L;
    // A thousand epochs of so small a network can be over before the compiler is.
    for (int round = 0; round < 30 && least[0] > bound; round++) {
      trainer.fit(data, Optional.of(data), 32, 1000, RandomKey.of(3), listener);
    }
    assertTrue(least[0] <= bound, "an epoch allocates " + least[0] + " bytes");
  }

  /** A call's batches go with it: a graph that stayed would hold them, 3 MB each time. */
  @Test
  void callsOfFitLeaveNothingBehind() {
    Dataset data = Dataset.of(Tensor.zeros(1000, 784), new int[1000], 2);
    Trainer trainer =
        new Trainer(Mlp.of(784, 2).build(RandomKey.of(1)), Loss.crossEntropy(), Sgd.of(0.01));
    long first = usedAfter(trainer, data, 2);
    long last = usedAfter(trainer, data, 20);
    assertTrue(last - first < 16_000_000, "20 calls left " + (last - first) + " bytes");
  }

  private static long usedAfter(Trainer trainer, Dataset data, int calls) {
    for (int i = 0; i < calls; i++) {
      trainer.fit(data, Optional.empty(), 1000, 1, RandomKey.of(i), Listener.NONE);
    }
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void steps(Trainer trainer, Batch batch) {
    for (int i = 0; i < 20; i++) {
      trainer.step(batch);
    }
  }
}
