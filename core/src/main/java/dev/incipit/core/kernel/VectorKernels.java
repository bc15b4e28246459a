package dev.incipit.core.kernel;

import dev.incipit.core.kernel.VectorGemm.Tail;

/**
 * The kernels in vectors of 128, 256 or 512 bits: one source, its width a constant of the process.
 *
 * <p>This class sends each kernel to the room that computes it. Equal to {@link ScalarKernels} in
 * every bit, because each lane performs the scalar kernel's operations in the scalar kernel's
 * order.
 */
final class VectorKernels implements Kernels {

  static final VectorKernels INSTANCE = new VectorKernels();

  private VectorKernels() {}

  @Override
  public int vectorBits() {
    return Lanes.FLOAT.vectorBitSize();
  }

  @Override
  public void binary(Binary op, float[] x, int xo, float[] y, int yo, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> VectorArithmetic.add(x, xo, y, yo, z, zo, n);
      case SUBTRACT -> VectorArithmetic.subtract(x, xo, y, yo, z, zo, n);
      case MULTIPLY -> VectorArithmetic.multiply(x, xo, y, yo, z, zo, n);
      case DIVIDE -> VectorArithmetic.divide(x, xo, y, yo, z, zo, n);
    }
  }

  @Override
  public void binaryRight(Binary op, float[] x, int xo, float y, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> VectorArithmetic.addRight(x, xo, y, z, zo, n);
      case SUBTRACT -> VectorArithmetic.subtractRight(x, xo, y, z, zo, n);
      case MULTIPLY -> VectorArithmetic.multiplyRight(x, xo, y, z, zo, n);
      case DIVIDE -> VectorArithmetic.divideRight(x, xo, y, z, zo, n);
    }
  }

  @Override
  public void binaryLeft(Binary op, float x, float[] y, int yo, float[] z, int zo, int n) {
    switch (op) {
      case ADD -> VectorArithmetic.addRight(y, yo, x, z, zo, n);
      case SUBTRACT -> VectorArithmetic.subtractLeft(x, y, yo, z, zo, n);
      case MULTIPLY -> VectorArithmetic.multiplyRight(y, yo, x, z, zo, n);
      case DIVIDE -> VectorArithmetic.divideLeft(x, y, yo, z, zo, n);
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    VectorArithmetic.axpy(alpha, x, xo, y, yo, n);
  }

  @Override
  public void map(Unary f, float p, float[] x, int xo, float[] y, int yo, int n) {
    VectorUnary.map(f, p, x, xo, y, yo, n);
  }

  @Override
  public void mapGradient(
      Unary f, float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    VectorUnary.gradient(f, p, at, ao, dy, dyo, dx, dxo, n);
  }

  @Override
  public float slopeGradient(float[] x, int xo, float[] dy, int dyo, int n) {
    return VectorSlope.slopeGradient(x, xo, dy, dyo, n);
  }

  @Override
  public float sum(float[] x, int xo, int n) {
    return VectorReductions.sum(x, xo, n);
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    return VectorReductions.dot(x, xo, y, yo, n);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    return VectorReductions.max(x, xo, n);
  }

  @Override
  public void columnSums(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo) {
    VectorReductions.columnSums(rows, cols, x, xo, ldx, y, yo);
  }

  @Override
  public void biasMap(
      Unary f, float p, int rows, int cols, float[] bias, int bo, float[] y, int yo, int ldy) {
    if (rows == 0) {
      return;
    }
    if (f == Unary.RELU) {
      VectorBias.relu(rows, cols, bias, bo, y, yo, ldy);
      return;
    }
    VectorBias.add(rows, cols, bias, bo, y, yo, ldy);
    if (f != Unary.IDENTITY) {
      // Whole rows are one stretch, with one end instead of one a row.
      int lines = ldy == cols ? 1 : rows;
      int length = ldy == cols ? rows * cols : cols;
      for (int r = 0; r < lines; r++) {
        map(f, p, y, yo + r * ldy, y, yo + r * ldy, length);
      }
    }
  }

  @Override
  public void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    VectorRows.softmax(rows, cols, x, xo, y, yo);
  }

  @Override
  public void logSumExp(int rows, int cols, float[] x, int xo, float[] y, int yo) {
    VectorRows.logSumExp(rows, cols, x, xo, y, yo);
  }

  @Override
  public void crossEntropy(
      int rows, int cols, float[] x, int xo, float[] t, int to, float[] loss, int lo) {
    VectorRows.crossEntropy(rows, cols, x, xo, t, to, loss, lo);
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
    VectorRows.crossEntropyGradient(rows, cols, x, xo, t, to, dloss, dlo, dx, dxo);
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
    VectorGemm.gemm(
        form,
        m,
        n,
        k,
        a,
        ao,
        lda,
        b,
        bo,
        ldb,
        c,
        co,
        ldc,
        accumulate,
        Tail.NONE,
        Unary.IDENTITY,
        0f,
        c,
        0,
        0);
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
    VectorGemm.gemm(
        Form.NN,
        m,
        n,
        k,
        a,
        ao,
        lda,
        b,
        bo,
        ldb,
        c,
        co,
        ldc,
        false,
        Tail.BIAS_MAP,
        f,
        p,
        bias,
        biasOffset,
        0);
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
    VectorGemm.gemm(
        Form.NT,
        m,
        n,
        k,
        a,
        ao,
        lda,
        b,
        bo,
        ldb,
        c,
        co,
        ldc,
        false,
        Tail.SLOPE,
        f,
        p,
        at,
        atOffset,
        ldat);
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
    VectorUpdates.momentumStep(rate, momentum, decay, g, go, v, vo, w, wo, n);
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
    VectorUpdates.adamStep(
        rate, beta1, beta2, epsilon, correction, decay, g, go, m, mo, v, vo, w, wo, n);
  }

  @Override
  public void bits(long key0, long key1, long start, int[] x, int xo, int n) {
    VectorRandom.bits(key0, key1, start, x, xo, n);
  }

  @Override
  public void uniform(
      long key0, long key1, long start, float low, float high, float[] x, int xo, int n) {
    VectorRandom.uniform(key0, key1, start, low, high, x, xo, n);
  }

  @Override
  public void normal(
      long key0, long key1, long start, float mean, float std, float[] x, int xo, int n) {
    VectorRandom.normal(key0, key1, start, mean, std, x, xo, n);
  }

  @Override
  public void truncatedNormal(
      long key0, long key1, long start, float std, float limit, float[] x, int xo, int n) {
    VectorRandom.truncatedNormal(key0, key1, start, std, limit, x, xo, n);
  }
}
