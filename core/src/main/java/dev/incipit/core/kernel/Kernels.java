package dev.incipit.core.kernel;

/**
 * The arithmetic of the library: loops over arrays, with offsets, and nothing else.
 *
 * <p>Two implementations exist, and they agree in every bit (all NaNs count as one value): {@link
 * ScalarKernels}, plain loops that specify the result, and {@link VectorKernels}, which computes
 * the same with the Vector API. {@link #active()} is the one the process uses.
 *
 * <p>Kernels check nothing but array bounds, allocate nothing, and run on the calling thread; the
 * tensor package validates arguments and splits work among threads. The output of an element-wise
 * kernel, and that of softmax and of {@code crossEntropyGradient} with respect to {@code x}, may be
 * the input itself, at the same offset; other overlap gives undefined results. Matrices are
 * row-major; {@code lda} is the distance between the starts of two rows of {@code a}.
 *
 * <p>The order of every sum is part of the contract:
 *
 * <ul>
 *   <li>a reduction over a stretch of {@code n} elements feeds 64 lanes, initially +0, element
 *       {@code i} into lane {@code i mod 64}, in ascending order; where 64 does not divide {@code
 *       n}, zeros fill up the last row; then lane {@code j} takes lane {@code j + w} for {@code w =
 *       32, 16, 8, 4, 2, 1};
 *   <li>an element of a matrix product is one chain {@code acc = fma(a, b, acc)} over ascending
 *       {@code k};
 *   <li>a column sum is one chain over ascending rows.
 * </ul>
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

  /** Number of lanes that a reduction feeds, whatever the machine's vector width. */
  int SUM_LANES = 64;

  /** Return the kernels this process uses, chosen when first asked. */
  static Kernels active() {
    return KernelChoice.ACTIVE;
  }

  /** Return the kernels that specify every result. */
  static Kernels scalar() {
    return ScalarKernels.INSTANCE;
  }

  /** Return why {@link #active()} was chosen, in one sentence for people. */
  static String reason() {
    return KernelChoice.REASON;
  }

  /** Return the width of one vector in bits: 32 for scalar kernels. */
  int vectorBits();

  /** Compute {@code z[i] = x[i] op y[i]}. */
  void binary(Binary op, float[] x, int xo, float[] y, int yo, float[] z, int zo, int n);

  /** Compute {@code z[i] = x[i] op y}. */
  void binaryRight(Binary op, float[] x, int xo, float y, float[] z, int zo, int n);

  /** Compute {@code z[i] = x op y[i]}. */
  void binaryLeft(Binary op, float x, float[] y, int yo, float[] z, int zo, int n);

  /** Compute {@code y[i] = fma(alpha, x[i], y[i])}. */
  void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n);

  /**
   * Compute {@code y[i] = f(x[i])}.
   *
   * @param p the function's parameter, where it has one
   */
  void map(Unary f, float p, float[] x, int xo, float[] y, int yo, int n);

  /**
   * Compute {@code dx[i] = dy[i] f'}, the derivative taken at {@code at[i]}: the function's value
   * where {@link Unary#gradientAtOutput()}, else its argument.
   */
  void mapGradient(
      Unary f, float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n);

  /**
   * Return the gradient of a PReLU's slope: the sum of {@code x[i] dy[i]} over all {@code i} but
   * those with {@code x[i] > 0}, each term added by one fma.
   */
  float slopeGradient(float[] x, int xo, float[] dy, int dyo, int n);

  /** Return the sum of {@code x[i]}. */
  float sum(float[] x, int xo, int n);

  /** Return the sum of {@code x[i] y[i]}, each term added by one fma. */
  float dot(float[] x, int xo, float[] y, int yo, int n);

  /**
   * Return the largest {@code x[i]} as {@link Math#max(float, float)} orders; -infinity if none.
   */
  float max(float[] x, int xo, int n);

  /** Compute the column sums {@code y[j]} of {@code x[rows, cols]}. */
  void columnSums(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo);

  /** Compute {@code y[r, j] = f(y[r, j] + bias[j])} in place: the tail of a dense layer. */
  void biasMap(
      Unary f, float p, int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy);

  /** Compute {@code y[r, j] = exp(x[r, j] - max_r) / sum_r}, row by row. */
  void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo);

  /** Compute {@code y[r] = max_r + ln sum_j exp(x[r, j] - max_r)}. */
  void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo);

  /**
   * Compute {@code loss[r] = sum_j t[r, j] (ln sum_k exp(x[r, k] - max_r) - (x[r, j] - max_r))},
   * the cross-entropy of {@code softmax(x)} against the target distribution {@code t}.
   */
  void crossEntropy(int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo);

  /** Compute {@code dx[r, j] = (softmax(x)[r, j] sum_k t[r, k] - t[r, j]) dloss[r]}. */
  void crossEntropyGradient(
      int rows,
      int cols,
      float[] x,
      int xo,
      float[] t,
      int to,
      float[] dloss,
      int dlo,
      float[] dx,
      int dxo);

  /**
   * Compute a matrix product {@code c = a b}, or {@code c += a b} with the chain starting from
   * {@code c}.
   */
  void gemm(
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
      boolean accumulate);

  /**
   * Compute {@code c[i, j] = f((a b)[i, j] + bias[j])}, a product of form NN and the tail of a
   * dense layer: the function is applied to each block of rows while it lies in the cache.
   */
  void gemmMap(
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
      int ldc);

  /**
   * Compute {@code c[i, j] = (a b^T)[i, j] f'}, a product of form NT and the slope of the layer
   * below: the derivative is taken at {@code at[i, j]}, as in {@link #mapGradient}.
   */
  void gemmMapGradient(
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
      int ldc);

  /**
   * Update weights by stochastic gradient descent with momentum: {@code h = fma(decay, w, g)},
   * {@code v = fma(momentum, v, h)}, {@code w = fma(-rate, v, w)}.
   */
  void momentumStep(
      float rate,
      float momentum,
      float decay,
      float[] g,
      int go,
      float[] v,
      int vo,
      float[] w,
      int wo,
      int n);

  /**
   * Update weights by Adam: {@code h = fma(decay, w, g)}, {@code m = fma(beta1, m, (1-beta1) h)},
   * {@code v = fma(beta2, v, ((1-beta2) h) h)}, {@code w = w - rate m / (sqrt(v) correction +
   * epsilon)}.
   *
   * @param rate step size, already divided by the first moment's bias correction
   * @param correction 1 / sqrt of the second moment's bias correction
   */
  void adamStep(
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
      int n);

  /** Draw random words: word {@code start + i} of the key's stream into {@code x[i]}. */
  void bits(long key0, long key1, long start, int[] x, int xo, int n);

  /**
   * Draw uniform numbers in {@code [low, high]}, elements {@code start + i} of the key's stream.
   */
  void uniform(long key0, long key1, long start, float low, float high, float[] x, int xo, int n);

  /** Draw normal numbers, elements {@code start + i} of the key's stream. */
  void normal(long key0, long key1, long start, float mean, float std, float[] x, int xo, int n);

  /** Draw normal numbers of mean 0 that lie in {@code [-limit, limit]}. */
  void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] x, int xo, int n);
}
