package dev.incipit.bench.suite;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times products with a tail: a dense layer forward, and backward to the layer below. */
public class DenseBenchmark extends KernelBenchmark {

  /** Which tail. */
  public enum Tail {
    /** Forward: bias and ReLU. */
    MAP(Form.NN),
    /** Backward: the slope of ReLU. */
    MAP_GRADIENT(Form.NT);

    private final Form form;

    Tail(Form form) {
      this.form = form;
    }

    /** Return the form of its product. */
    public Form form() {
      return form;
    }
  }

  /** The tail. */
  @Param public Tail tail = Tail.MAP;

  /** A {@link ProductSize}. */
  @Param({"32x784x100", "32x100x10", "64x784x256", "128x100x100", "1024"})
  public String size = "";

  private Kernels active = Kernels.scalar();
  private ProductSize extents = new ProductSize(0, 0, 0);
  private float[] a = {};
  private float[] b = {};
  private float[] beside = {};
  private float[] c = {};

  /** Draw the operands and check the product. */
  @Setup
  public void setup() {
    active = activate();
    extents = ProductSize.of(tail.form(), size);
    a = new float[extents.m() * extents.k()];
    b = new float[extents.k() * extents.n()];
    beside = new float[tail == Tail.MAP ? extents.n() : extents.m() * extents.n()];
    c = new float[extents.m() * extents.n()];
    active.normal(1, 2, 0, 0f, 1f, a, 0, a.length);
    active.normal(3, 4, 0, 0f, 1f, b, 0, b.length);
    active.normal(5, 6, 0, 0f, 1f, beside, 0, beside.length);
    float[] expected = new float[c.length];
    multiply(Kernels.scalar(), expected);
    Check.same("product with a tail", expected, 0, multiply(), 0, c.length);
  }

  /** Multiply. */
  @Benchmark
  public float[] multiply() {
    return multiply(active, c);
  }

  private float[] multiply(Kernels by, float[] to) {
    int m = extents.m();
    int n = extents.n();
    int k = extents.k();
    switch (tail) {
      case MAP -> by.gemmMap(Unary.RELU, 0f, m, n, k, a, 0, k, b, 0, n, beside, 0, to, 0, n);
      case MAP_GRADIENT ->
          by.gemmMapGradient(Unary.RELU, 0f, m, n, k, a, 0, k, b, 0, k, beside, 0, n, to, 0, n);
    }
    return to;
  }
}
