package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the matrix product on one thread: square, and in the shapes that small nets have. */
public class ProductBenchmark extends KernelBenchmark {

  /** Which operands are read transposed. */
  @Param({"NN", "TN", "NT"})
  public Form form = Form.NN;

  /** A {@link ProductSize}. */
  @Param({
    "64",
    "128",
    "256",
    "512",
    "1024",
    "1x784x100",
    "32x784x100",
    "32x100x10",
    "64x256x128",
    "128x100x100"
  })
  public String size = "";

  private Kernels active = Kernels.scalar();
  private ProductSize extents = new ProductSize(0, 0, 0);
  private float[] a = {};
  private float[] b = {};
  private float[] c = {};

  /** Draw the operands and check the product. */
  @Setup
  public void setup() {
    active = activate();
    extents = ProductSize.of(form, size);
    a = new float[extents.m() * extents.k()];
    b = new float[extents.k() * extents.n()];
    c = new float[extents.m() * extents.n()];
    active.normal(1, 2, 0, 0f, 1f, a, 0, a.length);
    active.normal(3, 4, 0, 0f, 1f, b, 0, b.length);
    float[] expected = new float[c.length];
    multiply(Kernels.scalar(), expected);
    Check.same("product", expected, 0, multiply(active, c), 0, c.length);
  }

  /** Multiply. */
  @Benchmark
  public float[] product() {
    return multiply(active, c);
  }

  private float[] multiply(Kernels by, float[] out) {
    int m = extents.m();
    int n = extents.n();
    int k = extents.k();
    int lda = form == Form.TN ? m : k;
    int ldb = form == Form.NT ? k : n;
    by.gemm(form, m, n, k, a, 0, lda, b, 0, ldb, out, 0, n, false);
    return out;
  }
}
