package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * List the functions under test: scalar form, vector form, reference and error limit.
 *
 * <p>Each has its own loops: one loop over a lambda would box every vector.
 */
enum Function {
  EXP(1) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.exp(x);
    }

    @Override
    double reference(double x) {
      return StrictMath.exp(x);
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorFunctions.exp(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  LOG(1) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.log(x);
    }

    @Override
    double reference(double x) {
      return StrictMath.log(x);
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorFunctions.log(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  TANH(2) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.tanh(x);
    }

    @Override
    double reference(double x) {
      return StrictMath.tanh(x);
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorFunctions.tanh(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  SIGMOID(2) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.sigmoid(x);
    }

    @Override
    double reference(double x) {
      return 1.0 / (1.0 + StrictMath.exp(-x));
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorFunctions.sigmoid(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  ELU(1) {
    @Override
    float scalar(float x) {
      return ScalarActivations.elu(x, 1f);
    }

    @Override
    double reference(double x) {
      return x < 0 ? StrictMath.expm1(x) : x;
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.elu(FloatVector.fromArray(Lanes.FLOAT, in, i), 1f).intoArray(out, i);
      }
    }
  },
  SELU(2) {
    @Override
    float scalar(float x) {
      return ScalarActivations.selu(x);
    }

    @Override
    double reference(double x) {
      return 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * StrictMath.expm1(x) : x);
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.selu(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  GELU(7) {
    @Override
    float scalar(float x) {
      return ScalarActivations.gelu(x);
    }

    @Override
    double reference(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * NORMAL.cumulativeProbability(x);
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.gelu(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  SILU(3) {
    @Override
    float scalar(float x) {
      return ScalarActivations.silu(x);
    }

    @Override
    double reference(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + StrictMath.exp(-x));
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.silu(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  MISH(4) {
    @Override
    float scalar(float x) {
      return ScalarActivations.mish(x);
    }

    @Override
    double reference(double x) {
      // tanh(ln(1 + t)) with t = e^x is t (t + 2) / (t (t + 2) + 2).
      double t = StrictMath.exp(Math.min(x, 40));
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * (t * (t + 2) / (t * (t + 2) + 2));
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.mish(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  SOFTPLUS(2) {
    @Override
    float scalar(float x) {
      return ScalarActivations.softplus(x);
    }

    @Override
    double reference(double x) {
      return x > 40 ? x : StrictMath.log1p(StrictMath.exp(x));
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.softplus(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  },
  SOFTSIGN(1) {
    @Override
    float scalar(float x) {
      return ScalarActivations.softsign(x);
    }

    @Override
    double reference(double x) {
      return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }

    @Override
    void vector(float[] in, float[] out) {
      for (int i = 0; i < in.length; i += Lanes.COUNT) {
        VectorActivations.softsign(FloatVector.fromArray(Lanes.FLOAT, in, i)).intoArray(out, i);
      }
    }
  };

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Largest distance allowed, in floats, from the exactly rounded value. */
  final int limit;

  Function(int limit) {
    this.limit = limit;
  }

  abstract float scalar(float x);

  /** The function in double: its error, below 2^-50, is far under a float's rounding step. */
  abstract double reference(double x);

  /** Map a whole number of vectors. */
  abstract void vector(float[] in, float[] out);

  /** Count the floats between the computed and the exactly rounded value. */
  static int distance(float computed, double exact) {
    float expected = (float) exact;
    if (Float.isNaN(computed) || Float.isNaN(expected)) {
      return Float.isNaN(computed) && Float.isNaN(expected) ? 0 : Integer.MAX_VALUE;
    }
    return Math.abs(ordered(computed) - ordered(expected));
  }

  /** Number the floats by value; both zeros are 0, so signs of zeros are asserted apart. */
  private static int ordered(float x) {
    int bits = Float.floatToRawIntBits(x);
    return bits >= 0 ? bits : Integer.MIN_VALUE - bits;
  }
}
