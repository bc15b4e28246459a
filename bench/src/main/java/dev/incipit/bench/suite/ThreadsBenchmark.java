package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Products;
import dev.incipit.core.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the matrix product of tensors on one thread and on two. */
public class ThreadsBenchmark extends KernelBenchmark {

  /** Threads that share the work. */
  @Param({"1", "2"})
  public int threads;

  /** A {@link ProductSize}. */
  @Param({"512", "1024", "2048"})
  public String size = "";

  private @Nullable Tensor a;
  private @Nullable Tensor b;
  private @Nullable Tensor c;

  /** Draw the operands and check the product. */
  @Setup
  public void setup() {
    Kernels active = activate();
    Workers.setThreads(threads);
    ProductSize extents = ProductSize.of(Form.NN, size);
    int m = extents.m();
    int n = extents.n();
    int k = extents.k();
    a = Tensor.zeros(m, k);
    b = Tensor.zeros(k, n);
    c = Tensor.zeros(m, n);
    active.normal(1, 2, 0, 0f, 1f, a.array(), 0, a.size());
    active.normal(3, 4, 0, 0f, 1f, b.array(), 0, b.size());
    float[] expected = product().array().clone();
    Workers.setThreads(1);
    Check.same("product on threads", expected, 0, product().array(), 0, expected.length);
    Workers.setThreads(threads);
  }

  /** Multiply. */
  @Benchmark
  public Tensor product() {
    Tensor out = Objects.requireNonNull(c);
    Products.matmul(Form.NN, Objects.requireNonNull(a), Objects.requireNonNull(b), out);
    return out;
  }
}
