package dev.incipit.nn.io;

import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;

/**
 * A safetensors file, open for reading: named tensors that are read one at a time.
 *
 * <pre>{@code
 * try (Safetensors file = Safetensors.open(Path.of("model.safetensors"))) {
 *   file.entries().values().forEach(entry -> IO.println(entry.name() + " " + entry));
 *   Tensor w = file.tensor("dense1.weight");
 * }
 * }</pre>
 *
 * <p>The format is 8 bytes for the header's length, little-endian; the header, a JSON object with
 * type, shape and place of each tensor; then the numbers, row-major and little-endian, without gap
 * or overlap to the end of the file. All of that is checked before anything is read. The file is
 * mapped, not read into memory, and may be larger than 2 GB; {@link #close} ends the mapping. It
 * must not change while it is open.
 *
 * <p>To load a model see {@link Checkpoint}. Not safe for closing while another thread reads.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class Safetensors implements AutoCloseable {

  private final Path path;
  private final Arena arena;
  private final MemorySegment numbers;
  private final Header header;

  private Safetensors(Path path, Arena arena, MemorySegment numbers, Header header) {
    this.path = path;
    this.arena = arena;
    this.numbers = numbers;
    this.header = header;
  }

  /**
   * Open a file and check its header.
   *
   * @param file a safetensors file
   * @return the file, to be closed
   * @throws DataException if there is no such file, or it breaks the format
   * @throws IOException if reading fails
   */
  public static Safetensors open(Path file) throws IOException {
    Refusal refusal = new Refusal("open " + file);
    if (!Files.isRegularFile(file)) {
      String got = Files.exists(file) ? "something else" : "nothing there";
      throw refusal.because("a regular file is needed", got, "check the path");
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      Header header = Header.read(all, refusal);
      return new Safetensors(file, arena, all.asSlice(header.end()), header);
    } catch (Throwable t) {
      arena.close();
      throw t;
    }
  }

  /** Return where the file is. */
  public Path path() {
    return path;
  }

  /** Return what the header says of each tensor, by name, in the order of the file's bytes. */
  public SequencedMap<String, TensorEntry> entries() {
    return header.entries();
  }

  /** Return the free texts that the header carries, by name. */
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Read a tensor.
   *
   * <p>F16 and BF16 become the floats of their value, F64 are rounded to the nearest float. NaN and
   * infinities are returned as the file has them.
   *
   * @param name its name
   * @return its numbers
   * @throws DataException if there is no tensor of that name, its type cannot be read as floats, it
   *     does not fit one tensor or the memory, a finite F64 is beyond the floats, or the file was
   *     cut while it was open
   * @throws IllegalStateException if the file is closed
   */
  public Tensor tensor(String name) {
    Refusal refusal = new Refusal("read " + Refusal.quote(name) + " of " + path);
    TensorEntry entry = header.entries().get(name);
    if (entry == null) {
      throw refusal.because(
          "the file must have a tensor of that name",
          header.entries().size() + " others",
          "choose from "
              + header.entries().keySet().stream().limit(20).map(Refusal::quote).toList());
    }
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(
          "read: the file must be open, but " + path + " is closed; read before close()");
    }
    requireReadable(entry, refusal);
    MemorySegment bytes = numbers.asSlice(entry.begin(), entry.end() - entry.begin());
    int[] extents = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
    Shape shape = Shape.of(extents);
    try {
      return Tensor.wrap(shape, Decoder.decode(entry.type(), bytes, shape.size(), refusal), 0);
    } catch (InternalError e) {
      // So the JVM reports mapped bytes that are gone, because the file was cut.
      throw refusal.because(
          "the file must not change while it is open",
          "a fault (" + e.getMessage() + ")",
          "open it again");
    }
  }

  private static void requireReadable(TensorEntry entry, Refusal refusal) {
    if (!entry.type().isReadable()) {
      throw refusal.because(
          "only F64, F32, F16 and BF16 can be read as floats",
          entry.toString(),
          "convert the tensor where the file is made");
    }
    long count = (entry.end() - entry.begin()) / (entry.type().bits() / Byte.SIZE);
    boolean fits = entry.shape().stream().allMatch(extent -> extent <= Integer.MAX_VALUE);
    if (!fits || count > Integer.MAX_VALUE - 8) {
      throw refusal.because(
          "at most 2147483639 numbers fit one tensor", entry.toString(), "split it into several");
    }
    long memory = Runtime.getRuntime().maxMemory();
    if (count * Float.BYTES > memory) {
      throw refusal.because(
          "the numbers must fit the %d MB of this JVM".formatted(memory >> 20),
          entry.toString(),
          "raise -Xmx");
    }
  }

  /** End the mapping. Tensors that were read stay. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /**
   * Write tensors to a file, as F32, in the order of the map.
   *
   * <p>The same tensors give the same bytes. The file is there whole or not at all: what was there
   * before stays until the new one is complete.
   *
   * @param file where they go; folders are created
   * @param tensors the tensors by name
   * @param metadata free texts, written in the order of their names
   * @throws DataException if a number is not finite, or a name is one the format cannot hold
   * @throws IOException if writing fails
   */
  public static void write(
      Path file, SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    new SafetensorsWriter(file).write(tensors, metadata);
  }
}
