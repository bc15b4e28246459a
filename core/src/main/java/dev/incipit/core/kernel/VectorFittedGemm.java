package dev.incipit.core.kernel;

import dev.incipit.core.kernel.VectorGemm.Tail;

/**
 * Matrix products by tiles that fit their columns ({@link VectorSlimTiles}, {@link
 * VectorNarrowTiles}, {@link VectorWideTiles}): {@code a} stays where it lies, unless it lies
 * transposed and {@link VectorWideColumnTiles} do not take it. Vectors of 256 bits come here with
 * few rows and a small {@code b}, or with 9 to 16 columns; those of 128 never.
 *
 * <p>A {@code b} that is small or that few rows share stays, too, unless it is transposed. Another
 * is copied, block by block: columns, then steps of k, then rows.
 */
final class VectorFittedGemm {

  private static final int L = Lanes.FLOAT.length();

  /** Columns of a tile where a row of the product has many. */
  private static final int COLUMNS = 4 * L;

  /** From as many numbers on, b comes from beyond a second-level cache of 1 MB. */
  private static final int LARGE = 1 << 18;

  /**
   * Steps of k, rows and columns of a block: 64 columns of b (1024 x 64 floats, 256 kB) and the
   * rows of a (96 x 1024, 384 kB) stay in a second-level cache of 1 MB together, and the other
   * columns of b (4 MB) in one behind it. Few rows and many steps: sums are seldom fetched back.
   * 512 steps and 240 rows were 3 to 6 % slower from 1024 on (Zen 5). By vectors of 256 bits b is
   * read three times as often for its size: 16 columns (16 kB) stay in a first-level cache.
   */
  private static final int KC = L == 8 ? 256 : 1024;

  private static final int MC = 96;
  private static final int NC = 1024;

  /**
   * More rows than these share the cost of a copy of b: 128 x 784 x 256 runs at 242 GFLOP/s so, and
   * at 210 without, 64 x 784 x 256 at 208 and 221 (Zen 5).
   */
  private static final int MANY = 80;

  /**
   * Rows of b, 512 bytes or a multiple apart, share few sets of a first-level cache: 64 columns of
   * them come from the second level each time, and as five lines a step, for arrays start where
   * they like. (On whole lines, 64 x 784 x 256 would run at 257 GFLOP/s instead of 221: Zen 5.)
   */
  private static final int FEW_SETS = 8 * L;

  /**
   * Vectors of 256 bits come here with up to as many rows and with a small b, or with 9 to 16
   * columns: 8 x 784 x 100 runs at 77 GFLOP/s instead of 61, 32 x 784 x 100 at 81 instead of 73,
   * 128 x 784 x 100 at 85 instead of 80; 256 x 256 x 256 would run at 90 instead of 95, 32 x 2048 x
   * 2048 at 25 instead of 48 (Zen 4, {@code -XX:UseAVX=2}).
   */
  private static final int ROWS = 128;

  /**
   * Rows between two tails: several tiles', while their sums are in the first-level cache. Where
   * there is no tail, all rows of a block are one call: 3 % of 64 x 64 x 64 (Zen 5).
   */
  private static final int HEIGHT = VectorGemm.MR;

  /** The same, of tiles of eight rows. */
  private static final int EIGHT_HEIGHT = 16;

  /** The same, of few columns. */
  private static final int NARROW_HEIGHT = 32;

  /**
   * What the rows of a transposed a lie apart in its copy beyond their steps, in whole vectors: a
   * line, for at 2 kB rows would share few sets of a cache.
   */
  private static final int LINE = 16;

  private VectorFittedGemm() {}

  /**
   * Return how many columns make a tile of a product of {@code n} columns: all of them, or 64 or
   * 48, where what is left fits a tile of its own, or none is, or 16 by vectors of 256 bits, whose
   * last tile has 9 to 24 ({@link #piece}); or 0, where no such tile fits, or vectors are too
   * short.
   */
  private static int width(int n) {
    if (L == 8 && n > L) {
      return Math.min(n, 2 * L);
    }
    if (L < 16) {
      return 0;
    }
    if (VectorNarrowTiles.fit(n) || VectorWideTiles.fit(n)) {
      return n;
    }
    int rest = n % COLUMNS;
    if (rest == 0 || VectorWideTiles.fit(rest)) {
      return COLUMNS;
    }
    int fewer = VectorWideTiles.EIGHT_COLUMNS;
    rest = n % fewer;
    return n > COLUMNS && (rest == 0 || VectorWideTiles.fit(rest)) ? fewer : 0;
  }

