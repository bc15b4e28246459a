package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hold the functions to their error limits, and the vector form to the scalar form's bits. */
final class FunctionsAccuracyTests {

  private static final int BLOCK = 4096;

  /** Prime to 2^32, so that the sweep meets every exponent with ever different mantissas. */
  private static final long STRIDE = 1009;

  /** Parts of a sweep, for as many processors as there are. */
  private static final int PARTS = 256;

  @ParameterizedTest
  @EnumSource
  void staysWithinItsLimitOnEveryThousandthFloat(Function function) {
    sweepAccuracy(function, STRIDE);
  }

  @ParameterizedTest
  @EnumSource
  void vectorEqualsScalarOnEveryThousandthFloat(Function function) {
    sweepParity(function, STRIDE);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void staysWithinItsLimitOnEveryFloat(Function function) {
    sweepAccuracy(function, 1);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @EnumSource
  void vectorEqualsScalarOnEveryFloat(Function function) {
    sweepParity(function, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "EXP, -Infinity, 0",
    "EXP, -104.1, 0",
    "EXP, -103.97, 1.4e-45",
    "EXP, -0.0, 1",
    "EXP, 0, 1",
    "EXP, 88.72283, 3.4027985e38",
    "EXP, 88.72284, Infinity",
    "EXP, 1e30, Infinity",
    "EXP, Infinity, Infinity",
    "EXP, NaN, NaN",
    "LOG, 0, -Infinity",
    "LOG, -0.0, -Infinity",
    "LOG, -1e-45, NaN",
    "LOG, -1, NaN",
    "LOG, -Infinity, NaN",
    "LOG, 1.4e-45, -103.27893",
    "LOG, 1, 0",
    "LOG, Infinity, Infinity",
    "LOG, NaN, NaN",
    "TANH, 0, 0",
    "TANH, -0.0, -0.0",
    "TANH, -1.4e-45, -1.4e-45",
    "TANH, 1e-20, 1e-20",
    "TANH, 9.1, 1",
    "TANH, -9.1, -1",
    "TANH, Infinity, 1",
    "TANH, -Infinity, -1",
    "TANH, NaN, NaN",
    "SIGMOID, 0, 0.5",
    "SIGMOID, -0.0, 0.5",
    "SIGMOID, -100, 3.783e-44",
    "SIGMOID, -Infinity, 0",
    "SIGMOID, 20, 1",
    "SIGMOID, Infinity, 1",
    "SIGMOID, NaN, NaN",
    "ELU, NaN, NaN",
    "ELU, 0, 0",
    "ELU, -0.0, -0.0",
    "ELU, -1.4e-45, -1.4e-45",
    "ELU, 3, 3",
    "ELU, -18.1, -1",
    "ELU, -Infinity, -1",
    "ELU, Infinity, Infinity",
    "SELU, NaN, NaN",
    "SELU, 0, 0",
    "SELU, -0.0, -0.0",
    "SELU, 1, 1.050701",
    "SELU, -Infinity, -1.7580993",
    "SELU, Infinity, Infinity",
    "GELU, NaN, NaN",
    "GELU, 0, 0",
    "GELU, -0.0, -0.0",
    "GELU, 1e-30, 5e-31",
    "GELU, -14, -1.09e-43",
    "GELU, -14.5, -0.0",
    "GELU, -1e30, -0.0",
    "GELU, -Infinity, -0.0",
    "GELU, 6, 6",
    "GELU, 1e30, 1e30",
    "GELU, Infinity, Infinity",
    "SILU, NaN, NaN",
    "SILU, 0, 0",
    "SILU, -0.0, -0.0",
    "SILU, -100, -3.72e-42",
    "SILU, -110, -0.0",
    "SILU, -1e30, -0.0",
    "SILU, -Infinity, -0.0",
    "SILU, 20, 20",
    "SILU, 3e38, 3e38",
    "SILU, Infinity, Infinity",
    "MISH, NaN, NaN",
    "MISH, 0, 0",
    "MISH, -0.0, -0.0",
    "MISH, -100, -3.72e-42",
    "MISH, -110, -0.0",
    "MISH, -Infinity, -0.0",
    "MISH, 20, 20",
    "MISH, 3e38, 3e38",
    "MISH, Infinity, Infinity",
    "SOFTPLUS, NaN, NaN",
    "SOFTPLUS, 0, 0.6931472",
    "SOFTPLUS, -0.0, 0.6931472",
    "SOFTPLUS, -100, 3.783e-44",
    "SOFTPLUS, -104.1, 0",
    "SOFTPLUS, -Infinity, 0",
    "SOFTPLUS, 20, 20",
    "SOFTPLUS, 3e38, 3e38",
    "SOFTPLUS, Infinity, Infinity",
    "SOFTSIGN, NaN, NaN",
    "SOFTSIGN, 0, 0",
    "SOFTSIGN, -0.0, -0.0",
    "SOFTSIGN, -1.4e-45, -1.4e-45",
    "SOFTSIGN, 1, 0.5",
    "SOFTSIGN, -3, -0.75",
    "SOFTSIGN, 3e38, 1",
    "SOFTSIGN, Infinity, 1",
    "SOFTSIGN, -Infinity, -1",
  })
  void returnsTheExactValueAtSpecialArguments(Function function, float x, float expected) {
    assertEquals(expected, function.scalar(x), function + "(" + x + ")");
  }

  /** The largest error of a range of floats. */
  private record Worst(double error, float where) {
    static Worst of(Worst a, Worst b) {
      return Double.isNaN(a.error) || b.error <= a.error ? a : b;
    }
  }

  private static void sweepAccuracy(Function function, long stride) {
    Worst worst =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(part -> worst(function, stride, part))
            .reduce(new Worst(0, 0f), Worst::of);
    String found = "%s: off by %.3f ulp at %a".formatted(function, worst.error, worst.where);
    assertTrue(worst.error <= function.limit, found);
  }

  private static Worst worst(Function function, long stride, int part) {
    Worst worst = new Worst(0, 0f);
    long size = (1L << 32) / PARTS;
    // The first multiple of the stride in this part.
    long first = (part * size + stride - 1) / stride * stride;
    for (long bits = first; bits < (part + 1) * size; bits += stride) {
      float x = Float.intBitsToFloat((int) bits);
      double error = Function.error(function.scalar(x), function.reference(x));
      if (!(error <= worst.error)) {
        worst = new Worst(error, x);
      }
    }
    return worst;
  }

  /**
   * Compare the loop over an array with the scalar form: once with neighbours in a vector, once
   * with numbers from everywhere, since vectors of ordinary arguments alone go a way of their own.
   */
  private static void sweepParity(Function function, long stride) {
    long apart = (1L << 32) / BLOCK;
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(
            part -> {
              float[] in = new float[BLOCK];
              for (long n = part * stride; n < apart; n += PARTS * stride) {
                for (int i = 0; i < BLOCK; i++) {
                  in[i] = Float.intBitsToFloat((int) (n * BLOCK + i * stride));
                }
                compare(function, in);
                for (int i = 0; i < BLOCK; i++) {
                  in[i] = Float.intBitsToFloat((int) (n + i * apart));
                }
                compare(function, in);
              }
            });
  }

  private static void compare(Function function, float[] in) {
    float[] out = new float[in.length];
    VectorKernels.INSTANCE.map(function.unary, 1f, in, 0, out, 0, in.length);
    for (int i = 0; i < in.length; i++) {
      float scalar = function.scalar(in[i]);
      // floatToIntBits makes all NaNs one, as the contract does.
      if (Float.floatToIntBits(scalar) != Float.floatToIntBits(out[i])) {
        assertEquals(scalar, out[i], function + "(" + Float.toHexString(in[i]) + ")");
      }
    }
  }
}
