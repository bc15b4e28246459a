package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Form;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.kernel.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products that write into a tensor given by the caller.
 *
 * <p>Where a method takes a {@link Share} it computes one thread's block of the output: a range of
 * columns or of rows, as {@link Areas} decides. The product TN is divided as weights are, for their
 * gradients are such products.
 */
public final class Products {

  /** Multiplications below which a team is not called together: some ten microseconds. */
  private static final long LEAST = 1L << 20;

  /** Multiplications below which a team that is together leaves a product to its first thread. */
  private static final long LEAST_IN_TEAM = 1L << 17;

  private static final Kernels KERNELS = Kernels.active();

  private Products() {}

  /**
   * Return the shape of a product.
   *
   * @param form which operand is read transposed
   * @param a shape of the left operand
   * @param b shape of the right operand
   * @return [m, n]
   * @throws ShapeMismatchException if an operand is no matrix, or inner dimensions differ
   */
  public static Shape shape(Form form, Shape a, Shape b) {
    if (a.rank() != 2 || b.rank() != 2) {
      throw new ShapeMismatchException(
          "matmul: operands must be matrices, but got " + a + " x " + b + "; reshape them");
    }
    int inner = a.extent(form == Form.TN ? 0 : 1);
    if (inner != b.extent(form == Form.NT ? 1 : 0)) {
      throw new ShapeMismatchException(
          "matmul: inner dimensions must agree, but got "
              + text(a, form == Form.TN)
              + " x "
              + text(b, form == Form.NT)
              + "; transpose or resize the right operand");
    }
    return Shape.of(a.extent(form == Form.TN ? 1 : 0), b.extent(form == Form.NT ? 0 : 1));
  }

  private static String text(Shape shape, boolean transposed) {
    return shape + (transposed ? "^T" : "");
  }

  /**
   * Compute {@code out = a b} in one of the three forms.
   *
   * @param form which operand is read transposed
   * @param a left operand
   * @param b right operand
   * @param out result [m, n], sharing no numbers with an operand
   */
  public static void matmul(Form form, Tensor a, Tensor b, Tensor out) {
    Checks.output("matmul", shape(form, a.shape(), b.shape()), out);
    if ((long) out.size() * a.extent(form == Form.TN ? 0 : 1) < LEAST) {
      matmul(form, a, b, out, Share.WHOLE);
    } else {
      Workers.run(share -> matmul(form, a, b, out, share));
    }
  }

  /** Compute one thread's share of {@link #matmul(Form, Tensor, Tensor, Tensor)}. */
  public static void matmul(Form form, Tensor a, Tensor b, Tensor out, Share share) {
    product(form, a, b, null, null, Unary.IDENTITY, 0f, out, share);
  }

  /**
   * Compute one thread's share of a dense layer, {@code out = f(x w + bias)}: bias and function are
   * applied to each block of the product while it lies in the cache.
   *
   * @param x inputs [batch, in]
   * @param w weights [in, out]
   * @param bias biases [out]
   * @param f function
   * @param parameter the function's parameter
   * @param out result [batch, out]
   * @param share which share
   */
  public static void dense(
      Tensor x, Tensor w, Tensor bias, Unary f, float parameter, Tensor out, Share share) {
    requireFit(Form.NN, x, w, out);
    int columns = w.extent(1);
    if (bias.rank() != 1 || bias.extent(0) != columns) {
      throw new ShapeMismatchException(
          "dense: the bias must have one number for each column of the weights, but got "
              + bias.shape()
              + " and "
              + w.shape()
              + "; pass a bias of shape ["
              + columns
              + "]");
    }
    product(Form.NN, x, w, bias, null, f, parameter, out, share);
  }

  /**
   * Compute one thread's share of the gradient that a dense layer hands to the layer below, times
   * that layer's slope: {@code out = (dz w^T) f'(y)}, which is {@code dz} of the layer below.
   *
   * @param dz gradient of this layer before its function [batch, out]
   * @param w weights [in, out]
   * @param f function of the layer below
   * @param parameter the function's parameter
   * @param y where the derivative is taken, as in {@link Elementwise#mapGradient} [batch, in]
   * @param out result [batch, in], sharing no numbers with the others
   * @param share which share
   */
  public static void denseGradient(
      Tensor dz, Tensor w, Unary f, float parameter, Tensor y, Tensor out, Share share) {
    requireFit(Form.NT, dz, w, out);
    Checks.output("dense gradient", y.shape(), out);
    Checks.apart("dense gradient", y, out);
    product(Form.NT, dz, w, null, y, f, parameter, out, share);
  }

  // Every step of training comes here: a shape is made only where it is needed, for the message.
  private static void requireFit(Form form, Tensor a, Tensor b, Tensor out) {
    boolean fits =
        a.rank() == 2
            && b.rank() == 2
            && out.rank() == 2
            && a.extent(form == Form.TN ? 0 : 1) == b.extent(form == Form.NT ? 1 : 0)
            && out.extent(0) == a.extent(form == Form.TN ? 1 : 0)
            && out.extent(1) == b.extent(form == Form.NT ? 0 : 1);
    if (!fits) {
      Checks.output("matmul", shape(form, a.shape(), b.shape()), out);
    }
  }

  private static void product(
      Form form,
      Tensor a,
      Tensor b,
      @Nullable Tensor bias,
      @Nullable Tensor below,
      Unary f,
      float p,
      Tensor out,
      Share share) {
    requireFit(form, a, b, out);
    Checks.apart("matmul", a, out);
    Checks.apart("matmul", b, out);
    int m = out.extent(0);
    int n = out.extent(1);
    int k = a.extent(form == Form.TN ? 0 : 1);
    int top = 0;
    int bottom = m;
    int from = 0;
    int to = n;
    if (share.parts() > 1) {
      if ((long) m * n * k < LEAST_IN_TEAM) {
        bottom = share.isFirst() ? m : 0;
      } else {
        Areas areas = form == Form.TN ? Areas.WEIGHTS : Areas.OUTPUTS;
        top = areas.top(m, n, share);
        bottom = areas.bottom(m, n, share);
        from = areas.left(m, n, share);
        to = areas.right(m, n, share);
      }
    }
    if (top == bottom || from == to) {
      return;
    }
    float[] left = a.array();
    int ao = a.offset() + (form == Form.TN ? top : top * a.extent(1));
    int lda = a.extent(1);
    float[] right = b.array();
    int bo = b.offset() + (form == Form.NT ? from * b.extent(1) : from);
    int ldb = b.extent(1);
    float[] c = out.array();
    int co = out.offset() + top * n + from;
    int rows = bottom - top;
    int columns = to - from;
    if (bias != null) {
      int at = bias.offset() + from;
      KERNELS.gemmMap(
          f, p, rows, columns, k, left, ao, lda, right, bo, ldb, bias.array(), at, c, co, n);
    } else if (below != null) {
      int at = below.offset() + top * n + from;
      KERNELS.gemmMapGradient(
          f, p, rows, columns, k, left, ao, lda, right, bo, ldb, below.array(), at, n, c, co, n);
    } else {
      KERNELS.gemm(form, rows, columns, k, left, ao, lda, right, bo, ldb, c, co, n, false);
    }
  }
}