  /**
   * Return the columns of the next tile: as many as usual, or as are left; by vectors of 256 bits
   * all that are left where that is at most a vector more, for those alone would make a poor tile.
   */
  static int piece(int columns, int left) {
    return L == 8 && left <= columns + L ? left : Math.min(columns, left);
  }

  /**
   * Return whether a product goes this way that {@link VectorWideColumnTiles} do not take.
   *
   * <p>In form NN one of 512 bits does, but for some rows and a b whose rows share {@link
   * #FEW_SETS}: by twelve rows and two vectors a step of it comes from the second-level cache as
   * three lines, and 32 x 784 x 256 runs at 233 GFLOP/s instead of 206, 64 x 256 x 256 at 243
   * instead of 230, 24 x 256 x 256 at 258 instead of 243 (Zen 5).
   *
   * <p>In form TN one of 512 bits does whose columns are one tile here and not whole ones of two
   * vectors (of 100 columns, before {@link VectorTurned} computed the last four, 128 x 784 took 2 %
   * longer otherwise, 1024 x 784 3 %: Zen 4), or whose steps are several blocks there, whose sums
   * are fetched back each time (512 x 512 x 512 took 3 % longer, 512 x 1024 x 256 12 %, 128 x 784 x
   * 64 10 %: Zen 5), or whose b is large; else copying a as it lies, into panels, is as fast (784 x
   * 128 x 512) or faster (320 x 320 x 320 by 11 %).
   */
  static boolean takes(Form form, int m, int n, int k) {
    boolean small = m <= ROWS && (long) k * n < LARGE;
    if (width(n) == 0 || (L == 8 && !small && !VectorNarrowTiles.fit(n))) {
      return false;
    }
    if (form != Form.TN) {
      boolean fewSets = L == 16 && n % FEW_SETS == 0 && (long) k * n < LARGE;
      return form == Form.NT || !fewSets || m < VectorGemm.MR || m > MANY;
    }
    boolean ragged = !VectorNarrowTiles.fit(n) && n % VectorGemm.NR != 0;
    return L == 16 && (ragged || k > VectorGemm.KC || (long) k * n > LARGE);
  }

