package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import java.util.Arrays;

/**
 * Sums, maxima, softmax and cross-entropy, each in the fixed order that {@link Kernels} states.
 *
 * <p>Where a method takes a {@link Share} it computes one thread's part of the outputs.
 */
public final class Reductions {

  /** Elements of softmax a thread takes at least: about ten microseconds of exponentials. */
  private static final int LEAST = 1 << 12;

  /**
   * Tensors of up to as many elements are summed by plain loops. A training step sums the losses of
   * its batch once; C2 comes to the vector form, which has few rounds a call, after some 600 calls
   * at the earliest, and each of those leaves 15 kB of boxed vectors for 1,024 losses. Plain loops
   * take 2.4 us for 16,384 elements, vectors 1.2 (Zen 4).
   */
  private static final int FEW = 1 << 14;

  private static final Kernels KERNELS = Kernels.active();

  private Reductions() {}

  /** Return the sum of all elements. */
  public static float sum(Tensor x) {
    return kernels(x).sum(x.array(), x.offset(), x.size());
  }

  /** Return what sums a tensor, or its rows. */
  private static Kernels kernels(Tensor x) {
    return x.size() <= FEW ? Kernels.scalar() : KERNELS;
  }

  /**
   * Return the mean of all elements.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static float mean(Tensor x) {
    if (x.size() == 0) {
      throw new IllegalArgumentException(
          "mean: the tensor must hold an element, but got " + x.shape() + "; check its extents");
    }
    return sum(x) / x.size();
  }

  /** Return the largest element; negative infinity if there is none, NaN if one is NaN. */
  public static float max(Tensor x) {
    return KERNELS.max(x.array(), x.offset(), x.size());
  }

  /** Return the sum of products of two tensors of equal shape. */
  public static float dot(Tensor x, Tensor y) {
    Checks.sameShape("dot", x.shape(), y.shape());
    return KERNELS.dot(x.array(), x.offset(), y.array(), y.offset(), x.size());
  }

  /** Return the sum of {@code x dy} over all elements but those with {@code x > 0}. */
  public static float slopeGradient(Tensor x, Tensor dy) {
    Checks.sameShape("slopeGradient", x.shape(), dy.shape());
    return KERNELS.slopeGradient(x.array(), x.offset(), dy.array(), dy.offset(), x.size());
  }

  /**
   * Return a shape without one of its axes.
   *
   * @param shape the shape
   * @param axis the axis to leave out, from the end when negative
   * @return a shape of one rank less
   */
  public static Shape without(Shape shape, int axis) {
    int gone = shape.axis(axis);
    int[] extents = shape.extents();
    int[] rest = Arrays.copyOf(extents, extents.length - 1);
    System.arraycopy(extents, gone + 1, rest, gone, rest.length - gone);
    return Shape.of(rest);
  }

  /**
   * Sum along one axis.
   *
   * <p>Along the innermost axis each sum takes the 64 lanes of {@link Kernels}; along any other it
   * is one chain in ascending order.
   *
   * @param x operand
   * @param axis axis to sum away, from the end when negative
   * @param out result, of x's shape without that axis
   */
  public static void sum(Tensor x, int axis, Tensor out) {
    Checks.output("sum", without(x.shape(), axis), out);
    Checks.apart("sum", x, out);
    int resolved = x.shape().axis(axis);
    int extent = x.extent(resolved);
    int inner = 1;
    for (int i = resolved + 1; i < x.rank(); i++) {
      inner *= x.extent(i);
    }
    boolean innermost = resolved == x.rank() - 1;
    int count = inner == 0 ? 0 : out.size() / inner;
    for (int i = 0; i < count; i++) {
      int at = x.offset() + i * extent * inner;
      if (innermost) {
        out.array()[out.offset() + i] = kernels(x).sum(x.array(), at, extent);
      } else {
        KERNELS.columnSums(
            extent, inner, x.array(), at, inner, out.array(), out.offset() + i * inner);
      }
    }
  }

