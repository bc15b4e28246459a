package dev.incipit.core.kernel;

import java.util.Arrays;

/**
 * The operands of a product, packed for the microkernel: one set of arrays a thread.
 *
 * <p>A panel of {@code a} holds {@link VectorGemm#MR} rows, one of {@code b} holds {@link
 * VectorGemm#NR} columns, both with k outermost and padded with zeros at the edges of the matrix.
 */
final class Panels {

  private static final int MR = VectorGemm.MR;
  private static final int NR = VectorGemm.NR;

  private static final ThreadLocal<Panels> OF_THREAD = ThreadLocal.withInitial(Panels::new);

  /** One panel of a. */
  final float[] a = new float[MR * VectorGemm.KC];

  /** One tile of c, where it hangs over an edge. */
  final float[] tile = new float[MR * NR];

  private float[] b = new float[0];

  private Panels() {}

  /** Return the calling thread's arrays, kept from product to product. */
  static Panels ofThread() {
    return OF_THREAD.get();
  }

  /** Return an array for panels of b, as large as any product needed so far. */
  float[] b(int size) {
    if (b.length < size) {
      b = new float[size];
    }
    return b;
  }

  /** Pack rows of a as {@code p[k][MR]}. */
  static void packA(Form form, int k, int rows, float[] a, int ao, int lda, float[] p) {
    if (rows < MR) {
      Arrays.fill(p, 0, k * MR, 0f);
    }
    if (form == Form.TN) {
      for (int s = 0; s < k; s++) {
        System.arraycopy(a, ao + s * lda, p, s * MR, rows);
      }
    } else {
      for (int i = 0; i < rows; i++) {
        for (int s = 0; s < k; s++) {
          p[s * MR + i] = a[ao + i * lda + s];
        }
      }
    }
  }

  /** Pack columns of b as panels {@code p[column / NR][k][NR]}. */
  static void packB(Form form, int k, int cols, float[] b, int bo, int ldb, float[] p) {
    for (int j = 0; j < cols; j += NR) {
      int width = Math.min(NR, cols - j);
      int panel = j * k;
      if (width < NR) {
        Arrays.fill(p, panel, panel + k * NR, 0f);
      }
      if (form == Form.NT) {
        for (int q = 0; q < width; q++) {
          int column = bo + (j + q) * ldb;
          for (int s = 0; s < k; s++) {
            p[panel + s * NR + q] = b[column + s];
          }
        }
      } else {
        for (int s = 0; s < k; s++) {
          System.arraycopy(b, bo + s * ldb + j, p, panel + s * NR, width);
        }
      }
    }
  }
}
