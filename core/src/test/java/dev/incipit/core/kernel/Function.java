package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;

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
  };

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
