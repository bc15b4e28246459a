package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products by outer products over packed panels.
 *
 * <p>A panel of {@code a} holds {@link #MR} rows, one of {@code b} holds {@link #NR} columns, both
 * with k outermost, padded with zeros at the edges of the matrix. The microkernel keeps a tile of
 * {@code MR x NR} sums in registers and per step of k loads two vectors of {@code b} and broadcasts
 * each of the {@code MR} numbers of {@code a}. Sums start from {@code c} and end there, so that the
 * chain over k is the scalar kernel's whatever the blocks.
 */
final class VectorGemm {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** Columns of a tile: two vectors. */
  static final int NR = 2 * L;

  /**
   * Rows of a tile. 512-bit vectors come with 32 registers: 24 sums, 2 vectors of b, 1 broadcast.
   * Narrower ones may have 16: 12 sums, 2 of b, 1 broadcast.
   */
  static final int MR = L == 16 ? 12 : 6;

  /** Steps of k a block: a panel of a (12 x 384 floats, 18 kB) stays in the first-level cache. */
  static final int KC = 384;

  /** Columns of a block: the packed part of b (384 x 512 floats, 768 kB) stays in the second. */
  private static final int NC = 512;

  /** Below this many rows packing b costs more than it saves: b is read where it lies. */
  private static final int ROWS_TO_PACK = 4;

  private VectorGemm() {}

  static void gemm(
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
    if (!accumulate) {
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0f);
      }
    }
    if (m == 0 || n == 0 || k == 0) {
      return;
    }
    if (m < ROWS_TO_PACK && form != Form.NT) {
      for (int i = 0; i < m; i++) {
        int left = form == Form.TN ? ao + i : ao + i * lda;
        row(n, k, a, left, form == Form.TN ? lda : 1, b, bo, ldb, c, co + i * ldc);
      }
      return;
    }
    Panels panels = Panels.ofThread();
    int blocks = (k + KC - 1) / KC;
    int kc = (k + blocks - 1) / blocks;
    float[] pb = panels.b(kc * roundUp(Math.min(n, NC), NR));
    for (int j = 0; j < n; j += NC) {
      int nc = Math.min(NC, n - j);
      for (int p = 0; p < k; p += kc) {
        int steps = Math.min(kc, k - p);
        Panels.packB(
            form, steps, nc, b, form == Form.NT ? bo + j * ldb + p : bo + p * ldb + j, ldb, pb);
        for (int i = 0; i < m; i += MR) {
          int rows = Math.min(MR, m - i);
          int at = form == Form.TN ? ao + p * lda + i : ao + i * lda + p;
          Panels.packA(form, steps, rows, a, at, lda, panels.a);
          panel(steps, rows, nc, panels, pb, c, co + i * ldc + j, ldc);
        }
      }
    }
  }

  private static int roundUp(int x, int unit) {
    return (x + unit - 1) / unit * unit;
  }

  /** Multiply one panel of a with all panels of b. */
  private static void panel(
      int k, int rows, int cols, Panels panels, float[] b, float[] c, int co, int ldc) {
    for (int j = 0; j < cols; j += NR) {
      int width = Math.min(NR, cols - j);
      if (rows == MR && width == NR) {
        tile(k, panels.a, b, j * k, c, co + j, ldc);
      } else {
        float[] t = panels.tile;
        for (int i = 0; i < rows; i++) {
          System.arraycopy(c, co + i * ldc + j, t, i * NR, width);
        }
        tile(k, panels.a, b, j * k, t, 0, NR);
        for (int i = 0; i < rows; i++) {
          System.arraycopy(t, i * NR, c, co + i * ldc + j, width);
        }
      }
    }
  }

  /** Add to one row of c its product, reading b where it lies; a's numbers are a stride apart. */
  private static void row(
      int n, int k, float[] a, int ao, int stride, float[] b, int bo, int ldb, float[] c, int co) {
    int bound = S.loopBound(n);
    int j = 0;
    for (; j <= bound - 4 * L; j += 4 * L) {
      FloatVector c0 = FloatVector.fromArray(S, c, co + j);
      FloatVector c1 = FloatVector.fromArray(S, c, co + j + L);
      FloatVector c2 = FloatVector.fromArray(S, c, co + j + 2 * L);
      FloatVector c3 = FloatVector.fromArray(S, c, co + j + 3 * L);
      for (int p = 0; p < k; p++) {
        FloatVector v = FloatVector.broadcast(S, a[ao + p * stride]);
        int at = bo + p * ldb + j;
        c0 = v.fma(FloatVector.fromArray(S, b, at), c0);
        c1 = v.fma(FloatVector.fromArray(S, b, at + L), c1);
        c2 = v.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
        c3 = v.fma(FloatVector.fromArray(S, b, at + 3 * L), c3);
      }
      c0.intoArray(c, co + j);
      c1.intoArray(c, co + j + L);
      c2.intoArray(c, co + j + 2 * L);
      c3.intoArray(c, co + j + 3 * L);
    }
    for (; j < n; j += L) {
      var mask = S.indexInRange(j, n);
      FloatVector sum = FloatVector.fromArray(S, c, co + j, mask);
      for (int p = 0; p < k; p++) {
        FloatVector v = FloatVector.broadcast(S, a[ao + p * stride]);
        sum = v.fma(FloatVector.fromArray(S, b, bo + p * ldb + j, mask), sum);
      }
      sum.intoArray(c, co + j, mask);
    }
  }

  private static void tile(int k, float[] a, float[] b, int bo, float[] c, int co, int ldc) {
    if (MR == 12) {
      tile12(k, a, b, bo, c, co, ldc);
    } else {
      tile6(k, a, b, bo, c, co, ldc);
    }
  }

  private static void tile12(int k, float[] a, float[] b, int bo, float[] c, int co, int ldc) {
    int r0 = co;
    int r1 = co + ldc;
    int r2 = co + 2 * ldc;
    int r3 = co + 3 * ldc;
    int r4 = co + 4 * ldc;
    int r5 = co + 5 * ldc;
    int r6 = co + 6 * ldc;
    int r7 = co + 7 * ldc;
    int r8 = co + 8 * ldc;
    int r9 = co + 9 * ldc;
    int r10 = co + 10 * ldc;
    int r11 = co + 11 * ldc;
    FloatVector c0x = FloatVector.fromArray(S, c, r0);
    FloatVector c0y = FloatVector.fromArray(S, c, r0 + L);
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    FloatVector c3y = FloatVector.fromArray(S, c, r3 + L);
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    FloatVector c4y = FloatVector.fromArray(S, c, r4 + L);
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    FloatVector c5y = FloatVector.fromArray(S, c, r5 + L);
    FloatVector c6x = FloatVector.fromArray(S, c, r6);
    FloatVector c6y = FloatVector.fromArray(S, c, r6 + L);
    FloatVector c7x = FloatVector.fromArray(S, c, r7);
    FloatVector c7y = FloatVector.fromArray(S, c, r7 + L);
    FloatVector c8x = FloatVector.fromArray(S, c, r8);
    FloatVector c8y = FloatVector.fromArray(S, c, r8 + L);
    FloatVector c9x = FloatVector.fromArray(S, c, r9);
    FloatVector c9y = FloatVector.fromArray(S, c, r9 + L);
    FloatVector c10x = FloatVector.fromArray(S, c, r10);
    FloatVector c10y = FloatVector.fromArray(S, c, r10 + L);
    FloatVector c11x = FloatVector.fromArray(S, c, r11);
    FloatVector c11y = FloatVector.fromArray(S, c, r11 + L);
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * NR);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * NR + L);
      FloatVector v = FloatVector.broadcast(S, a[p * 12]);
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = FloatVector.broadcast(S, a[p * 12 + 1]);
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = FloatVector.broadcast(S, a[p * 12 + 2]);
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = FloatVector.broadcast(S, a[p * 12 + 3]);
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      v = FloatVector.broadcast(S, a[p * 12 + 4]);
      c4x = v.fma(bx, c4x);
      c4y = v.fma(by, c4y);
      v = FloatVector.broadcast(S, a[p * 12 + 5]);
      c5x = v.fma(bx, c5x);
      c5y = v.fma(by, c5y);
      v = FloatVector.broadcast(S, a[p * 12 + 6]);
      c6x = v.fma(bx, c6x);
      c6y = v.fma(by, c6y);
      v = FloatVector.broadcast(S, a[p * 12 + 7]);
      c7x = v.fma(bx, c7x);
      c7y = v.fma(by, c7y);
      v = FloatVector.broadcast(S, a[p * 12 + 8]);
      c8x = v.fma(bx, c8x);
      c8y = v.fma(by, c8y);
      v = FloatVector.broadcast(S, a[p * 12 + 9]);
      c9x = v.fma(bx, c9x);
      c9y = v.fma(by, c9y);
      v = FloatVector.broadcast(S, a[p * 12 + 10]);
      c10x = v.fma(bx, c10x);
      c10y = v.fma(by, c10y);
      v = FloatVector.broadcast(S, a[p * 12 + 11]);
      c11x = v.fma(bx, c11x);
      c11y = v.fma(by, c11y);
    }
    c0x.intoArray(c, r0);
    c0y.intoArray(c, r0 + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + L);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + L);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + L);
    c6x.intoArray(c, r6);
    c6y.intoArray(c, r6 + L);
    c7x.intoArray(c, r7);
    c7y.intoArray(c, r7 + L);
    c8x.intoArray(c, r8);
    c8y.intoArray(c, r8 + L);
    c9x.intoArray(c, r9);
    c9y.intoArray(c, r9 + L);
    c10x.intoArray(c, r10);
    c10y.intoArray(c, r10 + L);
    c11x.intoArray(c, r11);
    c11y.intoArray(c, r11 + L);
  }

  private static void tile6(int k, float[] a, float[] b, int bo, float[] c, int co, int ldc) {
    int r0 = co;
    int r1 = co + ldc;
    int r2 = co + 2 * ldc;
    int r3 = co + 3 * ldc;
    int r4 = co + 4 * ldc;
    int r5 = co + 5 * ldc;
    FloatVector c0x = FloatVector.fromArray(S, c, r0);
    FloatVector c0y = FloatVector.fromArray(S, c, r0 + L);
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    FloatVector c3y = FloatVector.fromArray(S, c, r3 + L);
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    FloatVector c4y = FloatVector.fromArray(S, c, r4 + L);
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    FloatVector c5y = FloatVector.fromArray(S, c, r5 + L);
    for (int p = 0; p < k; p++) {
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * NR);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * NR + L);
      FloatVector v = FloatVector.broadcast(S, a[p * 6]);
      c0x = v.fma(bx, c0x);
      c0y = v.fma(by, c0y);
      v = FloatVector.broadcast(S, a[p * 6 + 1]);
      c1x = v.fma(bx, c1x);
      c1y = v.fma(by, c1y);
      v = FloatVector.broadcast(S, a[p * 6 + 2]);
      c2x = v.fma(bx, c2x);
      c2y = v.fma(by, c2y);
      v = FloatVector.broadcast(S, a[p * 6 + 3]);
      c3x = v.fma(bx, c3x);
      c3y = v.fma(by, c3y);
      v = FloatVector.broadcast(S, a[p * 6 + 4]);
      c4x = v.fma(bx, c4x);
      c4y = v.fma(by, c4y);
      v = FloatVector.broadcast(S, a[p * 6 + 5]);
      c5x = v.fma(bx, c5x);
      c5y = v.fma(by, c5y);
    }
    c0x.intoArray(c, r0);
    c0y.intoArray(c, r0 + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + L);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + L);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + L);
  }
}
