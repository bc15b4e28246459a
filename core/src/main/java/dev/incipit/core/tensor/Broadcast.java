package dev.incipit.core.tensor;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Kernels;

/**
 * Walks operands of different shapes in step with the result.
 *
 * <p>The innermost axes on which both operands do the same, advance or stand still, become one run
 * that a kernel computes; the axes outside it are counted like an odometer.
 */
final class Broadcast {

  private Broadcast() {}

  static void binary(Kernels kernels, Binary op, Tensor x, Tensor y, Tensor out) {
    int rank = out.rank();
    int[] xs = strides(x.shape(), rank);
    int[] ys = strides(y.shape(), rank);
    int run = 1;
    int outer = rank;
    while (outer > 0 && sameRun(outer, rank, out.shape(), xs, ys)) {
      outer--;
      run *= out.extent(outer);
    }
    boolean xMoves = outer < rank && moves(xs, outer, rank);
    boolean yMoves = outer < rank && moves(ys, outer, rank);
    int[] index = new int[outer];
    int xo = x.offset();
    int yo = y.offset();
    for (int at = 0; at < out.size(); at += run) {
      int zo = out.offset() + at;
      if (xMoves && yMoves) {
        kernels.binary(op, x.array(), xo, y.array(), yo, out.array(), zo, run);
      } else if (xMoves) {
        kernels.binaryRight(op, x.array(), xo, y.array()[yo], out.array(), zo, run);
      } else {
        // Where neither moves, the run is a single element and either form serves.
        kernels.binaryLeft(op, x.array()[xo], y.array(), yo, out.array(), zo, run);
      }
      for (int axis = outer - 1; axis >= 0; axis--) {
        xo += xs[axis];
        yo += ys[axis];
        if (++index[axis] < out.extent(axis)) {
          break;
        }
        xo -= xs[axis] * out.extent(axis);
        yo -= ys[axis] * out.extent(axis);
        index[axis] = 0;
      }
    }
  }

  /** Return the distance between neighbours on each axis of the result: 0 where stretched. */
  private static int[] strides(Shape shape, int rank) {
    int[] strides = new int[rank];
    int stride = 1;
    for (int fromEnd = 1; fromEnd <= shape.rank(); fromEnd++) {
      int extent = shape.extent(-fromEnd);
      strides[rank - fromEnd] = extent == 1 ? 0 : stride;
      stride *= extent;
    }
    return strides;
  }

  /** Return whether the axis before {@code outer} may join the run of the axes from there on. */
  private static boolean sameRun(int outer, int rank, Shape out, int[] xs, int[] ys) {
    int axis = outer - 1;
    if (out.extent(axis) == 1 || outer == rank) {
      return true;
    }
    boolean xMoves = moves(xs, outer, rank);
    boolean yMoves = moves(ys, outer, rank);
    if (!xMoves && !yMoves) {
      return true;
    }
    return xMoves == (xs[axis] != 0) && yMoves == (ys[axis] != 0);
  }

  private static boolean moves(int[] strides, int from, int rank) {
    for (int axis = from; axis < rank; axis++) {
      if (strides[axis] != 0) {
        return true;
      }
    }
    return false;
  }
}