  /** Compute one thread's share of the column sums of a matrix [rows, columns] into [columns]. */
  public static void columnSums(Tensor x, Tensor out, Share share) {
    Checks.rank("columnSums", 2, x.shape());
    // Every step of training comes here: a shape is made only where it is needed, for the message.
    if (out.rank() != 1 || out.extent(0) != x.extent(1)) {
      Checks.output("columnSums", without(x.shape(), 0), out);
    }
    Checks.apart("columnSums", x, out);
    int columns = x.extent(1);
    int from = share.from(columns, Areas.COLUMN_UNIT);
    int n = share.to(columns, Areas.COLUMN_UNIT) - from;
    KERNELS.columnSums(
        x.extent(0), n, x.array(), x.offset() + from, columns, out.array(), out.offset() + from);
  }

  /**
   * Sum away what broadcasting stretched: the gradient of an operand from the gradient of the
   * result.
   *
   * @param x tensor of the broadcast shape
   * @param out result, of the operand's shape
   */
  public static void sumTo(Tensor x, Tensor out) {
    if (x.shape().equals(out.shape())) {
      out.copyFrom(x);
      return;
    }
    Checks.sameShape("sumTo", x.shape(), Shape.broadcast("sumTo", x.shape(), out.shape()));
    Checks.apart("sumTo", x, out);
    out.fill(0f);
    int rank = x.rank();
    int run = rank == 0 ? 1 : x.extent(-1);
    boolean kept = rank > 0 && out.rank() > 0 && out.extent(-1) == run;
    int[] index = new int[Math.max(0, rank - 1)];
    for (int at = 0; at < x.size(); at += run) {
      int from = x.offset() + at;
      int to = out.offset();
      int stride = kept ? run : 1;
      for (int fromEnd = 2; fromEnd <= out.rank(); fromEnd++) {
        int extent = out.extent(-fromEnd);
        to += extent == 1 ? 0 : index[rank - fromEnd] * stride;
        stride *= extent;
      }
      if (kept) {
        KERNELS.binary(Binary.ADD, out.array(), to, x.array(), from, out.array(), to, run);
      } else {
        out.array()[to] += kernels(x).sum(x.array(), from, run);
      }
      for (int axis = rank - 2; axis >= 0 && ++index[axis] == x.extent(axis); axis--) {
        index[axis] = 0;
      }
    }
  }

  /**
   * Compute {@code exp(x) / sum exp(x)} along the innermost axis.
   *
   * @param x logits [..., classes]
   * @param out probabilities, of equal shape; may be x
   */
  public static void softmax(Tensor x, Tensor out) {
    Workers.run(share -> softmax(x, out, share));
  }

  /** Compute one thread's share of {@link #softmax(Tensor, Tensor)}. */
  public static void softmax(Tensor x, Tensor out, Share share) {
    Checks.output("softmax", x.shape(), out);
    Checks.apartOrSame("softmax", x, out);
    int columns = x.extent(-1);
    int rows = rows(x);
    int unit = LEAST / Math.max(1, columns) + 1;
    int from = share.from(rows, unit);
    int n = share.to(rows, unit) - from;
    KERNELS.softmax(
        n,
        columns,
        x.array(),
        x.offset() + from * columns,
        out.array(),
        out.offset() + from * columns);
  }

  /**
   * Compute one thread's share of {@code dx = y (dy - sum(dy y))} along the innermost axis.
   *
   * @param y probabilities that {@link #softmax(Tensor, Tensor)} computed [..., classes]
   * @param dy gradient with respect to them, of equal shape
   * @param dx gradient with respect to the logits, of equal shape; may be dy
   * @param share which share
   */
  public static void softmaxGradient(Tensor y, Tensor dy, Tensor dx, Share share) {
    Checks.sameShape("softmaxGradient", y.shape(), dy.shape());
    Checks.output("softmaxGradient", y.shape(), dx);
    Checks.apart("softmaxGradient", y, dx);
    Checks.apartOrSame("softmaxGradient", dy, dx);
    int columns = y.extent(-1);
    int unit = LEAST / Math.max(1, columns) + 1;
    int to = share.to(rows(y), unit);
    for (int r = share.from(rows(y), unit); r < to; r++) {
      int yo = y.offset() + r * columns;
      int dyo = dy.offset() + r * columns;
      int dxo = dx.offset() + r * columns;
      float mean = KERNELS.dot(y.array(), yo, dy.array(), dyo, columns);
      KERNELS.binaryRight(Binary.SUBTRACT, dy.array(), dyo, mean, dx.array(), dxo, columns);
      KERNELS.binary(Binary.MULTIPLY, y.array(), yo, dx.array(), dxo, dx.array(), dxo, columns);
    }
  }

