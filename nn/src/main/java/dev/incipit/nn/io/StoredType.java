package dev.incipit.nn.io;

import java.util.Arrays;
import java.util.Optional;

/**
 * How numbers are stored in a safetensors file: every type that the format's reference knows.
 *
 * <p>F64, F32, F16 and BF16 can be read as floats; the others are listed, but not read.
 */
public enum StoredType {
  /** A truth value in a byte. */
  BOOL(8),
  /** Floating point, 2 bits of exponent, 1 of mantissa. */
  F4(4),
  /** Floating point, 2 bits of exponent, 3 of mantissa. */
  F6_E2M3(6),
  /** Floating point, 3 bits of exponent, 2 of mantissa. */
  F6_E3M2(6),
  /** Unsigned byte. */
  U8(8),
  /** Signed byte. */
  I8(8),
  /** Floating point, 5 bits of exponent, 2 of mantissa. */
  F8_E5M2(8),
  /** Floating point, 4 bits of exponent, 3 of mantissa. */
  F8_E4M3(8),
  /** A power of two, 8 bits of exponent. */
  F8_E8M0(8),
  /** Like F8_E4M3, without infinities and negative zero. */
  F8_E4M3FNUZ(8),
  /** Like F8_E5M2, without infinities and negative zero. */
  F8_E5M2FNUZ(8),
  /** Signed integer of 16 bits. */
  I16(16),
  /** Unsigned integer of 16 bits. */
  U16(16),
  /** IEEE 754 half precision. */
  F16(16),
  /** The upper half of a float. */
  BF16(16),
  /** Signed integer of 32 bits. */
  I32(32),
  /** Unsigned integer of 32 bits. */
  U32(32),
  /** IEEE 754 single precision, Java's float. */
  F32(32),
  /** A complex number of two floats. */
  C64(64),
  /** IEEE 754 double precision. */
  F64(64),
  /** Signed integer of 64 bits. */
  I64(64),
  /** Unsigned integer of 64 bits. */
  U64(64);

  private final int bits;

  StoredType(int bits) {
    this.bits = bits;
  }

  /** Return the bits that one number takes. */
  public int bits() {
    return bits;
  }

  /** Return whether such numbers can be read as floats. */
  public boolean isReadable() {
    return switch (this) {
      case F64, F32, F16, BF16 -> true;
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
          false;
    };
  }

  static Optional<StoredType> ofName(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
