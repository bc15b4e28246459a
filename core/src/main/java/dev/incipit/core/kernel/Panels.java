package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The operands of a product, copied as the tiles read them: one set of arrays a thread.
 *
 * <p>The panel of {@code a} holds up to {@link VectorGemm#MR} rows: row by row, {@link
 * VectorRowTiles#ROW} numbers apart, or, where the form reads {@code a} transposed, step by step. A
 * panel of {@code b} holds {@link VectorGemm#NR} columns, step by step; the last one a single
 * vector of columns, where that suffices. Zeros, or old numbers, fill up what hangs over an edge,
 * and what they yield is not copied out. {@link #fittedA} and {@link #fittedB} make others.
 */
final class Panels {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();
  private static final int MR = VectorGemm.MR;
  private static final int NR = VectorGemm.NR;
  private static final int ROW = VectorRowTiles.ROW;

  private static final ThreadLocal<Panels> OF_THREAD = ThreadLocal.withInitial(Panels::new);

  /** One panel of a; a whole vector is stored for its last steps. */
  final float[] a = new float[VectorGemm.MC * VectorRowTiles.ROW + L];

  /** One tile of c, where it hangs over an edge; or what others need: L x L, or 8 vectors. */
  final float[] tile = new float[Math.max(MR * NR, L * Math.max(L, 8))];

  /** What c has of a tile's sums. */
  final float[] sums = new float[PartialSums.SIZE];

  private float[] b = new float[0];
  private float[] byRows = new float[0];
  private float[] turned = new float[0];

  private Panels() {}

  /** Return the calling thread's arrays, kept from product to product. */
  static Panels ofThread() {
    return OF_THREAD.get();
  }

  /** Return an array for the transpose of a product or a part, as large as any needed so far. */
  float[] turned(int size) {
    if (turned.length < size) {
      turned = new float[size];
    }
    return turned;
  }

  /** Return the rows of the smallest tile that has some rows. */
  static int height(int rows) {
    if (MR == 12) {
      return rows > 8 ? 12 : rows > 4 ? 8 : 4;
    }
    return rows > 4 ? 5 : 4;
  }

  /** Pack rows of a: the panel that starts with row i starts at {@code i ROW}. */
  void packA(Form form, int k, int rows, float[] x, int xo, int ldx) {
    if (form == Form.TN) {
      int whole = rows / MR * MR;
      columns(k, whole, x, xo, ldx);
      if (whole < rows) {
        edgeColumns(height(rows - whole), k, rows - whole, x, xo + whole, ldx, whole * ROW);
      }
    } else {
      rows(k, rows, x, xo, ldx);
      int height = height((rows - 1) % MR + 1);
      for (int i = rows; i < (rows - 1) / MR * MR + height; i++) {
        Arrays.fill(a, i * ROW, i * ROW + k, 0f);
      }
    }
  }

  /** Copy a vector of each row before the next: rows are as many streams from memory. */
  private void rows(int k, int rows, float[] x, int xo, int ldx) {
    int s = 0;
    for (; s < S.loopBound(k); s += L) {
      for (int i = 0; i < rows; i++) {
        V.cast(FloatVector.fromArray(S, x, xo + i * ldx + s)).intoArray(a, i * ROW + s);
      }
    }
    if (s < k) {
      VectorMask<Float> mask = S.indexInRange(s, k);
      for (int i = 0; i < rows; i++) {
        V.cast(FloatVector.fromArray(S, x, xo + i * ldx + s, mask)).intoArray(a, i * ROW + s);
      }
    }
  }

  private void columns(int k, int rows, float[] x, int xo, int ldx) {
    for (int s = 0; s < k; s++) {
      int at = xo + s * ldx;
      int i = 0;
      if (MR <= L) {
        // A whole vector, of which the next step overwrites what is too much.
        for (; i < rows && at + i <= x.length - L; i += MR) {
          V.cast(FloatVector.fromArray(S, x, at + i)).intoArray(a, i * ROW + s * MR);
        }
      }
      for (; i < rows; i += MR) {
        System.arraycopy(x, at + i, a, i * ROW + s * MR, MR);
      }
    }
  }

  private void edgeColumns(int height, int k, int rows, float[] x, int xo, int ldx, int to) {
    VectorMask<Float> mask = S.indexInRange(0, rows);
    for (int s = 0; s < k; s++) {
      if (rows <= L) {
        V.cast(FloatVector.fromArray(S, x, xo + s * ldx, mask)).intoArray(a, to + s * height);
      } else {
        System.arraycopy(x, xo + s * ldx, a, to + s * height, rows);
      }
    }
  }

  /**
   * Pack a block of b: its columns from {@code from}, a multiple of {@link VectorGemm#NR}.
   *
   * @return the panels
   */
  float[] packB(Form form, int k, int from, int to, float[] x, int xo, int ldx) {
    // Behind it: what the transposition of the last block writes too much.
    reserve(k * ((to - from + L - 1) / L * L) + L * NR);
    int whole = form == Form.NT ? from : from + (to - from) / NR * NR;
    // Four panels at a time: the longer the piece of a row, the sooner the processor fetches the
    // next; but panels lie apart by a multiple of the first-level cache's sets.
    for (int g = from; g < whole; g += 4 * NR) {
      int end = Math.min(g + 4 * NR, whole);
      for (int s = 0; s < k; s++) {
        int row = xo + s * ldx;
        for (int j = g; j < end; j += NR) {
          int panel = (j - from) * k + s * NR;
          V.cast(FloatVector.fromArray(S, x, row + j)).intoArray(b, panel);
          V.cast(FloatVector.fromArray(S, x, row + j + L)).intoArray(b, panel + L);
        }
      }
    }
    for (int j = whole; j < to; j += NR) {
      int width = Math.min(NR, to - j);
      int panel = (j - from) * k;
      if (form == Form.NT) {
        transpose(k, width, x, xo + j * ldx, ldx, b, panel, width <= L ? L : NR);
      } else {
        edge(k, width, x, xo + j, ldx, panel);
      }
    }
    return b;
  }

  /**
   * Pack a block of b for {@link VectorFittedGemm}: panels of some columns, step by step.
   *
   * @param n columns
   * @param width columns of a panel, but for the last, which has what {@link
   *     VectorFittedGemm#piece} leaves; the steps of a panel lie apart by its columns, rounded up
   *     to whole vectors; what fills them up is never used
   * @return the panels
   */
  float[] fittedB(Form form, int k, int n, float[] x, int xo, int ldx, int width) {
    int distance = roundUp(width);
    int panel = k * distance;
    // The last panel may have a vector more. Behind it: what the transposition writes too much.
    reserve((n + width - 1) / width * panel + L * (distance + L));
    if (form == Form.NT) {
      for (int j = 0, columns; j < n; j += columns) {
        columns = VectorFittedGemm.piece(width, n - j);
        transpose(k, columns, x, xo + j * ldx, ldx, b, j / width * panel, roundUp(columns));
      }
      return b;
    }
    if (VectorNarrowTiles.fit(n)) {
      // Ten numbers a row: too few for a copy that has to find out how many there are.
      edge(k, n, x, xo, ldx, 0);
      return b;
    }
    for (int j = 0, columns; j < n; j += columns) {
      columns = VectorFittedGemm.piece(width, n - j);
      panel(k, columns, x, xo + j, ldx, j / width * panel);
    }
    return b;
  }

  /**
   * Copy a panel of at least a vector of columns and at most four. As rows of 64 numbers {@code
   * System.arraycopy} took 1.3 ns a vector, this takes 0.9 (256 x 256, Zen 5).
   */
  private void panel(int k, int columns, float[] x, int xo, int ldx, int to) {
    int distance = roundUp(columns);
    int last = columns - L;
    int second = Math.min(L, last);
    int third = Math.min(2 * L, last);
    float[] y = b;
    for (int s = 0; s < k; s++) {
      int row = xo + s * ldx;
      int at = to + s * distance;
      V.cast(FloatVector.fromArray(S, x, row)).intoArray(y, at);
      V.cast(FloatVector.fromArray(S, x, row + second)).intoArray(y, at + second);
      V.cast(FloatVector.fromArray(S, x, row + third)).intoArray(y, at + third);
      V.cast(FloatVector.fromArray(S, x, row + last)).intoArray(y, at + last);
    }
  }

  /** Round columns up to whole vectors. */
  static int roundUp(int columns) {
    return (columns + L - 1) / L * L;
  }

  /**
   * Copy a block of a, which lies transposed, row by row for {@link VectorFittedGemm}.
   *
   * @param distance distance of the rows in the copy, a multiple of vectors
   * @return the rows
   */
  float[] fittedA(int k, int rows, float[] x, int xo, int ldx, int distance) {
    // Behind it: what the transposition of the last block writes too much.
    int size = (rows + L) * distance;
    if (byRows.length < size) {
      byRows = new float[size];
    }
    transpose(rows, k, x, xo, ldx, byRows, 0, distance);
    return byRows;
  }

  private void reserve(int size) {
    if (b.length < size) {
      b = new float[size];
    }
  }

  private void edge(int k, int width, float[] x, int xo, int ldx, int panel) {
    int distance = width <= L ? L : NR;
    for (int q = 0; q < width; q += L) {
      // Whole vectors where the array has as many numbers: nobody uses what is too much.
      int whole = Math.clamp(Math.floorDiv(x.length - L - xo - q, ldx) + 1L, 0, k);
      for (int s = 0; s < whole; s++) {
        V.cast(FloatVector.fromArray(S, x, xo + s * ldx + q))
            .intoArray(b, panel + s * distance + q);
      }
      VectorMask<Float> mask = S.indexInRange(q, width);
      for (int s = whole; s < k; s++) {
        V.cast(FloatVector.fromArray(S, x, xo + s * ldx + q, mask))
            .intoArray(b, panel + s * distance + q);
      }
    }
  }

  /** Copy rows of {@code x} to columns of {@code y}, which has rows of whole vectors. */
  private static void transpose(
      int k, int width, float[] x, int xo, int ldx, float[] y, int yo, int distance) {
    int done = k / L * L;
    for (int q = 0; q < width; q += L) {
      int rows = Math.min(L, width - q);
      for (int s = 0; s < done; s += L) {
        VectorTranspose.block(x, xo + q * ldx + s, ldx, rows, y, yo + s * distance + q, distance);
      }
      // Whole blocks again where the array has as many numbers, of which the first steps count: the
      // next panel overwrites the rest, or nobody reads it.
      int last = xo + (q + rows - 1) * ldx + done;
      if (done < k && last <= x.length - L) {
        VectorTranspose.block(
            x, xo + q * ldx + done, ldx, rows, y, yo + done * distance + q, distance);
      } else {
        for (int s = done; s < k; s++) {
          for (int i = 0; i < L; i++) {
            y[yo + s * distance + q + i] = i < rows ? x[xo + (q + i) * ldx + s] : 0f;
          }
        }
      }
    }
  }
}
