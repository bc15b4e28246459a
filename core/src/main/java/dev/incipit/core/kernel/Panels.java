package dev.incipit.core.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The operands of a product, packed for the microkernel: one set of arrays a thread.
 *
 * <p>A panel of {@code a} holds {@link VectorGemm#MR} rows, one of {@code b} holds {@link
 * VectorGemm#NR} columns, both with k outermost and padded with zeros at the edges of the matrix.
 */
final class Panels {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();
  private static final int MR = VectorGemm.MR;
  private static final int NR = VectorGemm.NR;

  private static final ThreadLocal<Panels> OF_THREAD = ThreadLocal.withInitial(Panels::new);

  /** One panel of a; a transposed block's last row may reach beyond it by a vector. */
  final float[] a = new float[MR * VectorGemm.KC + L];

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
      if (rows == MR && MR <= L && ao + (k - 1) * lda + L <= a.length) {
        // A whole vector a step, of which the next step overwrites what is too much.
        for (int s = 0; s < k; s++) {
          FloatVector.fromArray(S, a, ao + s * lda).intoArray(p, s * MR);
        }
      } else {
        for (int s = 0; s < k; s++) {
          System.arraycopy(a, ao + s * lda, p, s * MR, rows);
        }
      }
    } else {
      int blocks = rows == MR && MR <= L ? k / L : 0;
      int done = blocks * L;
      // In ascending order: what a block writes beyond its rows, the next one overwrites.
      for (int s = 0; s < done; s += L) {
        VectorTranspose.block(a, ao + s, lda, rows, p, s * MR, MR);
      }
      for (int i = 0; i < rows; i++) {
        for (int s = done; s < k; s++) {
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
        int done = width == NR ? k / L * L : 0;
        for (int q = 0; q < NR; q += L) {
          for (int s = 0; s < done; s += L) {
            int block = bo + (j + q) * ldb + s;
            VectorTranspose.block(b, block, ldb, L, p, panel + s * NR + q, NR);
          }
        }
        for (int q = 0; q < width; q++) {
          int column = bo + (j + q) * ldb;
          for (int s = done; s < k; s++) {
            p[panel + s * NR + q] = b[column + s];
          }
        }
      } else {
        copyColumns(k, width, b, bo + j, ldb, p, panel);
      }
    }
  }

  private static void copyColumns(
      int k, int width, float[] b, int bo, int ldb, float[] p, int panel) {
    if (width == NR) {
      for (int s = 0; s < k; s++) {
        FloatVector.fromArray(S, b, bo + s * ldb).intoArray(p, panel + s * NR);
        FloatVector.fromArray(S, b, bo + s * ldb + L).intoArray(p, panel + s * NR + L);
      }
    } else {
      for (int s = 0; s < k; s++) {
        System.arraycopy(b, bo + s * ldb, p, panel + s * NR, width);
      }
    }
  }
}
