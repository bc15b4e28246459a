package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The specification against textbook formulas in double.
 *
 * <p>Tolerances are forward error bounds. {@code U} is the unit roundoff of float: one operation
 * errs by a factor of at most 1 + U, a chain of n operations by (1 + U)^n - 1, which is below 1.01
 * n U for n U < 0.01. The references are in double, whose own errors are 2^29 times smaller.
 */
final class ScalarKernelsTests {

  private static final Kernels KERNELS = Kernels.scalar();

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Unit roundoff: half a unit in the last place of 1. */
  private static final double U = 0x1p-24;

  /** Relative error of exp and log: 1 unit in the last place is at most 2 U. */
  private static final double FUNCTION = 2 * U;

  private static float[] random(long seed, int n, double low, double high) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(low, high);
    }
    return x;
  }

  // Products

  @ParameterizedTest
  @EnumSource(Form.class)
  void gemmIsThatOfDoubles(Form form) {
    // The last: more columns than a block has; more rows; few columns, so turned.
    for (int[] shape :
        new int[][] {
          {1, 1, 1}, {3, 5, 7}, {17, 33, 65}, {4, 2, 500}, {3, 520, 19}, {140, 80, 9}, {530, 10, 20}
        }) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      float[] a = random(1, m * k, -1, 1);
      float[] b = random(2, k * n, -1, 1);
      float[] c = random(3, m * n, -1, 1);
      for (boolean accumulate : new boolean[] {false, true}) {
        float[] actual = c.clone();
        KERNELS.gemm(
            form,
            m,
            n,
            k,
            a,
            0,
            form == Form.TN ? m : k,
            b,
            0,
            form == Form.NT ? k : n,
            actual,
            0,
            n,
            accumulate);
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            double sum = accumulate ? c[i * n + j] : 0;
            double magnitude = Math.abs(sum);
            float chain = (float) sum;
            for (int p = 0; p < k; p++) {
              double left = form == Form.TN ? a[p * m + i] : a[i * k + p];
              double right = form == Form.NT ? b[j * k + p] : b[p * n + j];
              sum += left * right;
              magnitude += Math.abs(left * right);
              chain = Math.fma((float) left, (float) right, chain);
            }
            assertEquals(chain, actual[i * n + j], "one chain, k ascending");
            // k fused operations: each rounds once.
            assertEquals(sum, actual[i * n + j], 1.01 * k * U * magnitude);
          }
        }
      }
    }
  }

  // Reductions

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 64, 65, 1000})
  void sumsAreThoseOfDoubles(int n) {
    float[] x = random(4, n, -1, 3);
    float[] y = random(5, n, -2, 1);
    double sum = 0;
    double dot = 0;
    double sumSize = 0;
    double dotSize = 0;
    for (int i = 0; i < n; i++) {
      sum += x[i];
      sumSize += Math.abs(x[i]);
      dot += (double) x[i] * y[i];
      dotSize += Math.abs((double) x[i] * y[i]);
    }
    // A number passes through n / 64 additions in its lane and 6 in the tree.
    double depth = 1.01 * (n / 64 + 1 + 6) * U;
    assertEquals(sum, KERNELS.sum(x, 0, n), depth * sumSize);
    assertEquals(dot, KERNELS.dot(x, 0, y, 0, n), depth * dotSize);
  }

  /** Bit for bit, whatever the loop does to be fast. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 127, 128, 1000, 1024})
  void sumsAddElementAfterElementToItsLane(int n) {
    float[] x = random(5, n + 3, -1, 1);
    float[] lanes = new float[64];
    for (int i = 0; i < n; i++) {
      lanes[i % 64] += x[3 + i];
    }
    for (int width = 32; width > 0; width /= 2) {
      for (int j = 0; j < width; j++) {
        lanes[j] += lanes[j + width];
      }
    }
    assertEquals(lanes[0], KERNELS.sum(x, 3, n));
  }

  @Test
  void sumsFeedSixtyFourLanesAndThenATree() {
    // 2^24 + 1 is no float: in plain order each 1 would be lost, in lanes 1 + 1 meet first.
    float big = 0x1p24f;
    float[] x = new float[128];
    x[0] = big;
    x[1] = 1;
    x[65] = 1;
    float naive = 0;
    for (float number : x) {
      naive += number;
    }
    assertEquals(big, naive);
    assertEquals(big + 2, KERNELS.sum(x, 0, x.length));
    // Lane 0 holds 2^24 and takes lane 32's 1 first, alone, and loses it; 33 + 1 are taken later.
    float[] tree = new float[64];
    tree[0] = big;
    tree[32] = 1;
    tree[1] = 1;
    assertEquals(big, KERNELS.sum(tree, 0, tree.length));
    tree[33] = 1;
    assertEquals(big + 2, KERNELS.sum(tree, 0, tree.length));
  }

  @Test
  void anEmptySumIsPositiveZeroAndAnEmptyMaximumMinusInfinity() {
    float[] none = new float[0];
    assertEquals(0f, KERNELS.sum(none, 0, 0));
    assertEquals(0f, KERNELS.sum(new float[] {-0f}, 0, 1), "lanes start from +0");
    assertEquals(Float.NEGATIVE_INFINITY, KERNELS.max(none, 0, 0));
  }

  @Test
  void maxKeepsNanAndOrdersZeros() {
    assertEquals(3f, KERNELS.max(new float[] {1, 3, 2}, 0, 3));
    assertEquals(Float.NaN, KERNELS.max(new float[] {1, Float.NaN, 2}, 0, 3));
    assertEquals(0f, KERNELS.max(new float[] {-0f, 0f, -0f}, 0, 3));
    assertEquals(-0f, KERNELS.max(new float[] {-0f, -0f}, 0, 2));
  }

  @Test
  void columnSumsAreThoseOfDoubles() {
    int rows = 37;
    int cols = 5;
    int distance = 7;
    float[] x = random(6, rows * distance, -1, 1);
    float[] y = new float[cols];
    KERNELS.columnSums(rows, cols, x, 0, distance, y, 0);
    for (int j = 0; j < cols; j++) {
      double sum = 0;
      double size = 0;
      for (int r = 0; r < rows; r++) {
        sum += x[r * distance + j];
        size += Math.abs(x[r * distance + j]);
      }
      assertEquals(sum, y[j], 1.01 * rows * U * size);
    }
  }

  // Softmax and cross-entropy

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 100})
  void softmaxAndItsLossesAreThoseOfDoubles(int cols) {
    int rows = 3;
    float[] x = random(7, rows * cols, -8, 8);
    float[] t = random(8, rows * cols, 0, 1);
    float[] probability = new float[rows * cols];
    float[] logSum = new float[rows];
    float[] loss = new float[rows];
    float[] gradient = new float[rows * cols];
    float[] dloss = {0.25f, 1, -3};
    KERNELS.softmax(rows, cols, x, 0, probability, 0);
    KERNELS.logSumExp(rows, cols, x, 0, logSum, 0);
    KERNELS.crossEntropy(rows, cols, x, 0, t, 0, loss, 0);
    KERNELS.crossEntropyGradient(rows, cols, x, 0, t, 0, dloss, 0, gradient, 0);
    // x - max lies in [-16, 0]: rounded, it is off by 16 U at most, which exp turns into a relative
    // error; then exp's own.
    double exponential = 16 * U + FUNCTION;
    double depth = (cols / 64 + 1 + 6) * U;
    double ratio = 1.01 * (2 * exponential + depth + U);
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      double mass = 0;
      for (int j = 0; j < cols; j++) {
        sum += StrictMath.exp(x[r * cols + j]);
        mass += t[r * cols + j];
      }
      double log = StrictMath.log(sum);
      // The log turns a relative error into an absolute one and adds its own; the result, at most
      // 8 + ln 100 < 13, is rounded once more.
      double logError = 1.01 * (exponential + depth + 5 * FUNCTION + 13 * U);
      assertEquals(log, logSum[r], logError);
      double expectedLoss = 0;
      for (int j = 0; j < cols; j++) {
        int i = r * cols + j;
        double p = StrictMath.exp(x[i] - log);
        assertEquals(p, probability[i], ratio * p);
        expectedLoss += t[i] * (log - x[i]);
        // Product with the mass, difference, factor: three roundings, and the mass's own error.
        double size = p * mass + t[i];
        assertEquals(
            dloss[r] * (p * mass - t[i]),
            gradient[i],
            Math.abs(dloss[r]) * size * (ratio + depth + 3.03 * U));
      }
      // Each gap log - (x - max) errs by that of the log, and by the roundings of x - max and of
      // itself, both below 16 + ln 100 < 21; weights sum to the mass.
      assertEquals(
          expectedLoss, loss[r], mass * (logError + 2.02 * 21 * U) + 1.01 * depth * expectedLoss);
    }
  }

  @Test
  void softmaxStandsLargeLogits() {
    float[] y = new float[3];
    KERNELS.softmax(1, 3, new float[] {1000, 1000, -1000}, 0, y, 0);
    assertEquals(0.5f, y[0]);
    assertEquals(0.5f, y[1]);
    assertEquals(0f, y[2]);
    float[] log = new float[1];
    KERNELS.logSumExp(1, 1, new float[] {-1000}, 0, log, 0);
    assertEquals(-1000f, log[0]);
  }

  // Functions of one number

  @Test
  void reluKeepsNanAndGivesPositiveZero() {
    assertAll(
        () -> assertEquals(Float.NaN, map(Unary.RELU, 0, Float.NaN)),
        () -> assertEquals(0f, map(Unary.RELU, 0, -0f), "+0"),
        () -> assertEquals(0f, map(Unary.RELU, 0, -3)),
        () -> assertEquals(3f, map(Unary.RELU, 0, 3)),
        () -> assertEquals(Float.NaN, map(Unary.LEAKY_RELU, 0.1f, Float.NaN)),
        () -> assertEquals(-0.5f, map(Unary.LEAKY_RELU, 0.25f, -2)),
        () -> assertEquals(Float.POSITIVE_INFINITY, map(Unary.RELU, 0, Float.POSITIVE_INFINITY)));
  }

  private static float map(Unary f, float p, float x) {
    float[] y = {x};
    KERNELS.map(f, p, y, 0, y, 0, 1);
    return y[0];
  }

  private static double reference(Unary f, double p, double x) {
    return switch (f) {
      case IDENTITY -> x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> StrictMath.sqrt(x);
      case EXP -> StrictMath.exp(x);
      case LOG -> StrictMath.log(x);
      case TANH -> StrictMath.tanh(x);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x <= 0 ? p * x : x;
      case ELU -> x < 0 ? p * StrictMath.expm1(x) : x;
      case SELU -> 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * StrictMath.expm1(x) : x);
      case GELU -> x * NORMAL.cumulativeProbability(x);
      case SILU -> x / (1 + StrictMath.exp(-x));
      case MISH -> x * StrictMath.tanh(StrictMath.log1p(StrictMath.exp(x)));
      case SOFTPLUS -> StrictMath.log1p(StrictMath.exp(x));
      case SOFTSIGN -> x / (1 + Math.abs(x));
    };
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void gradientsAreThoseOfCentralDifferences(Unary f) {
    float p = 0.25f;
    double step = 0x1p-17;
    float[] x = random(9, 200, f == Unary.LOG || f == Unary.SQRT ? 0.5 : -3, 3);
    float[] dy = random(10, 200, -2, 2);
    float[] at = new float[200];
    KERNELS.map(f, p, x, 0, at, 0, 200);
    float[] dx = new float[200];
    KERNELS.mapGradient(f, p, f.gradientAtOutput() ? at : x, 0, dy, 0, dx, 0, 200);
    for (int i = 0; i < 200; i++) {
      assertTrue(Math.abs(x[i]) > step, "no sample lies on a kink");
      double slope = (reference(f, p, x[i] + step) - reference(f, p, x[i] - step)) / (2 * step);
      // Truncation: step^2 / 6 times the third derivative, at most e^3 < 21 here (16 for the log);
      // cancellation: e^3 * 2^-52 / step is smaller. Rounding: the function's value errs by 2 ulp
      // = 4 U, tanh's slope 1 - f^2 doubles that and rounds twice; magnitudes are at most e^3.
      double truncation = 21 * step * step / 6 + 21 * 0x1p-52 / step;
      double rounding = 12 * U * Math.max(1, Math.abs(slope));
      assertEquals(slope * dy[i], dx[i], Math.abs(dy[i]) * (truncation + rounding));
    }
  }

  @Test
  void gradientsAtKinksAreAsDocumented() {
    assertAll(
        () -> assertEquals(0f, gradient(Unary.RELU, 0, 0, 5)),
        () -> assertEquals(0.5f * 5, gradient(Unary.LEAKY_RELU, 0.5f, 0, 5)),
        () -> assertEquals(0f, gradient(Unary.ABS, 0, 0, 5)),
        () -> assertEquals(-5f, gradient(Unary.ABS, 0, -1, 5)),
        () -> assertEquals(Float.NaN, gradient(Unary.ABS, 0, Float.NaN, 5)));
  }

  private static float gradient(Unary f, float p, float at, float dy) {
    float[] dx = new float[1];
    KERNELS.mapGradient(f, p, new float[] {at}, 0, new float[] {dy}, 0, dx, 0, 1);
    return dx[0];
  }

  @Test
  void biasMapAddsTheBiasAndThenMaps() {
    float[] y = {1, -2, 100, 3, -4, 100};
    KERNELS.biasMap(Unary.RELU, 0, 2, 2, new float[] {-2, 3}, 0, y, 0, 3);
    assertEquals("[0.0, 1.0, 100.0, 1.0, 0.0, 100.0]", Arrays.toString(y));
  }

  @Test
  void slopeGradientSumsWhereTheArgumentIsNotPositive() {
    int n = 1000;
    float[] x = random(18, n, -1, 1);
    float[] dy = random(19, n, -2, 1);
    double sum = 0;
    double size = 0;
    for (int i = 0; i < n; i++) {
      double term = x[i] > 0 ? 0 : (double) x[i] * dy[i];
      sum += term;
      size += Math.abs(term);
    }
    // As for a dot product: n / 64 additions in a lane and 6 in the tree.
    double depth = 1.01 * (n / 64 + 1 + 6) * U;
    assertEquals(sum, KERNELS.slopeGradient(x, 0, dy, 0, n), depth * size);
    float infinite = Float.POSITIVE_INFINITY;
    float[] some = {1, -2};
    assertEquals(-6f, KERNELS.slopeGradient(some, 0, new float[] {infinite, 3}, 0, 2));
    assertEquals(Float.NaN, KERNELS.slopeGradient(new float[] {Float.NaN}, 0, some, 0, 1));
    assertEquals(0f, KERNELS.slopeGradient(some, 0, some, 0, 0));
  }

  // Updates

  @Test
  void momentumIsThatOfDoubles() {
    int n = 50;
    float rate = 0.1f;
    float momentum = 0.9f;
    float decay = 0.01f;
    float[] g = random(11, n, -1, 1);
    float[] v = random(12, n, -1, 1);
    float[] w = random(13, n, -1, 1);
    float[] v2 = v.clone();
    float[] w2 = w.clone();
    KERNELS.momentumStep(rate, momentum, decay, g, 0, v2, 0, w2, 0, n);
    for (int i = 0; i < n; i++) {
      double velocity = (double) momentum * v[i] + g[i] + (double) decay * w[i];
      // Two fused operations on terms that sum to less than 2; then a third, its result below 2.
      assertEquals(velocity, v2[i], 4.04 * U);
      assertEquals(w[i] - rate * velocity, w2[i], 1.01 * U * (4 * rate + 2));
    }
  }

  @Test
  void adamIsThatOfDoubles() {
    int n = 50;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float epsilon = 1e-8f;
    float decay = 0.01f;
    int step = 3;
    double rest1 = 1 - StrictMath.pow(beta1, step);
    double rest2 = 1 - StrictMath.pow(beta2, step);
    float rate = (float) (0.001 / rest1);
    float correction = (float) (1 / Math.sqrt(rest2));
    float[] g = random(14, n, -1, 1);
    float[] m = random(15, n, -1, 1);
    float[] v = random(16, n, 0.1, 1);
    float[] w = random(17, n, -1, 1);
    float[] m2 = m.clone();
    float[] v2 = v.clone();
    float[] w2 = w.clone();
    KERNELS.adamStep(rate, beta1, beta2, epsilon, correction, decay, g, 0, m2, 0, v2, 0, w2, 0, n);
    for (int i = 0; i < n; i++) {
      double h = g[i] + (double) decay * w[i];
      double first = (double) beta1 * m[i] + (1 - (double) beta1) * h;
      double second = (double) beta2 * v[i] + (1 - (double) beta2) * h * h;
      // 1 - beta is exact (Sterbenz); h, the product and the fused sum round once each, on terms
      // below 2.
      assertEquals(first, m2[i], 1.01 * 3 * U * 2);
      assertEquals(second, v2[i], 1.01 * 5 * U * 2);
      double change = 0.001 * (first / rest1) / (Math.sqrt(second / rest2) + (double) epsilon);
      // Roundings of rate, its product, correction, root, denominator and quotient, and half of
      // second's relative error (10 U / 0.09); first's error of 6 U counts absolutely; the result
      // is below 2.
      double slope = 0.001 / rest1 / Math.sqrt(second / rest2);
      double error = Math.abs(change) * (6 + 56) * U + slope * 6 * U + 2 * U;
      assertEquals(w[i] - change, w2[i], 1.01 * error);
    }
  }
}
