package dev.incipit.nn.io;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A stream over mapped bytes, so that a long header need not lie in memory as a whole. */
final class SegmentStream extends InputStream {

  private final MemorySegment bytes;
  private long at;

  SegmentStream(MemorySegment bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return at == bytes.byteSize() ? -1 : Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, at++));
  }

  @Override
  public int read(byte[] into, int from, int most) {
    long left = bytes.byteSize() - at;
    if (left == 0 && most > 0) {
      return -1;
    }
    int count = (int) Math.min(left, most);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, into, from, count);
    at += count;
    return count;
  }
}
