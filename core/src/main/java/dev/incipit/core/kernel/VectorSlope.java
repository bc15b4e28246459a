package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sum what reaches the slope of a PReLU, in the 64 lanes of the contract.
 *
 * <p>The lanes live in memory: one loop for every width, where {@link VectorReductions} keeps them
 * in registers with a body for each. That costs a load and a store a vector, beside two loads.
 */
final class VectorSlope {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  private VectorSlope() {}

  static float slopeGradient(float[] x, int xo, float[] dy, int dyo, int n) {
    float[] lanes = ScalarKernels.clearedLanes();
    int bound = S.loopBound(n);
    for (int i = 0; i < bound; i += S.length()) {
      int lane = i % Kernels.SUM_LANES;
      FloatVector sum = FloatVector.fromArray(S, lanes, lane);
      V.cast(add(sum, FloatVector.fromArray(S, x, xo + i), FloatVector.fromArray(S, dy, dyo + i)))
          .intoArray(lanes, lane);
    }
    for (int i = bound; i < n; i++) {
      int lane = i % Kernels.SUM_LANES;
      if (!(x[xo + i] > 0)) {
        lanes[lane] = Math.fma(x[xo + i], dy[dyo + i], lanes[lane]);
      }
    }
    return ScalarKernels.tree(lanes);
  }

  private static FloatVector add(FloatVector sum, FloatVector x, FloatVector dy) {
    x = V.cast(x);
    dy = V.cast(dy);
    sum = V.cast(sum);
    return x.fma(dy, sum).blend(sum, x.compare(VectorOperators.GT, 0f));
  }
}
