package dev.incipit.core.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Law 1: the number of threads shows in no bit of a result. */
@Tag("width")
final class ThreadCountTests {

  private static final int THREADS = Workers.threads();

  private static final RandomKey KEY = RandomKey.of(7);

  /** Something that threads compute together. */
  interface Work {
    void into(Tensor out);
  }

  private record Job(Shape shape, Work work) {}

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void anyNumberOfThreadsGivesTheSameBits(Job job) {
    Workers.setThreads(1);
    Tensor alone = Tensor.full(job.shape(), -77f);
    job.work().into(alone);
    assertTrue(
        alone.toArray()[job.shape().size() - 1] != -77f, "the last element must be computed");
    for (int threads = 2; threads <= 4; threads++) {
      Workers.setThreads(threads);
      Tensor together = Tensor.full(job.shape(), -78f);
      job.work().into(together);
      int n = threads;
      assertTrue(alone.bitEquals(together), () -> "with " + n + " threads");
    }
  }

  private static Tensor normal(String name, int... extents) {
    Tensor result = Tensor.zeros(extents);
    KEY.split(name).fillNormal(result, 0, 1);
    return result;
  }

  /** Return work above the sizes from which it is shared, and off the units of sharing. */
  static Stream<Named<Job>> jobs() {
    Tensor a = normal("a", 131, 97);
    Tensor b = normal("b", 97, 203);
    Tensor tall = normal("tall", 900, 61);
    Tensor narrow = normal("narrow", 61, 35);
    Tensor long1 = normal("x", 300_001);
    Tensor long2 = normal("y", 300_001);
    Tensor bias = normal("bias", 203);
    Tensor values = normal("values", 131, 203);
    Tensor rows = normal("rows", 997, 31);
    Tensor targets = rows.softmax();
    Tensor factors = normal("factors", 997);
    return Stream.of(
        job("matmul NN by columns", Shape.of(131, 203), out -> Products.matmul(Form.NN, a, b, out)),
        job(
            "matmul NN by rows",
            Shape.of(900, 35),
            out -> Products.matmul(Form.NN, tall, narrow, out)),
        job(
            "matmul TN",
            Shape.of(131, 203),
            out -> Products.matmul(Form.TN, a.transpose(), b, out)),
        job(
            "matmul NT",
            Shape.of(131, 203),
            out -> Products.matmul(Form.NT, a, b.transpose(), out)),
        job(
            "dense",
            Shape.of(131, 203),
            out -> Workers.run(share -> Products.dense(a, b, bias, Unary.TANH, 0f, out, share))),
        job(
            "dense gradient",
            Shape.of(131, 203),
            out ->
                Workers.run(
                    share ->
                        Products.denseGradient(
                            a, b.transpose(), Unary.TANH, 0f, values, out, share))),
        job(
            "binary",
            Shape.of(300_001),
            out -> Elementwise.binary(Binary.DIVIDE, long1, long2, out)),
        job(
            "broadcast",
            Shape.of(131, 97),
            out -> Elementwise.binary(Binary.ADD, a, a.row(3), out)),
        job("map", Shape.of(300_001), out -> Elementwise.map(Unary.TANH, 0f, long1, out)),
        job(
            "map gradient",
            Shape.of(300_001),
            out ->
                Workers.run(
                    share -> Elementwise.mapGradient(Unary.SIGMOID, 0f, long1, long2, out, share))),
        job(
            "axpy",
            Shape.of(300_001),
            out -> {
              out.copyFrom(long1);
              Workers.run(share -> Elementwise.axpy(0.3f, long2, out, share));
            }),
        job("softmax", Shape.of(997, 31), out -> Reductions.softmax(rows, out)),
        job("logSumExp", Shape.of(997), out -> Reductions.logSumExp(rows, out)),
        job(
            "cross-entropy",
            Shape.of(997),
            out -> Workers.run(share -> Reductions.crossEntropy(rows, targets, out, share))),
        job(
            "cross-entropy gradient",
            Shape.of(997, 31),
            out ->
                Workers.run(
                    share -> Reductions.crossEntropyGradient(rows, targets, factors, out, share))),
        job(
            "softmax gradient",
            Shape.of(997, 31),
            out -> Workers.run(share -> Reductions.softmaxGradient(targets, rows, out, share))),
        job(
            "column sums",
            Shape.of(203),
            out -> Workers.run(share -> Reductions.columnSums(b, out, share))),
        job("uniform", Shape.of(100_003), out -> KEY.fillUniform(out, -1, 1)),
        job("normal", Shape.of(100_003), out -> KEY.fillNormal(out, 0, 1)),
        job("truncated normal", Shape.of(100_003), out -> KEY.fillTruncatedNormal(out, 1, 0.5f)),
        job("bits", Shape.of(100_003), ThreadCountTests::bits),
        momentum(300_001),
        momentum(997, 131),
        momentum(3, 20_011),
        momentum(5_000, 2),
        job("momentum of -0", Shape.of(997, 131), ThreadCountTests::restOfMinusZero),
        adam(300_001),
        adam(997, 131),
        adam(3, 20_011));
  }

  private static Named<Job> momentum(int... extents) {
    Shape shape = Shape.of(extents);
    Tensor gradient = normal("gradient", extents);
    return job(
        "momentum " + shape,
        shape,
        out -> {
          out.copyFrom(normal("weight", extents));
          Tensor velocity = normal("velocity", extents);
          Workers.Task step =
              share -> Elementwise.momentumStep(0.1f, 0.9f, 0.01f, gradient, velocity, out, share);
          Workers.run(step);
          Workers.run(step);
        });
  }

  /** Weights of -0 without a gradient stay -0, whoever has touched them. */
  private static void restOfMinusZero(Tensor out) {
    out.fill(-0f);
    Tensor gradient = Tensor.zeros(out.shape());
    Tensor velocity = Tensor.zeros(out.shape());
    Workers.run(share -> Elementwise.momentumStep(0.1f, 0.9f, 0, gradient, velocity, out, share));
  }

  private static Named<Job> adam(int... extents) {
    Shape shape = Shape.of(extents);
    Tensor gradient = normal("gradient", extents);
    return job(
        "adam " + shape,
        shape,
        out -> {
          out.copyFrom(normal("weight", extents));
          Tensor first = normal("first", extents);
          Tensor second = normal("second", extents).map(Unary.ABS);
          Workers.Task step =
              share ->
                  Elementwise.adamStep(
                      0.1f, 0.9f, 0.99f, 1e-8f, 1f, 0.01f, gradient, first, second, out, share);
          Workers.run(step);
          Workers.run(step);
        });
  }

  private static void bits(Tensor out) {
    int[] words = new int[out.size()];
    KEY.fillBits(words);
    for (int i = 0; i < words.length; i++) {
      out.set(words[i] >>> 8, i);
    }
  }

  private static Named<Job> job(String name, Shape shape, Work work) {
    return Named.of(name, new Job(shape, work));
  }
}