  /**
   * Multiply, and apply a tail to a few rows at a time.
   *
   * <p>b is copied where more than {@link #MANY} rows share the cost, and it is not small: 256 x
   * 256 x 256 runs at 253 GFLOP/s so, and at 224 to 244 without a copy, 512 x 512 x 256 at 245 and
   * 220, but 128 x 784 x 100 at 212 and 229, for its rows share no sets (Zen 5); and where it is
   * larger than 4 MB, where more than {@link #HEIGHT} rows do, for then its rows begin a page each
   * and come too slowly from where they lie. 32 x 1024 x 1024 runs at 108 GFLOP/s, and at 89 with a
   * copy; 32 x 2048 x 2048 at 75 with a copy, and at 53 without (Zen 4). Of {@link VectorSlimTiles}
   * ten columns stay, others are copied.
   *
   * @param n columns, of which {@link #width} is not 0
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
    boolean lies = VectorWideColumnTiles.take(form, m, n, k, lda);
    boolean transposed = form == Form.TN && !lies;
    long size = (long) k * n;
    boolean huge = size > 4L * LARGE;
    boolean pays = ldb % FEW_SETS == 0 ? size >= LARGE / 16 : size >= LARGE / 2;
    boolean shared = m > MANY && (pays || m > 6 * MANY);
    // Of b where it lies, in one block.
    boolean eight = L == 16 && form == Form.NN && !accumulate && !huge && !shared;
    boolean eightRows = eight && VectorWideTiles.eightRows(m, n, k);
    int width = eightRows ? VectorWideTiles.EIGHT_COLUMNS : width(n);
    boolean narrow = L == 8 || VectorNarrowTiles.fit(width);
    int height = narrow ? NARROW_HEIGHT : eightRows ? EIGHT_HEIGHT : HEIGHT;
    boolean ten = narrow && form == Form.NN && VectorSlimTiles.inPlace(n, ldb, k);
    boolean slim = narrow && VectorSlimTiles.pay(m, ten);
    boolean inPlace = ten && slim;
    boolean copied = !inPlace && (form == Form.NT || slim || shared || (huge && m > height));
    boolean blocked = huge || (copied && (shared || size >= LARGE));
    int blocks = blocked || transposed || L == 8 ? (k + KC - 1) / KC : 1;
    int kc = (k + blocks - 1) / blocks;
    int nc = blocked ? NC / width * width : n;
    int mc = blocked || transposed ? MC : m;
    int step = tail == Tail.NONE ? mc : height;
    for (int jb = 0, right; jb < n; jb = right) {
      right = jb + piece(nc, n - jb);
      for (int s = 0; s < k; s += kc) {
        int steps = Math.min(kc, k - s);
        int at = form == Form.NT ? bo + jb * ldb + s : bo + s * ldb + jb;
        float[] w =
            copied ? Panels.ofThread().fittedB(form, steps, right - jb, b, at, ldb, width) : b;
        for (int ib = 0; ib < m; ib += mc) {
          int bottom = Math.min(m, ib + mc);
          float[] v = a;
          int vo = 0;
          int ldv = Panels.roundUp(steps) + LINE;
          if (transposed) {
            v = Panels.ofThread().fittedA(steps, bottom - ib, a, ao + s * lda + ib, lda, ldv);
          } else {
            vo = lies ? ao + s * lda + ib : ao + ib * lda + s;
            ldv = lda;
          }
          for (int jr = jb, strip; jr < right; jr += strip) {
            // The last strip takes along what is left, for its tail.
            strip = right - jr < 2 * width ? right - jr : width;
            for (int i = ib; i < bottom; i += step) {
              int rows = Math.min(step, bottom - i);
              int from = vo + (i - ib) * (lies ? 1 : ldv);
              boolean fresh = s == 0 && !accumulate;
              tiles(
                  rows,
                  strip,
                  width,
                  steps,
                  lies,
                  slim,
                  v,
                  from,
                  ldv,
                  w,
                  copied ? (jr - jb) / width * steps * Panels.roundUp(width) : at + jr - jb,
                  copied ? 0 : ldb,
                  c,
                  co + i * ldc + jr,
                  ldc,
                  fresh);
              if (s + steps == k) {
                int of = to + i * ldt + jr;
                VectorGemm.finish(tail, f, p, rows, strip, t, of, ldt, c, co + i * ldc + jr, ldc);
              }
            }
          }
        }
      }
    }
  }

  /**
   * Multiply a few rows with the columns of a strip, a tile's width at a time.
   *
   * @param slim whether tiles of few columns have many rows
   * @param ldb distance of the rows of b, or 0 where it was copied: panels of {@code width} columns
   */
  private static void tiles(
      int m,
      int n,
      int width,
      int k,
      boolean lies,
      boolean slim,
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
    boolean narrow = L == 8 || VectorNarrowTiles.fit(width);
    int at = bo;
    for (int j = 0, columns; j < n; j += columns) {
      columns = piece(width, n - j);
      int distance = ldb == 0 ? Panels.roundUp(columns) : ldb;
      int to = co + j;
      if (lies) {
        VectorWideColumnTiles.multiply(m, k, a, ao, lda, b, at, distance, c, to, ldc, fresh);
      } else if (slim) {
        VectorSlimTiles.multiply(m, columns, k, a, ao, lda, b, at, ldb, c, to, ldc, fresh);
      } else if (narrow) {
        VectorNarrowTiles.multiply(m, columns, k, a, ao, lda, b, at, distance, c, to, ldc, fresh);
      } else {
        VectorWideTiles.multiply(m, columns, k, a, ao, lda, b, at, distance, c, to, ldc, fresh);
      }
      at += ldb == 0 ? k * distance : columns;
    }
  }
}
