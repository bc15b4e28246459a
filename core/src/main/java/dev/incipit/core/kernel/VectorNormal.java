package dev.incipit.core.kernel;

import static dev.incipit.core.kernel.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turn the words of some tiles into normal numbers, equal in every bit to {@link
 * ScalarRandom#normal}.
 *
 * <p>Read {@link ScalarFunctions#radius}, {@code angle}, {@code sin}, {@code cos} and {@code
 * ScalarRandom.standardNormal} for the reasons; the steps here are the same. They stand in one
 * method, without methods of ours, for the reason that {@link VectorThreefry} states, and with the
 * casts of {@link VectorTruncated}.
 */
final class VectorNormal {

  /** Pairs of words in the tiles that are encrypted at once. */
  private static final int PAIRS = VectorThreefry.TILES * Threefry.TILE / 2;

  private static final Class<? extends FloatVector> V = Lanes.VECTOR;
  private static final Class<? extends IntVector> VI = Lanes.INT_VECTOR;

  private VectorNormal() {}

  /** Turn the words of the tiles into numbers: even rows give the radii, odd ones the angles. */
  static void tiles(int[] words, float mean, float std, float[] out, int off) {
    VectorSpecies<Float> lanes = Lanes.FLOAT;
    // The pairs of words counted through: 16 in every two rows.
    for (int pair = 0; pair < PAIRS; pair += Lanes.COUNT) {
      int at = pair + (pair & -Threefry.ROW);
      IntVector word = VI.cast(IntVector.fromArray(Lanes.INT, words, at));
      VectorMask<Float> upper = word.compare(LT, 0).cast(lanes);
      FloatVector v =
          V.cast(word.and(MAGNITUDE).convert(I2F, 0))
              .fma(FloatVector.broadcast(lanes, 0x1p-32f), FloatVector.broadcast(lanes, 0x1p-33f));
      IntVector bits = VI.cast(v.reinterpretAsInts());
      IntVector exponent = bits.sub(ONE_HALF).lanewise(ASHR, MANTISSA_BITS);
      FloatVector f =
          V.cast(bits.sub(exponent.lanewise(LSHL, MANTISSA_BITS)).reinterpretAsFloats()).sub(1f);
      f = f.blend(v.neg(), upper);
      FloatVector e = V.cast(exponent.convert(I2F, 0)).blend(0f, upper);
      FloatVector p = f.fma(FloatVector.broadcast(lanes, N8), FloatVector.broadcast(lanes, N7));
      p = p.fma(f, FloatVector.broadcast(lanes, N6));
      p = p.fma(f, FloatVector.broadcast(lanes, N5));
      p = p.fma(f, FloatVector.broadcast(lanes, N4));
      p = p.fma(f, FloatVector.broadcast(lanes, N3));
      p = p.fma(f, FloatVector.broadcast(lanes, N2));
      FloatVector log = e.fma(FloatVector.broadcast(lanes, LN2_HIGH), V.cast(f.mul(f)).fma(p, f));
      FloatVector radius = V.cast(V.cast(V.cast(log).mul(-2f)).sqrt());

      IntVector turn = VI.cast(IntVector.fromArray(Lanes.INT, words, at + Threefry.ROW));
      FloatVector angle =
          V.cast(turn.lanewise(LSHL, 2).lanewise(ASHR, 2).convert(I2F, 0))
              .fma(
                  FloatVector.broadcast(lanes, ANGLE_STEP),
                  FloatVector.broadcast(lanes, 0.5f * ANGLE_STEP));
      FloatVector square = V.cast(V.cast(angle).mul(angle));
      FloatVector s =
          square.fma(FloatVector.broadcast(lanes, S7), FloatVector.broadcast(lanes, S5));
      s = V.cast(s).fma(square, FloatVector.broadcast(lanes, S3));
      FloatVector sin = V.cast(V.cast(square.mul(angle)).fma(s, angle));
      FloatVector c =
          square.fma(FloatVector.broadcast(lanes, C6), FloatVector.broadcast(lanes, C4));
      c = V.cast(c).fma(square, FloatVector.broadcast(lanes, C2));
      c = V.cast(square.fma(c, FloatVector.broadcast(lanes, 1f)));
      IntVector mirror = turn.and(SIGN_BIT);
      FloatVector cos =
          V.cast(VI.cast(c.reinterpretAsInts()).lanewise(XOR, mirror).reinterpretAsFloats());
      VectorMask<Float> exchange = turn.lanewise(LSHL, 1).compare(LT, 0).cast(lanes);

      FloatVector scale = FloatVector.broadcast(lanes, std);
      FloatVector shift = FloatVector.broadcast(lanes, mean);
      V.cast(V.cast(radius.mul(cos.blend(sin, exchange))).fma(scale, shift))
          .intoArray(out, off + at);
      V.cast(V.cast(radius.mul(sin.blend(cos, exchange))).fma(scale, shift))
          .intoArray(out, off + at + Threefry.ROW);
    }
  }
}
