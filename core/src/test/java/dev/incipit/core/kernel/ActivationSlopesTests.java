package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hold the slopes of the activation functions to absolute error limits, over all of float.
 *
 * <p>Absolute, because some slopes cross zero and others are computed from a rounded value of the
 * function; every slope here is below 2. Limits are in units of 2^-24, half a unit in the last
 * place of 1.
 */
final class ActivationSlopesTests {

  private static final int BLOCK = 4096;

  /** Prime to 2^32, so that the sweep meets every exponent with ever different mantissas. */
  private static final long STRIDE = 1009;

  private static final float ALPHA = 0.75f;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  @ParameterizedTest
  @CsvSource({
    "ELU, 3",
    "SELU, 5",
    "GELU, 3",
    "SILU, 4",
    "MISH, 4.2",
    "SOFTPLUS, 3",
    "SOFTSIGN, 3",
  })
  void staysWithinItsLimitOnEveryThousandthFloat(Unary function, double limit) {
    sweep(function, limit, STRIDE);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @CsvSource({
    "ELU, 3",
    "SELU, 5",
    "GELU, 3",
    "SILU, 4",
    "MISH, 4.2",
    "SOFTPLUS, 3",
    "SOFTSIGN, 3",
  })
  void staysWithinItsLimitOnEveryFloat(Unary function, double limit) {
    sweep(function, limit, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "ELU, -Infinity, 0",
    "ELU, -0.0, 0.75",
    "ELU, 0, 0.75",
    "ELU, Infinity, 1",
    "ELU, NaN, NaN",
    "SELU, -Infinity, 0",
    "SELU, 0, 1.7580993",
    "SELU, Infinity, 1.050701",
    "SELU, NaN, NaN",
    "GELU, -Infinity, 0",
    "GELU, -0.0, 0.5",
    "GELU, 0, 0.5",
    "GELU, Infinity, 1",
    "GELU, NaN, NaN",
    "SILU, -Infinity, 0",
    "SILU, -0.0, 0.5",
    "SILU, 0, 0.5",
    "SILU, Infinity, 1",
    "SILU, NaN, NaN",
    "MISH, -Infinity, 0",
    "MISH, -0.0, 0.6",
    "MISH, 0, 0.6",
    "MISH, Infinity, 1",
    "MISH, NaN, NaN",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, 0, 0.5",
    "SOFTPLUS, Infinity, 1",
    "SOFTPLUS, NaN, NaN",
    "SOFTSIGN, -Infinity, 0",
    "SOFTSIGN, 0, 1",
    "SOFTSIGN, Infinity, 0",
    "SOFTSIGN, NaN, NaN",
  })
  void isTheLimitAtSpecialArguments(Unary function, float x, float expected) {
    float[] slope = new float[1];
    slopes(Kernels.active(), function, new float[] {x}, slope);
    assertEquals(expected, slope[0], 0x1p-23f, function + "'(" + x + ")");
  }

  private static void sweep(Unary function, double limit, long stride) {
    float[] in = new float[BLOCK];
    float[] out = new float[BLOCK];
    float[] scalar = new float[BLOCK];
    double worst = 0;
    float where = 0f;
    for (long first = 0; first < 1L << 32; first += BLOCK * stride) {
      for (int i = 0; i < BLOCK; i++) {
        in[i] = Float.intBitsToFloat((int) (first + i * stride));
      }
      slopes(Kernels.scalar(), function, in, scalar);
      slopes(Kernels.active(), function, in, out);
      for (int i = 0; i < BLOCK; i++) {
        // floatToIntBits makes all NaNs one, as the contract does.
        if (Float.floatToIntBits(scalar[i]) != Float.floatToIntBits(out[i])) {
          assertEquals(scalar[i], out[i], function + "'(" + Float.toHexString(in[i]) + ")");
        }
        double error = Math.abs(out[i] - exact(function, in[i]));
        if (Float.isNaN(in[i])) {
          error = Float.isNaN(out[i]) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (!(error <= worst)) {
          worst = error;
          where = in[i];
        }
      }
    }
    String found =
        "%s': off by %.3f times 2^-24 at %s"
            .formatted(function, worst * 0x1p24, Float.toHexString(where));
    assertTrue(worst <= limit * 0x1p-24, found);
  }

  /** Compute slopes as a backward pass does, for gradients of 1. */
  private static void slopes(Kernels kernels, Unary function, float[] x, float[] out) {
    float[] at = x.clone();
    if (function.gradientAtOutput()) {
      kernels.map(function, ALPHA, x, 0, at, 0, x.length);
    }
    Arrays.fill(out, 1f);
    kernels.mapGradient(function, ALPHA, at, 0, out, 0, out, 0, x.length);
  }

  private static double exact(Unary function, double x) {
    double z = Math.clamp(x, -1e3, 1e3);
    double s = 1 / (1 + StrictMath.exp(-z));
    return switch (function) {
      case ELU -> x <= 0 ? ALPHA * StrictMath.exp(x) : 1;
      case SELU -> 1.0507009873554805 * (x <= 0 ? 1.6732632423543772 * StrictMath.exp(x) : 1);
      case GELU -> NORMAL.cumulativeProbability(z) + z * NORMAL.density(z);
      case SILU -> s * (1 + z * (1 - s));
      case MISH -> {
        double w = StrictMath.tanh(StrictMath.log1p(StrictMath.exp(Math.min(z, 40))));
        yield w + z * (1 - w * w) * s;
      }
      case SOFTPLUS -> s;
      case SOFTSIGN -> 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
      default -> throw new IllegalArgumentException(function.toString());
    };
  }
}
