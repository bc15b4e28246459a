package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products by outer products.
 *
 * <p>A tile of {@link #MR} rows and {@link #NR} columns of {@code c} stays in registers; per step
 * of k two vectors of {@code b} are loaded and each of {@code MR} numbers of {@code a} is broadcast
 * ({@link VectorRowTiles}, {@link VectorColumnTiles}). Sums start from {@code c} and end there, so
 * that the chain over k is the scalar kernel's whatever the blocks.
 *
 * <p>Blocks are columns, then steps of k, then rows. {@code a} is copied into panels, unless it
 * lies transposed and is small; {@code b} where enough rows share the cost ({@link Panels}).
 * Products of some widths copy less, and go other ways ({@link VectorFittedGemm}, {@link
 * VectorRow}); some, or their last columns, are computed with rows and columns exchanged ({@link
 * VectorTurned}), or last columns by other tiles than the rest ({@link VectorWideColumnTiles}).
 */
final class VectorGemm {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  /** Columns of a tile: two vectors. */
  static final int NR = 2 * L;

  /**
   * Rows of a tile. Vectors of 512 bits come with 32 registers, and so do those of 128 on machines
   * that have no longer ones (NEON): 24 sums, 2 vectors of b, 1 broadcast. Those of 256 come with
   * 16 (AVX2), and six rows, 15 registers, seem to fit; but C2 loads three broadcasts ahead, so
   * that a sum has to go to memory and back in each step, and sets the pace: six rows ran at 50
   * GFLOP/s, five at 100 (Zen 4, {@code -XX:UseAVX=2}).
   */
  static final int MR = L == 8 ? 5 : 12;

  /**
   * Steps of k a block: a panel of a (12 x 384 floats, 18 kB) stays in a first-level cache of 32 kB
   * while b passes by. 256 and 512 came within 3 % of it at n = 512 (Zen 4).
   */
  static final int KC = 384;

  /**
   * Rows of a that are packed together where a lies transposed: each of its lines, of 64 bytes,
   * then serves whole panels (some 6 % of n = 256, 8 % of 1024), but for those of five rows. Rows
   * that lie whole gain nothing.
   */
  static final int MC = 4 * MR;

  /**
   * Columns of a block: the packed part of b (384 x 512 floats, 768 kB) stays in a second-level
   * cache of 1 MB. From a smaller one's successor it comes as a stream, two lines to the 24
   * multiply-adds of a step. 256 and 1024 were not clearly faster at n = 512 and 1024.
   */
  private static final int NC = 512;

  /**
   * Below this many rows packing b costs more than it saves, and b is read where it lies: 32 x 784
   * x 100 takes 59 us in place and 78 packed, 128 x 784 x 256 takes 553 and 596, but 256 x 256 x
   * 256 takes 332 and 330 (Zen 4, 512 bits, before {@link VectorFittedGemm} took these widths
   * over).
   */
  private static final int ROWS_TO_PACK = 128;

  /**
   * From as many numbers on, b comes from beyond the second-level cache, and is packed for more
   * than one tile of rows: in place it would come in pieces of two lines, which the processor
   * fetches late, and once for each tile. 32 x 1024 x 1024 took 1.0 ms packed and 1.6 in place.
   */
  private static final int LARGE_B = 1 << 18;

  /**
   * Up to as many numbers, {@link VectorColumnTiles} read a where it lies if it lies transposed: a
   * quarter of a second-level cache of 1 MB. Copied, 64 x 64 x 64 ran at 94 GFLOP/s instead of 108
   * (it goes another way since), 256 x 256 x 256 at 109 instead of 112; but 512 x 256 x 512 at 109
   * instead of 106 (Zen 4, 512 bits). Of a line five rows use a third: by vectors of 256 bits 64 x
   * 64 x 64 ran at 72 copied, and 97 in place, but 256 x 256 x 256 at 93 copied, and 70 in place.
   */
  private static final int SMALL_A = L == 8 ? 1 << 15 : 1 << 16;

  /** What becomes of a block of c when its sums are complete. */
  enum Tail {
    NONE,
    /** {@code f(c + bias)} */
    BIAS_MAP,
    /** {@code c f'} */
    SLOPE
  }

  private VectorGemm() {}

  /**
   * Multiply, and apply a tail.
   *
   * @param t the bias, or where the slope is taken
   * @param ldt distance of its rows: 0 for a bias
   */
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
      boolean accumulate,
      Tail tail,
      Unary f,
      float p,
      float[] t,
      int to,
      int ldt) {
    if (k == 0) {
      if (!accumulate) {
        for (int i = 0; i < m; i++) {
          Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0f);
        }
      }
      finish(tail, f, p, m, n, t, to, ldt, c, co, ldc);
      return;
    }
    if (m == 1 && form != Form.NT) {
      VectorRow.multiply(n, k, a, ao, form == Form.TN ? lda : 1, b, bo, ldb, c, co, accumulate);
      finish(tail, f, p, m, n, t, to, ldt, c, co, ldc);
      return;
    }
    int turned = VectorTurned.columns(form, m, n, k);
    int apart = turned > 0 ? turned : VectorWideColumnTiles.rest(form, m, n, k, lda);
    if (apart > 0) {
      int left = n - apart;
      VectorKernels kernels = VectorKernels.INSTANCE;
      if (left > 0) {
        kernels.gemm(form, m, left, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate);
      }
      int from = bo + left;
      int last = co + left;
      if (turned > 0) {
        VectorTurned.multiply(
            form, m, turned, k, a, ao, lda, b, from, ldb, c, last, ldc, accumulate);
      } else {
        kernels.gemm(form, m, apart, k, a, ao, lda, b, from, ldb, c, last, ldc, accumulate);
      }
      finish(tail, f, p, m, n, t, to, ldt, c, co, ldc);
      return;
    }
    boolean lies = VectorWideColumnTiles.take(form, m, n, k, lda);
    boolean fitted = !staysTransposed(form, k, lda) && VectorFittedGemm.takes(form, m, n, k);
    if (lies || fitted) {
      VectorFittedGemm.gemm(
          form, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate, tail, f, p, t, to, ldt);
    } else {
      blocks(form, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc, accumulate, tail, f, p, t, to, ldt);
    }
  }

  /**
   * Return whether a lies transposed, and is small enough for tiles of two vectors to read it so.
   */
  private static boolean staysTransposed(Form form, int k, int lda) {
    return form == Form.TN && (long) k * lda <= SMALL_A;
  }

  /** Multiply by blocks, and apply the tail to what is complete. */
  private static void blocks(
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
      boolean accumulate,
      Tail tail,
      Unary f,
      float p,
      float[] t,
      int to,
      int ldt) {
    Panels panels = Panels.ofThread();
    boolean small = staysTransposed(form, k, lda);
    boolean packed = form == Form.NT || m >= ROWS_TO_PACK || (m > MR && (long) k * n >= LARGE_B);
    int step = form == Form.TN ? MC : MR;
    int blocks = (k + KC - 1) / KC;
    int kc = (k + blocks - 1) / blocks;
    for (int j = 0; j < n; j += NC) {
      int nc = Math.min(NC, n - j);
      for (int s = 0; s < k; s += kc) {
        int steps = Math.min(kc, k - s);
        int at = form == Form.NT ? bo + j * ldb + s : bo + s * ldb + j;
        int copied = packed ? 0 : nc / NR * NR;
        float[] pb = panels.packB(form, steps, copied, nc, b, at, ldb);
        for (int i = 0; i < m; i += step) {
          int mc = Math.min(step, m - i);
          int from = form == Form.TN ? ao + s * lda + i : ao + i * lda + s;
          int edge = (mc - 1) % MR + 1;
          boolean inPlace = small && edge == Panels.height(edge);
          if (!inPlace) {
            panels.packA(form, steps, mc, a, from, lda);
          }
          int block = co + i * ldc + j;
          boolean fresh = s == 0 && !accumulate;
          for (int r = 0; r < mc; r += MR) {
            int rows = Math.min(MR, mc - r);
            panel(
                form,
                steps,
                rows,
                nc,
                panels,
                inPlace ? a : panels.a,
                inPlace ? from + r : r * VectorRowTiles.ROW,
                inPlace ? lda : Panels.height(rows),
                copied,
                b,
                at,
                ldb,
                pb,
                c,
                block + r * ldc,
                ldc,
                fresh);
          }
          if (s + steps == k) {
            finish(tail, f, p, mc, nc, t, to + i * ldt + j, ldt, c, block, ldc);
          }
        }
      }
    }
  }

  /** Multiply the panel of a with all columns of a block: some where they lie, others packed. */
  private static void panel(
      Form form,
      int k,
      int rows,
      int cols,
      Panels panels,
      float[] a,
      int ao,
      int lda,
      int copied,
      float[] b,
      int bo,
      int ldb,
      float[] pb,
      float[] c,
      int co,
      int ldc,
      boolean fresh) {
    for (int j = 0; j < copied; j += NR) {
      tile(form, k, rows, NR, panels, a, ao, lda, b, bo + j, ldb, c, co + j, ldc, fresh);
    }
    for (int j = copied; j < cols; j += NR) {
      int width = Math.min(NR, cols - j);
      int distance = width <= L ? L : NR;
      tile(
          form,
          k,
          rows,
          width,
          panels,
          a,
          ao,
          lda,
          pb,
          (j - copied) * k,
          distance,
          c,
          co + j,
          ldc,
          fresh);
    }
  }

  /** Compute one tile, in c itself or, where the tile hangs over an edge, beside it. */
  private static void tile(
      Form form,
      int k,
      int rows,
      int width,
      Panels panels,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc,
      boolean fresh) {
    int height = Panels.height(rows);
    if (rows == height && width == NR) {
      multiply(form, height, NR, k, a, ao, lda, b, bo, ldb, c, co, ldc, fresh);
    } else {
      float[] t = panels.tile;
      if (!fresh) {
        copy(rows, width, c, co, ldc, t, 0, NR);
      }
      multiply(form, height, width, k, a, ao, lda, b, bo, ldb, t, 0, NR, fresh);
      copy(rows, width, t, 0, NR, c, co, ldc);
    }
  }

  private static void multiply(
      Form form,
      int height,
      int width,
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
      boolean fresh) {
    boolean narrow = width <= L;
    if (L == 16 && width <= VectorHalfTiles.COLUMNS) {
      VectorHalfTiles.multiply(form, height, k, a, ao, lda, b, bo, ldb, c, co, ldc, fresh);
    } else if (form == Form.TN) {
      VectorColumnTiles.multiply(height, narrow, k, a, ao, lda, b, bo, ldb, c, co, ldc, fresh);
    } else {
      VectorRowTiles.multiply(height, narrow, k, a, ao, b, bo, ldb, c, co, ldc, fresh);
    }
  }

  /** Copy a part of a tile. */
  private static void copy(
      int rows, int width, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    for (int j = 0; j < width; j += L) {
      VectorMask<Float> mask = S.indexInRange(j, width);
      for (int i = 0; i < rows; i++) {
        V.cast(FloatVector.fromArray(S, x, xo + i * ldx + j, mask))
            .intoArray(y, yo + i * ldy + j, mask);
      }
    }
  }

  /** Apply the tail to a block of finished sums, which lie in the cache. */
  static void finish(
      Tail tail,
      Unary f,
      float p,
      int rows,
      int cols,
      float[] t,
      int to,
      int ldt,
      float[] c,
      int co,
      int ldc) {
    switch (tail) {
      case NONE -> {}
      case BIAS_MAP -> VectorKernels.INSTANCE.biasMap(f, p, rows, cols, t, to, c, co, ldc);
      case SLOPE -> {
        // Whole rows are one stretch, with one end instead of one a row.
        boolean whole = ldt == cols && ldc == cols;
        int lines = whole ? 1 : rows;
        int length = whole ? rows * cols : cols;
        for (int i = 0; i < lines; i++) {
          int row = co + i * ldc;
          VectorKernels.INSTANCE.mapGradient(f, p, t, to + i * ldt, c, row, c, row, length);
        }
      }
    }
  }
}