  /**
   * Compute {@code ln sum exp(x)} along the innermost axis.
   *
   * @param x operand [..., classes]
   * @param out result [...]
   */
  public static void logSumExp(Tensor x, Tensor out) {
    Checks.output("logSumExp", without(x.shape(), -1), out);
    Checks.apart("logSumExp", x, out);
    KERNELS.logSumExp(rows(x), x.extent(-1), x.array(), x.offset(), out.array(), out.offset());
  }

  /**
   * Compute one thread's share of the cross-entropy of each row.
   *
   * @param logits unnormalized log-probabilities [rows, classes]
   * @param targets target distributions [rows, classes]
   * @param losses result [rows], in nats
   * @param share which share
   */
  public static void crossEntropy(Tensor logits, Tensor targets, Tensor losses, Share share) {
    Checks.sameShape("crossEntropy", logits.shape(), targets.shape());
    Checks.output("crossEntropy", without(logits.shape(), -1), losses);
    Checks.apart("crossEntropy", logits, losses);
    int columns = logits.extent(-1);
    int unit = LEAST / Math.max(1, columns) + 1;
    int from = share.from(rows(logits), unit);
    int n = share.to(rows(logits), unit) - from;
    KERNELS.crossEntropy(
        n,
        columns,
        logits.array(),
        logits.offset() + from * columns,
        targets.array(),
        targets.offset() + from * columns,
        losses.array(),
        losses.offset() + from);
  }

  /**
   * Compute one thread's share of the gradient of each row's cross-entropy with respect to logits.
   *
   * @param logits unnormalized log-probabilities [rows, classes]
   * @param targets target distributions [rows, classes]
   * @param lossGradient gradient with respect to each row's loss [rows]
   * @param gradient result [rows, classes]
   * @param share which share
   */
  public static void crossEntropyGradient(
      Tensor logits, Tensor targets, Tensor lossGradient, Tensor gradient, Share share) {
    Checks.sameShape("crossEntropy", logits.shape(), targets.shape());
    Checks.sameShape("crossEntropy", without(logits.shape(), -1), lossGradient.shape());
    Checks.output("crossEntropy", logits.shape(), gradient);
    Checks.apart("crossEntropy", logits, gradient);
    Checks.apart("crossEntropy", targets, gradient);
    int columns = logits.extent(-1);
    int unit = LEAST / Math.max(1, columns) + 1;
    int from = share.from(rows(logits), unit);
    int n = share.to(rows(logits), unit) - from;
    KERNELS.crossEntropyGradient(
        n,
        columns,
        logits.array(),
        logits.offset() + from * columns,
        targets.array(),
        targets.offset() + from * columns,
        lossGradient.array(),
        lossGradient.offset() + from,
        gradient.array(),
        gradient.offset() + from * columns);
  }

  /**
   * Return the index of the largest element of each row: the first, if several.
   *
   * @param x matrix [rows, columns] with at least one column
   * @return an index for each row
   * @throws IllegalArgumentException if x is no matrix or has no columns
   */
  public static int[] argmax(Tensor x) {
    Checks.rank("argmax", 2, x.shape());
    int columns = x.extent(1);
    if (columns == 0) {
      throw new IllegalArgumentException(
          "argmax: rows must hold an element, but got " + x.shape() + "; check the extents");
    }
    int[] result = new int[x.extent(0)];
    for (int r = 0; r < result.length; r++) {
      int row = x.offset() + r * columns;
      int best = 0;
      for (int j = 1; j < columns; j++) {
        if (x.array()[row + j] > x.array()[row + best]) {
          best = j;
        }
      }
      result[r] = best;
    }
    return result;
  }

  private static int rows(Tensor x) {
    return x.extent(-1) == 0 ? without(x.shape(), -1).size() : x.size() / x.extent(-1);
  }
}
