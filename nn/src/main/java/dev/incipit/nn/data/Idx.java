package dev.incipit.nn.data;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The contents of an IDX file, the format of the MNIST family.
 *
 * <p>A file is two zero bytes, one for the element type, one for the rank, the extents as 32-bit
 * integers, then the elements, all big-endian. It may be compressed by gzip, which is told from its
 * contents, whatever its name. The numbers stay in the file's own type until one of the {@code to}
 * methods is called.
 *
 * @see <a href="https://yann.lecun.com/exdb/mnist/">LeCun, Cortes, Burges: MNIST</a>
 */
public final class Idx {

  private final String name;
  private final IdxType type;
  private final Shape shape;
  private final List<byte[]> chunks;

  Idx(String name, IdxType type, Shape shape, List<byte[]> chunks) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.chunks = chunks;
  }

  /**
   * Read a file.
   *
   * <p>Memory is taken for bytes that are really there, never on the word of the header.
   *
   * @param file an IDX file, plain or compressed by gzip
   * @return its contents
   * @throws DataException if there is no such file, its header is not one of the format or claims
   *     another size than the file has, or its compression is damaged
   * @throws IOException if reading fails
   */
  public static Idx read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      long length = Files.isRegularFile(file) ? Files.size(file) : IdxReader.UNKNOWN_LENGTH;
      return new IdxReader(file.toString(), Runtime.getRuntime().maxMemory()).read(in, length);
    } catch (NoSuchFileException e) {
      throw new DataException("read: the file must exist, but got " + file + "; check the path", e);
    }
  }

  /**
   * Read a stream to its end.
   *
   * @param name what messages call the stream
   * @param in an IDX file, plain or compressed by gzip; left open
   * @return its contents
   * @throws DataException if the header is not one of the format or claims another size than the
   *     stream has, or its compression is damaged
   * @throws IOException if reading fails
   */
  public static Idx read(String name, InputStream in) throws IOException {
    return new IdxReader(name, Runtime.getRuntime().maxMemory()).read(in, IdxReader.UNKNOWN_LENGTH);
  }

  /** Return what the file or stream is called. */
  public String name() {
    return name;
  }

  /** Return the element type. */
  public IdxType type() {
    return type;
  }

  /** Return the extents, outermost first. */
  public Shape shape() {
    return shape;
  }

  /** Return the numbers as they are, rounded to float where the file's type is wider. */
  public Tensor toTensor() {
    float[] numbers = new float[shape.size()];
    int at = 0;
    for (byte[] chunk : chunks) {
      type.decode(ByteBuffer.wrap(chunk), numbers, at);
      at += chunk.length / type.bytes();
    }
    return Tensor.wrap(shape, numbers, 0);
  }

  /**
   * Return the numbers, unsigned bytes divided by 255 to lie in [0, 1], other types as they are.
   */
  public Tensor toUnitTensor() {
    Tensor result = toTensor();
    if (type == IdxType.UNSIGNED_BYTE) {
      float[] numbers = result.array();
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] /= 255f;
      }
    }
    return result;
  }

  /**
   * Return the numbers as integers, in row-major order.
   *
   * @throws DataException if one is not an integer of 32 bits
   */
  public int[] toIntegers() {
    double[] numbers = new double[shape.size()];
    int at = 0;
    for (byte[] chunk : chunks) {
      type.decode(ByteBuffer.wrap(chunk), numbers, at);
      at += chunk.length / type.bytes();
    }
    int[] result = new int[numbers.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) numbers[i];
      if (!(result[i] == numbers[i])) {
        throw new DataException(
            "read %s: numbers must be integers of 32 bits, but got %s at index %d; use toTensor()"
                .formatted(name, numbers[i], i));
      }
    }
    return result;
  }
}
