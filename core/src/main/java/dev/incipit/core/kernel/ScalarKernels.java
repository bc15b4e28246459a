package dev.incipit.core.kernel;

import java.util.Arrays;

/**
 * The specification of every kernel: plain loops in the order the contract states.
 *
 * <p>Written to be read, and still so that a JIT compiler can vectorize what is safe to.
 */
final class ScalarKernels implements Kernels {

  static final ScalarKernels INSTANCE = new ScalarKernels();

  /** The lanes of a sum: one array a thread, for kernels allocate nothing. */
  private static final ThreadLocal<float[]> LANES =
      ThreadLocal.withInitial(() -> new float[SUM_LANES]);

  private ScalarKernels() {}

  @Override
  public int vectorBits() {
    return Float.SIZE;
  }

  @Override
  public void binary(Binary op, float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] + y[yo + i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] - y[yo + i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] * y[yo + i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] / y[yo + i];
        }
      }
    }
  }

  @Override
  public void binaryRight(Binary op, float[] x, int xo, float y, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] + y;
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] - y;
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] * y;
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x[xo + i] / y;
        }
      }
    }
  }

  @Override
  public void binaryLeft(Binary op, float x, float[] y, int yo, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> binaryRight(op, y, yo, x, z, zo, n);
      case MULTIPLY -> binaryRight(op, y, yo, x, z, zo, n);
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x - y[yo + i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          z[zo + i] = x / y[yo + i];
        }
      }
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.fma(alpha, x[xo + i], y[yo + i]);
    }
  }

  @Override
  public void map(Unary f, float p, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = value(f, p, x[xo + i]);
    }
  }

  private static float value(Unary f, float p, float x) {
    return switch (f) {
      case IDENTITY -> x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> (float) Math.sqrt(x);
      case EXP -> ScalarFunctions.exp(x);
      case LOG -> ScalarFunctions.log(x);
      case TANH -> ScalarFunctions.tanh(x);
      case SIGMOID -> ScalarFunctions.sigmoid(x);
      // Both zeros give +0, and NaN stays: x <= 0 ? 0 : x without a branch that none can foretell.
      case RELU -> Math.max(x, 0f);
      case LEAKY_RELU -> x <= 0 ? p * x : x;
      case ELU -> ScalarActivations.elu(x, p);
      case SELU -> ScalarActivations.selu(x);
      case GELU -> ScalarActivations.gelu(x);
      case SILU -> ScalarActivations.silu(x);
      case MISH -> ScalarActivations.mish(x);
      case SOFTPLUS -> ScalarActivations.softplus(x);
      case SOFTSIGN -> ScalarActivations.softsign(x);
    };
  }

  @Override
  public void mapGradient(
      Unary f, float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    for (int i = 0; i < n; i++) {
      dx[dxo + i] = gradient(f, p, at[ao + i], dy[dyo + i]);
    }
  }

  private static float gradient(Unary f, float p, float at, float dy) {
    return switch (f) {
      case IDENTITY -> dy;
      case ABS -> at > 0 ? dy : at < 0 ? -dy : 0 * at;
      case SQUARE -> (at + at) * dy;
      case SQRT -> (0.5f * dy) / at;
      case EXP -> at * dy;
      case LOG -> dy / at;
      case TANH -> Math.fma(-at, at, 1f) * dy;
      case SIGMOID -> (at * (1f - at)) * dy;
      case RELU -> at <= 0 ? 0 : dy;
      case LEAKY_RELU -> at <= 0 ? p * dy : dy;
      case ELU -> at > 0 ? dy : (at + p) * dy;
      case SELU ->
          at > 0
              ? FunctionConstants.SELU_SCALE * dy
              : (at + FunctionConstants.SELU_SCALE_ALPHA) * dy;
      case GELU -> ScalarActivations.geluSlope(at) * dy;
      case SILU -> ScalarActivations.siluSlope(at) * dy;
      case MISH -> ScalarActivations.mishSlope(at) * dy;
      case SOFTPLUS -> ScalarActivations.expMinusOne(-at) * -dy;
      case SOFTSIGN -> {
        float rest = 1f - Math.abs(at);
        yield rest * rest * dy;
      }
    };
  }

  @Override
  public float slopeGradient(float[] x, int xo, float[] dy, int dyo, int n) {
    float[] lanes = clearedLanes();
    for (int i = 0; i < n; i++) {
      int lane = i % SUM_LANES;
      lanes[lane] = x[xo + i] > 0 ? lanes[lane] : Math.fma(x[xo + i], dy[dyo + i], lanes[lane]);
    }
    return tree(lanes);
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    float[] lanes = LANES.get();
    int whole = n - n % SUM_LANES;
    // Eight lanes at a time, in registers: sums in memory would wait for their own stores.
    for (int j = 0; j < SUM_LANES; j += 8) {
      float a0 = 0f;
      float a1 = 0f;
      float a2 = 0f;
      float a3 = 0f;
      float a4 = 0f;
      float a5 = 0f;
      float a6 = 0f;
      float a7 = 0f;
      for (int i = 0; i < whole; i += SUM_LANES) {
        int at = xo + i + j;
        a0 += x[at];
        a1 += x[at + 1];
        a2 += x[at + 2];
        a3 += x[at + 3];
        a4 += x[at + 4];
        a5 += x[at + 5];
        a6 += x[at + 6];
        a7 += x[at + 7];
      }
      lanes[j] = a0;
      lanes[j + 1] = a1;
      lanes[j + 2] = a2;
      lanes[j + 3] = a3;
      lanes[j + 4] = a4;
      lanes[j + 5] = a5;
      lanes[j + 6] = a6;
      lanes[j + 7] = a7;
    }
    for (int j = 0; j < n % SUM_LANES; j++) {
      lanes[j] += x[xo + whole + j];
    }
    return tree(lanes);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    float[] lanes = clearedLanes();
    for (int i = 0; i < n; i++) {
      int lane = i % SUM_LANES;
      lanes[lane] = Math.fma(x[xo + i], y[yo + i], lanes[lane]);
    }
    fillUp(lanes, n);
    return tree(lanes);
  }

  static float[] clearedLanes() {
    float[] lanes = LANES.get();
    Arrays.fill(lanes, 0f);
    return lanes;
  }

  /** Add the zeros that fill up the last row of lanes: a lane of -0 becomes +0. */
  private static void fillUp(float[] lanes, int n) {
    if (n % SUM_LANES != 0) {
      for (int j = n % SUM_LANES; j < SUM_LANES; j++) {
        lanes[j] += 0f;
      }
    }
  }

  static float tree(float[] lanes) {
    for (int w = SUM_LANES / 2; w > 0; w /= 2) {
      for (int j = 0; j < w; j++) {
        lanes[j] += lanes[j + w];
      }
    }
    return lanes[0];
  }

  @Override
  public float max(float[] x, int xo, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    return max;
  }

  @Override
  public void columnSums(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo) {
    Arrays.fill(y, yo, yo + cols, 0f);
    for (int r = 0; r < rows; r++) {
      binary(Binary.ADD, y, yo, x, xo + r * ldx, y, yo, cols);
    }
  }

  @Override
  public void biasMap(
      Unary f, float p, int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < cols; j++) {
        int i = yo + r * ldy + j;
        y[i] = value(f, p, y[i] + bias[bo + j]);
      }
    }
  }

  @Override
  public void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      int yr = yo + r * cols;
      float max = max(x, xr, cols);
      for (int j = 0; j < cols; j++) {
        y[yr + j] = ScalarFunctions.exp(x[xr + j] - max);
      }
      binaryRight(Binary.DIVIDE, y, yr, sum(y, yr, cols), y, yr, cols);
    }
  }

  @Override
  public void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      float max = max(x, xr, cols);
      y[yo + r] = max + logOfExpSum(x, xr, cols, max);
    }
  }

  private static float logOfExpSum(float[] x, int xo, int n, float max) {
    float[] lanes = clearedLanes();
    for (int i = 0; i < n; i++) {
      lanes[i % SUM_LANES] += ScalarFunctions.exp(x[xo + i] - max);
    }
    return ScalarFunctions.log(tree(lanes));
  }

  @Override
  public void crossEntropy(
      int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      int tr = to + r * cols;
      float max = max(x, xr, cols);
      float log = logOfExpSum(x, xr, cols, max);
      float[] lanes = clearedLanes();
      for (int j = 0; j < cols; j++) {
        int lane = j % SUM_LANES;
        lanes[lane] = Math.fma(t[tr + j], log - (x[xr + j] - max), lanes[lane]);
      }
      fillUp(lanes, cols);
      loss[lo + r] = tree(lanes);
    }
  }

  @Override
  public void crossEntropyGradient(
      int rows,
      int cols,
      float[] x,
      int xo,
      float[] t,
      int to,
      float[] dloss,
      int dlo,
      float[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * cols;
      int tr = to + r * cols;
      int dr = dxo + r * cols;
      softmax(1, cols, x, xr, dx, dr);
      float mass = sum(t, tr, cols);
      for (int j = 0; j < cols; j++) {
        dx[dr + j] = (dx[dr + j] * mass - t[tr + j]) * dloss[dlo + r];
      }
    }
  }

  @Override
  public void gemm(
      Form form,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      boolean accumulate) {
    ScalarGemm.gemm(form, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate);
  }

  @Override
  public void gemmMap(
      Unary f,
      float p,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] bias,
      int biasOffset,
      float[] c,
      int co,
      int ldc) {
    gemm(Form.NN, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, false);
    biasMap(f, p, m, n, bias, biasOffset, c, co, ldc);
  }

  @Override
  public void gemmMapGradient(
      Unary f,
      float p,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] at,
      int atOffset,
      int ldat,
      float[] c,
      int co,
      int ldc) {
    gemm(Form.NT, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, false);
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      mapGradient(f, p, at, atOffset + i * ldat, c, row, c, row, n);
    }
  }

  @Override
  public void momentumStep(
      float rate,
      float momentum,
      float decay,
      float[] g,
      int go,
      float[] v,
      int vo,
      float[] w,
      int wo,
      int n) {
    for (int i = 0; i < n; i++) {
      float h = Math.fma(decay, w[wo + i], g[go + i]);
      float velocity = Math.fma(momentum, v[vo + i], h);
      v[vo + i] = velocity;
      w[wo + i] = Math.fma(-rate, velocity, w[wo + i]);
    }
  }

  @Override
  public void adamStep(
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction,
      float decay,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      float[] w,
      int wo,
      int n) {
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    for (int i = 0; i < n; i++) {
      float h = Math.fma(decay, w[wo + i], g[go + i]);
      float first = Math.fma(beta1, m[mo + i], rest1 * h);
      float second = Math.fma(beta2, v[vo + i], (rest2 * h) * h);
      m[mo + i] = first;
      v[vo + i] = second;
      w[wo + i] -= (rate * first) / Math.fma((float) Math.sqrt(second), correction, epsilon);
    }
  }

  @Override
  public void bits(long key0, long key1, long start, int[] x, int xo, int n) {
    ScalarRandom.bits(key0, key1, start, x, xo, n);
  }

  @Override
  public void uniform(
      long key0, long key1, long start, float low, float high, float[] x, int xo, int n) {
    ScalarRandom.uniform(key0, key1, start, low, high, x, xo, n);
  }

  @Override
  public void normal(
      long key0, long key1, long start, float mean, float std, float[] x, int xo, int n) {
    ScalarRandom.normal(key0, key1, start, mean, std, x, xo, n);
  }

  @Override
  public void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] x, int xo, int n) {
    ScalarRandom.truncatedNormal(key0, key1, start, std, limit, x, xo, n);
  }
}
