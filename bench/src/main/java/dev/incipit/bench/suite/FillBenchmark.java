package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.He;
import dev.incipit.init.VarianceScaling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times He's initializers: a weight matrix [512, 512] is drawn anew. */
public class FillBenchmark extends KernelBenchmark {

  /** Rows and columns of the matrix. */
  public static final int SIDE = 512;

  /** The initializer, by its name in the library. */
  @Param({"he-normal", "he-uniform"})
  public String initializer = "";

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  private @Nullable VarianceScaling he;
  private @Nullable RandomKey key;
  private @Nullable Tensor weights;

  /** Check one draw. */
  @Setup
  public void setup() {
    activate();
    Workers.setThreads(threads);
    boolean normal = initializer.equals("he-normal");
    he = normal ? He.normal() : He.uniform();
    key = RandomKey.of(7);
    weights = Tensor.zeros(SIDE, SIDE);
    float[] expected = new float[SIDE * SIDE];
    Kernels scalar = Kernels.scalar();
    if (normal) {
      float std = (float) Math.sqrt(2.0 / SIDE);
      scalar.normal(key.low(), key.high(), 0, 0f, std, expected, 0, expected.length);
    } else {
      float limit = (float) Math.sqrt(3 * (2.0 / SIDE));
      scalar.uniform(key.low(), key.high(), 0, -limit, limit, expected, 0, expected.length);
    }
    Check.same(initializer, expected, 0, fill().array(), 0, expected.length);
  }

  /** Draw the matrix. */
  @Benchmark
  public Tensor fill() {
    Tensor out = Objects.requireNonNull(weights);
    Objects.requireNonNull(he).fill(out, Objects.requireNonNull(key));
    return out;
  }
}
