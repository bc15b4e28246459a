package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Products;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Times initializers: a weight matrix [1024, 1024] is drawn anew.
 *
 * <p>The decomposition behind an orthogonal one takes 50 ms compiled and seconds before that: after
 * 1.5 s of warm-up it still allocated 9 to 38 MB a call, and took one to four times as long.
 */
@Warmup(iterations = 16, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class FillBenchmark extends KernelBenchmark {

  /** Rows and columns of the matrix. */
  public static final int SIDE = 1024;

  /** Initializers of every kind of fill, as the library reads them. */
  public static final List<String> INITIALIZERS =
      List.of("he-uniform", "he-normal", "truncated-normal(std=0.02)", "orthogonal");

  /** The initializer, as the library reads it. */
  @Param({"he-uniform", "he-normal", "truncated-normal(std=0.02)", "orthogonal"})
  public String initializer = "";

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private @Nullable Initializer drawn;
  private @Nullable RandomKey key;
  private @Nullable Tensor weights;

  /** Check one draw. */
  @Setup
  public void setup() {
    activate();
    Workers.setThreads(threads);
    drawn = Initializer.parse(initializer);
    key = RandomKey.of(7);
    weights = Tensor.zeros(SIDE, SIDE);
    check(fill());
  }

  /** Require the scalar kernels' bits, or, where there are no such kernels, orthogonal rows. */
  private void check(Tensor drawn) {
    int n = drawn.size();
    float[] expected = new float[n];
    Kernels scalar = Kernels.scalar();
    long low = Objects.requireNonNull(key).low();
    long high = Objects.requireNonNull(key).high();
    float std = (float) Math.sqrt(2.0 / SIDE);
    switch (initializer) {
      case "he-normal" -> scalar.normal(low, high, 0, 0f, std, expected, 0, n);
      case "he-uniform" -> {
        float limit = (float) Math.sqrt(3 * (2.0 / SIDE));
        scalar.uniform(low, high, 0, -limit, limit, expected, 0, n);
      }
      case "orthogonal" -> {
        requireOrthogonal(drawn);
        return;
      }
      default -> expected = drawn.array().clone();
    }
    Check.same(initializer, expected, 0, drawn.array(), 0, n);
  }

  /** Require W W^T = I, each element within 1024 half-units of 2^-24 and as many again for W. */
  private static void requireOrthogonal(Tensor drawn) {
    Tensor product = Tensor.zeros(SIDE, SIDE);
    Products.matmul(Form.NT, drawn, drawn, product);
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        if (!(Math.abs(product.get(i, j) - (i == j ? 1 : 0)) <= 2 * SIDE * 0x1p-24)) {
          throw new IllegalStateException(
              "orthogonal: row %d times row %d must be %d, but is %s"
                  .formatted(i, j, i == j ? 1 : 0, product.get(i, j)));
        }
      }
    }
  }

  /** Draw the matrix. */
  @Benchmark
  public Tensor fill() {
    Tensor out = Objects.requireNonNull(weights);
    Objects.requireNonNull(drawn).fill(out, Objects.requireNonNull(key));
    return out;
  }
}
