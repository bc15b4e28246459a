package dev.incipit.core.kernel;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** List the functions under test: scalar form, reference in double and error limit. */
enum Function {
  EXP(Unary.EXP, 0.9) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.exp(x);
    }

    @Override
    double reference(double x) {
      return Math.exp(x);
    }
  },
  LOG(Unary.LOG, 0.97) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.log(x);
    }

    @Override
    double reference(double x) {
      return Math.log(x);
    }
  },
  TANH(Unary.TANH, 1.95) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.tanh(x);
    }

    @Override
    double reference(double x) {
      return Math.tanh(x);
    }
  },
  SIGMOID(Unary.SIGMOID, 1.75) {
    @Override
    float scalar(float x) {
      return ScalarFunctions.sigmoid(x);
    }

    @Override
    double reference(double x) {
      return 1 / (1 + Math.exp(-x));
    }
  },
  ELU(Unary.ELU, 0.98) {
    @Override
    float scalar(float x) {
      return ScalarActivations.elu(x, 1f);
    }

    @Override
    double reference(double x) {
      return x < 0 ? Math.expm1(x) : x;
    }
  },
  SELU(Unary.SELU, 1.95) {
    @Override
    float scalar(float x) {
      return ScalarActivations.selu(x);
    }

    @Override
    double reference(double x) {
      return 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * Math.expm1(x) : x);
    }
  },
  GELU(Unary.GELU, 2.6) {
    @Override
    float scalar(float x) {
      return ScalarActivations.gelu(x);
    }

    @Override
    double reference(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * NORMAL.cumulativeProbability(x);
    }
  },
  SILU(Unary.SILU, 1.8) {
    @Override
    float scalar(float x) {
      return ScalarActivations.silu(x);
    }

    @Override
    double reference(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-x));
    }
  },
  MISH(Unary.MISH, 4.7) {
    @Override
    float scalar(float x) {
      return ScalarActivations.mish(x);
    }

    @Override
    double reference(double x) {
      // tanh(ln(1 + t)) with t = e^x is t (t + 2) / (t (t + 2) + 2).
      double t = Math.exp(Math.min(x, 40));
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * (t * (t + 2) / (t * (t + 2) + 2));
    }
  },
  SOFTPLUS(Unary.SOFTPLUS, 2.1) {
    @Override
    float scalar(float x) {
      return ScalarActivations.softplus(x);
    }

    @Override
    double reference(double x) {
      return x > 40 ? x : Math.log1p(Math.exp(x));
    }
  },
  SOFTSIGN(Unary.SOFTSIGN, 1.5) {
    @Override
    float scalar(float x) {
      return ScalarActivations.softsign(x);
    }

    @Override
    double reference(double x) {
      return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }
  };

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** The kernels' name of the function. */
  final Unary unary;

  /** Largest error allowed, in units in the last place of the exact value. */
  final double limit;

  Function(Unary unary, double limit) {
    this.unary = unary;
    this.limit = limit;
  }

  abstract float scalar(float x);

  /**
   * The function in double.
   *
   * <p>Of {@link Math}, whose errors of some 2^-51 are far under a float's rounding step, and which
   * is fast enough to visit every float.
   */
  abstract double reference(double x);

  /**
   * Return the error of a float in units in the last place of the exact value: the distance of two
   * floats where that value lies, 2^-149 at least. Infinity counts as 2^128, as it does in
   * rounding, and signs of zeros are asserted apart.
   */
  static double error(float computed, double exact) {
    if (computed == exact || (Float.isNaN(computed) && Double.isNaN(exact))) {
      return 0;
    }
    double value = Math.clamp(computed, -0x1p128, 0x1p128);
    double target = Math.clamp(exact, -0x1p128, 0x1p128);
    int exponent = Math.max(Math.getExponent(target), Float.MIN_EXPONENT);
    // 1 / unit, a power of two made from its exponent's bits.
    double perUnit = Double.longBitsToDouble((long) (23 - exponent + 1023) << 52);
    double error = Math.abs(value - target) * perUnit;
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }
}
