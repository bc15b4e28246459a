package dev.incipit.nn.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * The header of a safetensors file.
 *
 * @param end where it ends, from the beginning of the file
 * @param entries what it says of each tensor, by name, in the order of their bytes
 * @param metadata free texts by name
 */
record Header(
    long end, SequencedMap<String, TensorEntry> entries, SortedMap<String, String> metadata) {

  /** The longest header, after the format's reference. */
  static final int MOST_BYTES = 100_000_000;

  /** The name under which the free texts stand. */
  static final String METADATA = "__metadata__";

  /** Bytes before the header: its length. */
  private static final int PREFIX = Long.BYTES;

  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Bytes of memory that a byte of header may take when it lists many small tensors. */
  private static final int COST = 8;

  /**
   * Read and check a file's header, and that it and the tensors it lists fill the file.
   *
   * @param all the file's bytes
   */
  static Header read(MemorySegment all, Refusal refusal) {
    long length = length(all, refusal);
    MemorySegment json = all.asSlice(PREFIX, length);
    if (length == 0 || json.get(ValueLayout.JAVA_BYTE, 0) != '{') {
      throw refusal.damaged(
          "the header must begin with {",
          length == 0
              ? "an empty header"
              : "byte %02x".formatted(json.get(ValueLayout.JAVA_BYTE, 0)));
    }
    HeaderReader reader = new HeaderReader(refusal);
    List<TensorEntry> entries = reader.read(new SegmentStream(json));
    entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparing(TensorEntry::end));
    requireTiling(entries, all.byteSize() - PREFIX - length, refusal);
    SequencedMap<String, TensorEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    return new Header(
        PREFIX + length,
        Collections.unmodifiableSequencedMap(byName),
        Collections.unmodifiableSortedMap(reader.metadata()));
  }

  private static long length(MemorySegment all, Refusal refusal) {
    if (all.byteSize() < PREFIX) {
      throw refusal.damaged("a file begins with 8 bytes of length", all.byteSize() + " bytes");
    }
    long length = all.get(LENGTH, 0);
    if (Long.compareUnsigned(length, MOST_BYTES) > 0) {
      throw refusal.damaged(
          "the header has at most " + MOST_BYTES + " bytes", Long.toUnsignedString(length));
    }
    if (length > all.byteSize() - PREFIX) {
      throw refusal.damaged(
          "the header must end inside the file of " + all.byteSize() + " bytes",
          length + " bytes of header");
    }
    if (length > Runtime.getRuntime().maxMemory() / COST) {
      throw refusal.because(
          "the header must fit the memory of this JVM", length + " bytes", "raise -Xmx");
    }
    return length;
  }

  /** Check that tensors lie one after another, of the size of their shapes, up to the end. */
  private static void requireTiling(List<TensorEntry> entries, long bytes, Refusal refusal) {
    long end = 0;
    for (TensorEntry entry : entries) {
      String name = Refusal.quote(entry.name());
      if (entry.begin() != end || entry.end() < entry.begin()) {
        throw refusal.damaged(
            "tensors must follow each other without gap or overlap, " + name + " from byte " + end,
            "bytes " + entry.begin() + " to " + entry.end());
      }
      long size = size(entry, refusal);
      if (entry.end() - entry.begin() != size) {
        throw refusal.damaged(
            "%s, %s, needs %d bytes".formatted(name, entry, size),
            Long.toString(entry.end() - entry.begin()));
      }
      end = entry.end();
    }
    if (end != bytes) {
      throw refusal.damaged(
          "the tensors must fill the file to its end, %d bytes".formatted(end),
          bytes + " bytes after the header");
    }
  }

  private static long size(TensorEntry entry, Refusal refusal) {
    try {
      long bits = entry.type().bits();
      for (long extent : entry.shape()) {
        bits = Math.multiplyExact(bits, extent);
      }
      if (bits % Byte.SIZE != 0) {
        throw refusal.damaged(
            "a tensor must fill whole bytes",
            "%s, %s, of %d bits".formatted(Refusal.quote(entry.name()), entry, bits));
      }
      return bits / Byte.SIZE;
    } catch (ArithmeticException e) {
      throw refusal.damaged("a tensor must fit a file", Refusal.quote(entry.name()) + ", " + entry);
    }
  }
}
