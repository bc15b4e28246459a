package dev.incipit.nn.io;

import java.util.List;

/**
 * What the header of a safetensors file says of one tensor.
 *
 * @param name its name
 * @param type how its numbers are stored
 * @param shape its extents, outermost first
 * @param begin where its bytes begin, from the end of the header
 * @param end where they end
 */
public record TensorEntry(String name, StoredType type, List<Long> shape, long begin, long end) {

  /** Keep an unmodifiable copy of the shape. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Return type and shape, as in {@code F32 [784, 256]}. */
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
