package dev.incipit.nn.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns stored numbers into floats. */
final class Decoder {

  /** Numbers converted at a time: small beside the cache, large beside a call. */
  private static final int BLOCK = 8192;

  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORTS =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Decoder() {}

  static float[] decode(StoredType type, MemorySegment bytes, int count, Refusal refusal) {
    float[] result = new float[count];
    switch (type) {
      case F32 -> MemorySegment.copy(bytes, FLOATS, 0, result, 0, count);
      case F16 -> halves(bytes, result, true);
      case BF16 -> halves(bytes, result, false);
      case F64 -> doubles(bytes, result, refusal);
      case BOOL,
          F4,
          F6_E2M3,
          F6_E3M2,
          U8,
          I8,
          F8_E5M2,
          F8_E4M3,
          F8_E8M0,
          F8_E4M3FNUZ,
          F8_E5M2FNUZ,
          I16,
          U16,
          I32,
          U32,
          C64,
          I64,
          U64 ->
          throw new AssertionError(type + " is not readable");
    }
    return result;
  }

  private static void halves(MemorySegment bytes, float[] result, boolean ieee) {
    short[] block = new short[Math.min(BLOCK, result.length)];
    for (int from = 0; from < result.length; from += BLOCK) {
      int count = Math.min(BLOCK, result.length - from);
      MemorySegment.copy(bytes, SHORTS, (long) from * Short.BYTES, block, 0, count);
      for (int i = 0; i < count; i++) {
        result[from + i] =
            ieee ? Float.float16ToFloat(block[i]) : Float.intBitsToFloat(block[i] << Short.SIZE);
      }
    }
  }

  private static void doubles(MemorySegment bytes, float[] result, Refusal refusal) {
    double[] block = new double[Math.min(BLOCK, result.length)];
    for (int from = 0; from < result.length; from += BLOCK) {
      int count = Math.min(BLOCK, result.length - from);
      MemorySegment.copy(bytes, DOUBLES, (long) from * Double.BYTES, block, 0, count);
      for (int i = 0; i < count; i++) {
        float number = (float) block[i];
        if (Float.isInfinite(number) && !Double.isInfinite(block[i])) {
          throw refusal.because(
              "an F64 must lie within the floats, up to 3.4028235E38",
              "%s at index %d".formatted(block[i], from + i),
              "correct or scale the tensor");
        }
        result[from + i] = number;
      }
    }
  }
}
