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
    "2048",
    "1x784x256",
    "1x784x100",
    "1x256x100",
    "1x100x10",
    "8x784x256",
    "8x784x100",
    "8x256x100",
    "8x100x10",
    "32x784x256",
    "32x784x100",
    "32x256x100",
    "32x100x10",
    "64x784x256",
    "64x784x100",
    "64x256x100",
    "64x100x10",
    "128x784x256",
    "128x784x100",
    "128x256x100",
    "128x100x10",
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
    multiply();
    check();
  }

  /** Compare the first and the last rows: all of them would take seconds of plain loops. */
  private void check() {
    int m = extents.m();
    int n = extents.n();
    int k = extents.k();
    int rows = Math.min(m, 8);
    float[] expected = new float[rows * n];
    for (int row : new int[] {0, m - rows}) {
      int ao = form == Form.TN ? row : row * k;
      Kernels.scalar().gemm(form, rows, n, k, a, ao, lda(), b, 0, ldb(), expected, 0, n, false);
      Check.same("product", expected, 0, c, row * n, expected.length);
    }
  }

  /** Multiply. */
  @Benchmark
  public float[] multiply() {
    int n = extents.n();
    active.gemm(form, extents.m(), n, extents.k(), a, 0, lda(), b, 0, ldb(), c, 0, n, false);
    return c;
  }

  private int lda() {
    return form == Form.TN ? extents.m() : extents.k();
  }

  private int ldb() {
    return form == Form.NT ? extents.k() : extents.n();
  }
}
