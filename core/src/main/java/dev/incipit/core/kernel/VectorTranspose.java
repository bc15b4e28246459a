package dev.incipit.core.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes square blocks in registers: a lane a row becomes a row a lane.
 *
 * <p>In each of log2(lanes) rounds pairs of rows exchange half of their lanes: those that are to
 * move are blended into one vector, which one permutation puts right for both rows. With one
 * permutation for each row a block of 16 x 16 took half as long again (Zen 4). A loop that moves
 * one number at a time takes four times as long, for each of its stores falls into another cache
 * line.
 */
final class VectorTranspose {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final Class<? extends FloatVector> V = Lanes.VECTOR;

  /** Rows and columns of a block. */
  private static final int SIZE = S.length();

  private static final VectorShuffle<Float> SWAP_8 = swap(8);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorMask<Float> ODD_8 = odd(8);
  private static final VectorMask<Float> ODD_4 = odd(4);
  private static final VectorMask<Float> ODD_2 = odd(2);
  private static final VectorMask<Float> ODD_1 = odd(1);

  private VectorTranspose() {}

  /** Lane i takes lane i + d or i - d, whichever it exchanges numbers with. */
  private static VectorShuffle<Float> swap(int d) {
    return VectorShuffle.fromOp(S, lane -> (lane ^ d) & (SIZE - 1));
  }

