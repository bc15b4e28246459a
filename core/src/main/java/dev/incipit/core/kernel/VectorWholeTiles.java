package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies a few rows of {@code a}, where they lie, with three or four whole vectors of columns
 * of {@code b}: those of {@link VectorWideTiles} whose last vector does not overlap the one before.
 *
 * <p>So all vectors of a row of b lie a constant apart. Where the last one lay at a distance that
 * only a register knew, C2 was a register short, and kept the address of b or of a in a vector
 * register, from where the units that multiply had to fetch it before they could load: 8 x 256 x 96
 * runs at 252 GFLOP/s instead of 236, 4 x 256 x 64 at 239 instead of 209 to 241, for there it
 * depended on the process (Zen 5). Six rows of four vectors are not among them: C2 then loads all
 * four at once, a sum goes to memory and back in each step, and 64 x 64 x 64 runs at 196 instead of
 * 251.
 */
final class VectorWholeTiles {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final int L = S.length();

  private VectorWholeTiles() {}

  /**
   * Compute {@code c = a b} for one tile, or add it to {@code c}.
   *
   * @param rows how many of the rows are there; the others repeat the last one
   * @param s what the sums start from, as {@link PartialSums} has it; zero if there is none
   */
  static void tile8x3(
      int rows,
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
      float @Nullable [] s) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    int r4 = Math.min(4, rows - 1);
    int r5 = Math.min(5, rows - 1);
    int r6 = Math.min(6, rows - 1);
    int r7 = Math.min(7, rows - 1);
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c4e = V.cast(FloatVector.zero(S));
    FloatVector c4f = V.cast(FloatVector.zero(S));
    FloatVector c4g = V.cast(FloatVector.zero(S));
    FloatVector c5e = V.cast(FloatVector.zero(S));
    FloatVector c5f = V.cast(FloatVector.zero(S));
    FloatVector c5g = V.cast(FloatVector.zero(S));
    FloatVector c6e = V.cast(FloatVector.zero(S));
    FloatVector c6f = V.cast(FloatVector.zero(S));
    FloatVector c6g = V.cast(FloatVector.zero(S));
    FloatVector c7e = V.cast(FloatVector.zero(S));
    FloatVector c7f = V.cast(FloatVector.zero(S));
    FloatVector c7g = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c1e = FloatVector.fromArray(S, s, 3 * L);
      c1f = FloatVector.fromArray(S, s, 4 * L);
      c1g = FloatVector.fromArray(S, s, 5 * L);
      c2e = FloatVector.fromArray(S, s, 6 * L);
      c2f = FloatVector.fromArray(S, s, 7 * L);
      c2g = FloatVector.fromArray(S, s, 8 * L);
      c3e = FloatVector.fromArray(S, s, 9 * L);
      c3f = FloatVector.fromArray(S, s, 10 * L);
      c3g = FloatVector.fromArray(S, s, 11 * L);
      c4e = FloatVector.fromArray(S, s, 12 * L);
      c4f = FloatVector.fromArray(S, s, 13 * L);
      c4g = FloatVector.fromArray(S, s, 14 * L);
      c5e = FloatVector.fromArray(S, s, 15 * L);
      c5f = FloatVector.fromArray(S, s, 16 * L);
      c5g = FloatVector.fromArray(S, s, 17 * L);
      c6e = FloatVector.fromArray(S, s, 18 * L);
      c6f = FloatVector.fromArray(S, s, 19 * L);
      c6g = FloatVector.fromArray(S, s, 20 * L);
      c7e = FloatVector.fromArray(S, s, 21 * L);
      c7f = FloatVector.fromArray(S, s, 22 * L);
      c7g = FloatVector.fromArray(S, s, 23 * L);
    }
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int a4 = ao + r4 * lda;
    int a5 = ao + r5 * lda;
    int a6 = ao + r6 * lda;
    int a7 = ao + r7 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector x = FloatVector.fromArray(S, b, at);
      FloatVector y = FloatVector.fromArray(S, b, at + L);
      FloatVector z = FloatVector.fromArray(S, b, at + 2 * L);
      FloatVector v = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      c0e = v.fma(x, c0e);
      c0f = v.fma(y, c0f);
      c0g = v.fma(z, c0g);
      v = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      c1e = v.fma(x, c1e);
      c1f = v.fma(y, c1f);
      c1g = v.fma(z, c1g);
      v = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      c2e = v.fma(x, c2e);
      c2f = v.fma(y, c2f);
      c2g = v.fma(z, c2g);
      v = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      c3e = v.fma(x, c3e);
      c3f = v.fma(y, c3f);
      c3g = v.fma(z, c3g);
      v = V.cast(FloatVector.broadcast(S, a[a4 + p]));
      c4e = v.fma(x, c4e);
      c4f = v.fma(y, c4f);
      c4g = v.fma(z, c4g);
      v = V.cast(FloatVector.broadcast(S, a[a5 + p]));
      c5e = v.fma(x, c5e);
      c5f = v.fma(y, c5f);
      c5g = v.fma(z, c5g);
      v = V.cast(FloatVector.broadcast(S, a[a6 + p]));
      c6e = v.fma(x, c6e);
      c6f = v.fma(y, c6f);
      c6g = v.fma(z, c6g);
      v = V.cast(FloatVector.broadcast(S, a[a7 + p]));
      c7e = v.fma(x, c7e);
      c7f = v.fma(y, c7f);
      c7g = v.fma(z, c7g);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + 2 * L);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + 2 * L);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + 2 * L);
    V.cast(c4e).intoArray(c, co + r4 * ldc);
    V.cast(c4f).intoArray(c, co + r4 * ldc + L);
    V.cast(c4g).intoArray(c, co + r4 * ldc + 2 * L);
    V.cast(c5e).intoArray(c, co + r5 * ldc);
    V.cast(c5f).intoArray(c, co + r5 * ldc + L);
    V.cast(c5g).intoArray(c, co + r5 * ldc + 2 * L);
    V.cast(c6e).intoArray(c, co + r6 * ldc);
    V.cast(c6f).intoArray(c, co + r6 * ldc + L);
    V.cast(c6g).intoArray(c, co + r6 * ldc + 2 * L);
    V.cast(c7e).intoArray(c, co + r7 * ldc);
    V.cast(c7f).intoArray(c, co + r7 * ldc + L);
    V.cast(c7g).intoArray(c, co + r7 * ldc + 2 * L);
  }

  /** The same of four rows and four vectors. */
  static void tile4x4(
      int rows,
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
      float @Nullable [] s) {
    int r1 = Math.min(1, rows - 1);
    int r2 = Math.min(2, rows - 1);
    int r3 = Math.min(3, rows - 1);
    FloatVector c0e = V.cast(FloatVector.zero(S));
    FloatVector c0f = V.cast(FloatVector.zero(S));
    FloatVector c0g = V.cast(FloatVector.zero(S));
    FloatVector c0h = V.cast(FloatVector.zero(S));
    FloatVector c1e = V.cast(FloatVector.zero(S));
    FloatVector c1f = V.cast(FloatVector.zero(S));
    FloatVector c1g = V.cast(FloatVector.zero(S));
    FloatVector c1h = V.cast(FloatVector.zero(S));
    FloatVector c2e = V.cast(FloatVector.zero(S));
    FloatVector c2f = V.cast(FloatVector.zero(S));
    FloatVector c2g = V.cast(FloatVector.zero(S));
    FloatVector c2h = V.cast(FloatVector.zero(S));
    FloatVector c3e = V.cast(FloatVector.zero(S));
    FloatVector c3f = V.cast(FloatVector.zero(S));
    FloatVector c3g = V.cast(FloatVector.zero(S));
    FloatVector c3h = V.cast(FloatVector.zero(S));
    if (s != null) {
      c0e = FloatVector.fromArray(S, s, 0);
      c0f = FloatVector.fromArray(S, s, L);
      c0g = FloatVector.fromArray(S, s, 2 * L);
      c0h = FloatVector.fromArray(S, s, 3 * L);
      c1e = FloatVector.fromArray(S, s, 4 * L);
      c1f = FloatVector.fromArray(S, s, 5 * L);
      c1g = FloatVector.fromArray(S, s, 6 * L);
      c1h = FloatVector.fromArray(S, s, 7 * L);
      c2e = FloatVector.fromArray(S, s, 8 * L);
      c2f = FloatVector.fromArray(S, s, 9 * L);
      c2g = FloatVector.fromArray(S, s, 10 * L);
      c2h = FloatVector.fromArray(S, s, 11 * L);
      c3e = FloatVector.fromArray(S, s, 12 * L);
      c3f = FloatVector.fromArray(S, s, 13 * L);
      c3g = FloatVector.fromArray(S, s, 14 * L);
      c3h = FloatVector.fromArray(S, s, 15 * L);
    }
    int a0 = ao;
    int a1 = ao + r1 * lda;
    int a2 = ao + r2 * lda;
    int a3 = ao + r3 * lda;
    int at = bo;
    for (int p = 0; p < k; p++) {
      FloatVector v0 = V.cast(FloatVector.broadcast(S, a[a0 + p]));
      FloatVector v1 = V.cast(FloatVector.broadcast(S, a[a1 + p]));
      FloatVector v2 = V.cast(FloatVector.broadcast(S, a[a2 + p]));
      FloatVector v3 = V.cast(FloatVector.broadcast(S, a[a3 + p]));
      FloatVector x = FloatVector.fromArray(S, b, at);
      c0e = v0.fma(x, c0e);
      c1e = v1.fma(x, c1e);
      c2e = v2.fma(x, c2e);
      c3e = v3.fma(x, c3e);
      x = FloatVector.fromArray(S, b, at + L);
      c0f = v0.fma(x, c0f);
      c1f = v1.fma(x, c1f);
      c2f = v2.fma(x, c2f);
      c3f = v3.fma(x, c3f);
      x = FloatVector.fromArray(S, b, at + 2 * L);
      c0g = v0.fma(x, c0g);
      c1g = v1.fma(x, c1g);
      c2g = v2.fma(x, c2g);
      c3g = v3.fma(x, c3g);
      x = FloatVector.fromArray(S, b, at + 3 * L);
      c0h = v0.fma(x, c0h);
      c1h = v1.fma(x, c1h);
      c2h = v2.fma(x, c2h);
      c3h = v3.fma(x, c3h);
      at += ldb;
    }
    V.cast(c0e).intoArray(c, co);
    V.cast(c0f).intoArray(c, co + L);
    V.cast(c0g).intoArray(c, co + 2 * L);
    V.cast(c0h).intoArray(c, co + 3 * L);
    V.cast(c1e).intoArray(c, co + r1 * ldc);
    V.cast(c1f).intoArray(c, co + r1 * ldc + L);
    V.cast(c1g).intoArray(c, co + r1 * ldc + 2 * L);
    V.cast(c1h).intoArray(c, co + r1 * ldc + 3 * L);
    V.cast(c2e).intoArray(c, co + r2 * ldc);
    V.cast(c2f).intoArray(c, co + r2 * ldc + L);
    V.cast(c2g).intoArray(c, co + r2 * ldc + 2 * L);
    V.cast(c2h).intoArray(c, co + r2 * ldc + 3 * L);
    V.cast(c3e).intoArray(c, co + r3 * ldc);
    V.cast(c3f).intoArray(c, co + r3 * ldc + L);
    V.cast(c3g).intoArray(c, co + r3 * ldc + 2 * L);
    V.cast(c3h).intoArray(c, co + r3 * ldc + 3 * L);
  }
}
