package dev.incipit.lab.command;

import dev.incipit.core.tensor.Shape;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a shape such as 512x256, 3x3x64x128 or 256. */
final class ShapeConverter implements ITypeConverter<Shape> {

  /** Up to ten digits each, so that they fit a long, and up to eight axes. */
  private static final Pattern FORM = Pattern.compile("\\d{1,10}(x\\d{1,10}){0,7}");

  @Override
  public Shape convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw refused(text);
    }
    String[] parts = text.split("x", -1);
    int[] extents = new int[parts.length];
    for (int axis = 0; axis < parts.length; axis++) {
      long extent = Long.parseLong(parts[axis]);
      if (extent < 1 || extent > Integer.MAX_VALUE) {
        throw refused(text);
      }
      extents[axis] = (int) extent;
    }
    try {
      return Shape.of(extents);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "shape: up to eight whole numbers from 1 to 2147483639, joined by x, but got \""
            + text
            + "\"; write 512x256, or 256 for a bias");
  }
}