  /** The lanes whose number has bit d set. */
  private static VectorMask<Float> odd(int d) {
    boolean[] lanes = new boolean[SIZE];
    for (int i = 0; i < SIZE; i++) {
      lanes[i] = (i & d) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /**
   * Transpose a block: {@code y[j, i] = x[i, j]} for i below {@code rows} and all {@link #SIZE} of
   * j. Columns of y from {@code rows} to {@code SIZE} are overwritten with anything.
   *
   * @param rows rows of x that exist, 1 to {@link #SIZE}
   */
  static void block(float[] x, int xo, int ldx, int rows, float[] y, int yo, int ldy) {
    switch (SIZE) {
      case 16 -> block16(x, xo, ldx, rows - 1, y, yo, ldy);
      case 8 -> block8(x, xo, ldx, rows - 1, y, yo, ldy);
      default -> block4(x, xo, ldx, rows - 1, y, yo, ldy);
    }
  }

  private static void block16(float[] x, int xo, int ldx, int last, float[] y, int yo, int ldy) {
    FloatVector r0 = V.cast(FloatVector.fromArray(S, x, xo));
    FloatVector r1 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(1, last) * ldx));
    FloatVector r2 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(2, last) * ldx));
    FloatVector r3 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(3, last) * ldx));
    FloatVector r4 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(4, last) * ldx));
    FloatVector r5 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(5, last) * ldx));
    FloatVector r6 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(6, last) * ldx));
    FloatVector r7 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(7, last) * ldx));
    FloatVector r8 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(8, last) * ldx));
    FloatVector r9 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(9, last) * ldx));
    FloatVector r10 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(10, last) * ldx));
    FloatVector r11 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(11, last) * ldx));
    FloatVector r12 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(12, last) * ldx));
    FloatVector r13 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(13, last) * ldx));
    FloatVector r14 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(14, last) * ldx));
    FloatVector r15 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(15, last) * ldx));
    FloatVector t;
    // Exchange quadrants of 16 x 16.
    t = r8.blend(r0, ODD_8).rearrange(SWAP_8);
    r0 = r0.blend(t, ODD_8);
    r8 = t.blend(r8, ODD_8);
    t = r9.blend(r1, ODD_8).rearrange(SWAP_8);
    r1 = r1.blend(t, ODD_8);
    r9 = t.blend(r9, ODD_8);
    t = r10.blend(r2, ODD_8).rearrange(SWAP_8);
    r2 = r2.blend(t, ODD_8);
    r10 = t.blend(r10, ODD_8);
    t = r11.blend(r3, ODD_8).rearrange(SWAP_8);
    r3 = r3.blend(t, ODD_8);
    r11 = t.blend(r11, ODD_8);
    t = r12.blend(r4, ODD_8).rearrange(SWAP_8);
    r4 = r4.blend(t, ODD_8);
    r12 = t.blend(r12, ODD_8);
    t = r13.blend(r5, ODD_8).rearrange(SWAP_8);
    r5 = r5.blend(t, ODD_8);
    r13 = t.blend(r13, ODD_8);
    t = r14.blend(r6, ODD_8).rearrange(SWAP_8);
    r6 = r6.blend(t, ODD_8);
    r14 = t.blend(r14, ODD_8);
    t = r15.blend(r7, ODD_8).rearrange(SWAP_8);
    r7 = r7.blend(t, ODD_8);
    r15 = t.blend(r15, ODD_8);
    // Exchange quadrants of 8 x 8.
    t = r4.blend(r0, ODD_4).rearrange(SWAP_4);
    r0 = r0.blend(t, ODD_4);
    r4 = t.blend(r4, ODD_4);
    t = r5.blend(r1, ODD_4).rearrange(SWAP_4);
    r1 = r1.blend(t, ODD_4);
    r5 = t.blend(r5, ODD_4);
    t = r6.blend(r2, ODD_4).rearrange(SWAP_4);
    r2 = r2.blend(t, ODD_4);
    r6 = t.blend(r6, ODD_4);
    t = r7.blend(r3, ODD_4).rearrange(SWAP_4);
    r3 = r3.blend(t, ODD_4);
    r7 = t.blend(r7, ODD_4);
    t = r12.blend(r8, ODD_4).rearrange(SWAP_4);
    r8 = r8.blend(t, ODD_4);
    r12 = t.blend(r12, ODD_4);
    t = r13.blend(r9, ODD_4).rearrange(SWAP_4);
    r9 = r9.blend(t, ODD_4);
    r13 = t.blend(r13, ODD_4);
    t = r14.blend(r10, ODD_4).rearrange(SWAP_4);
    r10 = r10.blend(t, ODD_4);
    r14 = t.blend(r14, ODD_4);
    t = r15.blend(r11, ODD_4).rearrange(SWAP_4);
    r11 = r11.blend(t, ODD_4);
    r15 = t.blend(r15, ODD_4);
    // Exchange quadrants of 4 x 4.
    t = r2.blend(r0, ODD_2).rearrange(SWAP_2);
    r0 = r0.blend(t, ODD_2);
    r2 = t.blend(r2, ODD_2);
    t = r3.blend(r1, ODD_2).rearrange(SWAP_2);
    r1 = r1.blend(t, ODD_2);
    r3 = t.blend(r3, ODD_2);
    t = r6.blend(r4, ODD_2).rearrange(SWAP_2);
    r4 = r4.blend(t, ODD_2);
    r6 = t.blend(r6, ODD_2);
    t = r7.blend(r5, ODD_2).rearrange(SWAP_2);
    r5 = r5.blend(t, ODD_2);
    r7 = t.blend(r7, ODD_2);
    t = r10.blend(r8, ODD_2).rearrange(SWAP_2);
    r8 = r8.blend(t, ODD_2);
    r10 = t.blend(r10, ODD_2);
    t = r11.blend(r9, ODD_2).rearrange(SWAP_2);
    r9 = r9.blend(t, ODD_2);
    r11 = t.blend(r11, ODD_2);
    t = r14.blend(r12, ODD_2).rearrange(SWAP_2);
    r12 = r12.blend(t, ODD_2);
    r14 = t.blend(r14, ODD_2);
    t = r15.blend(r13, ODD_2).rearrange(SWAP_2);
    r13 = r13.blend(t, ODD_2);
    r15 = t.blend(r15, ODD_2);
    // Exchange quadrants of 2 x 2.
    t = r1.blend(r0, ODD_1).rearrange(SWAP_1);
    r0 = r0.blend(t, ODD_1);
    r1 = t.blend(r1, ODD_1);
    t = r3.blend(r2, ODD_1).rearrange(SWAP_1);
    r2 = r2.blend(t, ODD_1);
    r3 = t.blend(r3, ODD_1);
    t = r5.blend(r4, ODD_1).rearrange(SWAP_1);
    r4 = r4.blend(t, ODD_1);
    r5 = t.blend(r5, ODD_1);
    t = r7.blend(r6, ODD_1).rearrange(SWAP_1);
    r6 = r6.blend(t, ODD_1);
    r7 = t.blend(r7, ODD_1);
    t = r9.blend(r8, ODD_1).rearrange(SWAP_1);
    r8 = r8.blend(t, ODD_1);
    r9 = t.blend(r9, ODD_1);
    t = r11.blend(r10, ODD_1).rearrange(SWAP_1);
    r10 = r10.blend(t, ODD_1);
    r11 = t.blend(r11, ODD_1);
    t = r13.blend(r12, ODD_1).rearrange(SWAP_1);
    r12 = r12.blend(t, ODD_1);
    r13 = t.blend(r13, ODD_1);
    t = r15.blend(r14, ODD_1).rearrange(SWAP_1);
    r14 = r14.blend(t, ODD_1);
    r15 = t.blend(r15, ODD_1);
    V.cast(r0).intoArray(y, yo);
    V.cast(r1).intoArray(y, yo + ldy);
    V.cast(r2).intoArray(y, yo + 2 * ldy);
    V.cast(r3).intoArray(y, yo + 3 * ldy);
    V.cast(r4).intoArray(y, yo + 4 * ldy);
    V.cast(r5).intoArray(y, yo + 5 * ldy);
    V.cast(r6).intoArray(y, yo + 6 * ldy);
    V.cast(r7).intoArray(y, yo + 7 * ldy);
    V.cast(r8).intoArray(y, yo + 8 * ldy);
    V.cast(r9).intoArray(y, yo + 9 * ldy);
    V.cast(r10).intoArray(y, yo + 10 * ldy);
    V.cast(r11).intoArray(y, yo + 11 * ldy);
    V.cast(r12).intoArray(y, yo + 12 * ldy);
    V.cast(r13).intoArray(y, yo + 13 * ldy);
    V.cast(r14).intoArray(y, yo + 14 * ldy);
    V.cast(r15).intoArray(y, yo + 15 * ldy);
  }

  private static void block8(float[] x, int xo, int ldx, int last, float[] y, int yo, int ldy) {
    FloatVector r0 = V.cast(FloatVector.fromArray(S, x, xo));
    FloatVector r1 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(1, last) * ldx));
    FloatVector r2 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(2, last) * ldx));
    FloatVector r3 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(3, last) * ldx));
    FloatVector r4 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(4, last) * ldx));
    FloatVector r5 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(5, last) * ldx));
    FloatVector r6 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(6, last) * ldx));
    FloatVector r7 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(7, last) * ldx));
    FloatVector t;
    // Exchange quadrants of 8 x 8.
    t = r4.blend(r0, ODD_4).rearrange(SWAP_4);
    r0 = r0.blend(t, ODD_4);
    r4 = t.blend(r4, ODD_4);
    t = r5.blend(r1, ODD_4).rearrange(SWAP_4);
    r1 = r1.blend(t, ODD_4);
    r5 = t.blend(r5, ODD_4);
    t = r6.blend(r2, ODD_4).rearrange(SWAP_4);
    r2 = r2.blend(t, ODD_4);
    r6 = t.blend(r6, ODD_4);
    t = r7.blend(r3, ODD_4).rearrange(SWAP_4);
    r3 = r3.blend(t, ODD_4);
    r7 = t.blend(r7, ODD_4);
    // Exchange quadrants of 4 x 4.
    t = r2.blend(r0, ODD_2).rearrange(SWAP_2);
    r0 = r0.blend(t, ODD_2);
    r2 = t.blend(r2, ODD_2);
    t = r3.blend(r1, ODD_2).rearrange(SWAP_2);
    r1 = r1.blend(t, ODD_2);
    r3 = t.blend(r3, ODD_2);
    t = r6.blend(r4, ODD_2).rearrange(SWAP_2);
    r4 = r4.blend(t, ODD_2);
    r6 = t.blend(r6, ODD_2);
    t = r7.blend(r5, ODD_2).rearrange(SWAP_2);
    r5 = r5.blend(t, ODD_2);
    r7 = t.blend(r7, ODD_2);
    // Exchange quadrants of 2 x 2.
    t = r1.blend(r0, ODD_1).rearrange(SWAP_1);
    r0 = r0.blend(t, ODD_1);
    r1 = t.blend(r1, ODD_1);
    t = r3.blend(r2, ODD_1).rearrange(SWAP_1);
    r2 = r2.blend(t, ODD_1);
    r3 = t.blend(r3, ODD_1);
    t = r5.blend(r4, ODD_1).rearrange(SWAP_1);
    r4 = r4.blend(t, ODD_1);
    r5 = t.blend(r5, ODD_1);
    t = r7.blend(r6, ODD_1).rearrange(SWAP_1);
    r6 = r6.blend(t, ODD_1);
    r7 = t.blend(r7, ODD_1);
    V.cast(r0).intoArray(y, yo);
    V.cast(r1).intoArray(y, yo + ldy);
    V.cast(r2).intoArray(y, yo + 2 * ldy);
    V.cast(r3).intoArray(y, yo + 3 * ldy);
    V.cast(r4).intoArray(y, yo + 4 * ldy);
    V.cast(r5).intoArray(y, yo + 5 * ldy);
    V.cast(r6).intoArray(y, yo + 6 * ldy);
    V.cast(r7).intoArray(y, yo + 7 * ldy);
  }

  private static void block4(float[] x, int xo, int ldx, int last, float[] y, int yo, int ldy) {
    FloatVector r0 = V.cast(FloatVector.fromArray(S, x, xo));
    FloatVector r1 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(1, last) * ldx));
    FloatVector r2 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(2, last) * ldx));
    FloatVector r3 = V.cast(FloatVector.fromArray(S, x, xo + Math.min(3, last) * ldx));
    FloatVector t;
    // Exchange quadrants of 4 x 4.
    t = r2.blend(r0, ODD_2).rearrange(SWAP_2);
    r0 = r0.blend(t, ODD_2);
    r2 = t.blend(r2, ODD_2);
    t = r3.blend(r1, ODD_2).rearrange(SWAP_2);
    r1 = r1.blend(t, ODD_2);
    r3 = t.blend(r3, ODD_2);
    // Exchange quadrants of 2 x 2.
    t = r1.blend(r0, ODD_1).rearrange(SWAP_1);
    r0 = r0.blend(t, ODD_1);
    r1 = t.blend(r1, ODD_1);
    t = r3.blend(r2, ODD_1).rearrange(SWAP_1);
    r2 = r2.blend(t, ODD_1);
    r3 = t.blend(r3, ODD_1);
    V.cast(r0).intoArray(y, yo);
    V.cast(r1).intoArray(y, yo + ldy);
    V.cast(r2).intoArray(y, yo + 2 * ldy);
    V.cast(r3).intoArray(y, yo + 3 * ldy);
  }
}
