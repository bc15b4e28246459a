package dev.incipit.nn.io;

import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * The header of a safetensors file.
 *
 * @param entries what it says of each tensor, by name, in the order of their bytes
 * @param metadata free texts by name
 */
record Header(SequencedMap<String, TensorEntry> entries, SortedMap<String, String> metadata) {

  /** Bytes before the header: its length. */
  static final int PREFIX = Long.BYTES;

  /** The longest header, after the format's reference. */
  static final int MOST_BYTES = 100_000_000;

  /** The name under which the free texts stand. */
  static final String METADATA = "__metadata__";
}
