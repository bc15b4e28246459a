package dev.incipit.nn.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types of the IDX format. */
public enum IdxType {
  /** 8 bits, 0 to 255: images and labels of the MNIST family. */
  UNSIGNED_BYTE(0x08, Byte.BYTES),
  /** 8 bits, two's complement. */
  SIGNED_BYTE(0x09, Byte.BYTES),
  /** 16 bits, two's complement. */
  SHORT(0x0b, Short.BYTES),
  /** 32 bits, two's complement. */
  INT(0x0c, Integer.BYTES),
  /** IEEE 754 binary32. */
  FLOAT(0x0d, Float.BYTES),
  /** IEEE 754 binary64. */
  DOUBLE(0x0e, Double.BYTES);

  private final int code;
  private final int bytes;

  IdxType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Return the third byte of a file with this type. */
  public int code() {
    return code;
  }

  /** Return the size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  static Optional<IdxType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** Read as many numbers as the buffer holds, each exact as a double. */
  void decode(ByteBuffer from, double[] to, int at) {
    int end = at + from.remaining() / bytes;
    for (int i = at; i < end; i++) {
      to[i] =
          switch (this) {
            case UNSIGNED_BYTE -> Byte.toUnsignedInt(from.get());
            case SIGNED_BYTE -> from.get();
            case SHORT -> from.getShort();
            case INT -> from.getInt();
            case FLOAT -> from.getFloat();
            case DOUBLE -> from.getDouble();
          };
    }
  }

  /** Read as many numbers as the buffer holds, rounded to float where they do not fit one. */
  void decode(ByteBuffer from, float[] to, int at) {
    int end = at + from.remaining() / bytes;
    for (int i = at; i < end; i++) {
      to[i] =
          switch (this) {
            case UNSIGNED_BYTE -> Byte.toUnsignedInt(from.get());
            case SIGNED_BYTE -> from.get();
            case SHORT -> from.getShort();
            case INT -> (float) from.getInt();
            case FLOAT -> from.getFloat();
            case DOUBLE -> (float) from.getDouble();
          };
    }
  }
}
