package dev.incipit.bench.peers;

import ai.djl.ndarray.NDManager;
import dev.incipit.bench.peers.PeerBenchmark.Work;
import dev.incipit.bench.suite.ProductSize;
import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The peers' matrix products. */
final class Products {

  private static final Logger NETLIB = Logger.getLogger("dev.ludovic.netlib");

  private final Form form;
  private final int m;
  private final int n;
  private final int k;
  private final float[] a;
  private final float[] b;

  /** Draw the operands, the same as ours. */
  Products(Form form, ProductSize size) {
    this.form = form;
    m = size.m();
    n = size.n();
    k = size.k();
    a = new float[m * k];
    b = new float[k * n];
    Kernels.active().normal(1, 2, 0, 0f, 1f, a, 0, a.length);
    Kernels.active().normal(3, 4, 0, 0f, 1f, b, 0, b.length);
  }

  private boolean aTransposed() {
    return form == Form.TN;
  }

  private boolean bTransposed() {
    return form == Form.NT;
  }

  /** Numbers from one row of the left operand to the next, as it lies in memory. */
  private int lda() {
    return aTransposed() ? m : k;
  }

  private int ldb() {
    return bTransposed() ? k : n;
  }

  /**
   * Require our product, within what rounding may do.
   *
   * <p>A sum of k products in any order, each operation rounded by at most 2^-24 of its result, is
   * off by at most k 2^-24 sum |a b|; ours and theirs differ by at most twice that.
   */
  void check(Work work) {
    work.run();
    float[] theirs = work.result();
    float[] ours = multiply(a, b);
    float[] sizes = multiply(absolute(a), absolute(b));
    for (int i = 0; i < ours.length; i++) {
      if (!(Math.abs(theirs[i] - ours[i]) <= 2 * k * 0x1p-24 * sizes[i])) {
        throw new IllegalStateException(
            "element %d of the product must be %s, but is %s".formatted(i, ours[i], theirs[i]));
      }
    }
  }

  private float[] multiply(float[] x, float[] y) {
    float[] c = new float[m * n];
    Kernels.active().gemm(form, m, n, k, x, 0, lda(), y, 0, ldb(), c, 0, n, false);
    return c;
  }

  private static float[] absolute(float[] x) {
    float[] result = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = Math.abs(x[i]);
    }
    return result;
  }

  Work pytorch(int threads) {
    NDManager manager = TorchScript.start(threads);
    String product =
        "_1 = torch.mm(%s, %s, out=c)"
            .formatted(aTransposed() ? "torch.t(a)" : "a", bTransposed() ? "torch.t(b)" : "b");
    return new TorchScript(
        manager,
        List.of("a", "b", "c"),
        List.of(product),
        "c",
        TorchScript.tensor(manager, a, a.length / lda(), lda()),
        TorchScript.tensor(manager, b, b.length / ldb(), ldb()),
        TorchScript.tensor(manager, new float[m * n], m, n));
  }

  Work openblas(int threads) {
    NativeSettings.prepare(threads);
    // Off the heap: no copies, and no pinning of arrays.
    FloatPointer left = new FloatPointer(a);
    FloatPointer right = new FloatPointer(b);
    FloatPointer c = new FloatPointer((long) m * n);
    int ta = aTransposed() ? openblas.CblasTrans : openblas.CblasNoTrans;
    int tb = bTransposed() ? openblas.CblasTrans : openblas.CblasNoTrans;
    return new Work() {
      @Override
      public void run() {
        for (int i = 0; i < PeerBenchmark.CALLS; i++) {
          openblas.cblas_sgemm(
              openblas.CblasRowMajor, ta, tb, m, n, k, 1f, left, lda(), right, ldb(), 0f, c, n);
        }
      }

      @Override
      public float[] result() {
        float[] result = new float[m * n];
        c.get(result);
        return result;
      }
    };
  }

  Work nd4j(int threads) {
    NativeSettings.prepare(threads);
    INDArray left = Nd4j.create(a, new long[] {a.length / lda(), lda()}, 'c');
    INDArray right = Nd4j.create(b, new long[] {b.length / ldb(), ldb()}, 'c');
    // By columns, as it wants its results.
    INDArray c = Nd4j.create(new long[] {m, n}, 'f');
    return new Work() {
      @Override
      public void run() {
        for (int i = 0; i < PeerBenchmark.CALLS; i++) {
          Nd4j.gemm(left, right, c, aTransposed(), bTransposed(), 1.0, 0.0);
        }
      }

      @Override
      public float[] result() {
        return c.dup('c').data().asFloat();
      }
    };
  }

  /** Its matrices lie by columns, so it multiplies the transposes in the other order. */
  Work vectorBlas() {
    // It warns that it found no native library, which nobody asked it for.
    NETLIB.setLevel(Level.OFF);
    BLAS blas = JavaBLAS.getInstance();
    if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
      throw new IllegalStateException(
          "the Vector API must serve it, but it chose " + blas.getClass());
    }
    float[] c = new float[m * n];
    String ta = aTransposed() ? "T" : "N";
    String tb = bTransposed() ? "T" : "N";
    return new Work() {
      @Override
      public void run() {
        for (int i = 0; i < PeerBenchmark.CALLS; i++) {
          blas.sgemm(tb, ta, n, m, k, 1f, b, ldb(), a, lda(), 0f, c, n);
        }
      }

      @Override
      public float[] result() {
        return c;
      }
    };
  }
}
