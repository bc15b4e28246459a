package dev.incipit.nn.io;

import dev.incipit.core.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a safetensors file beside its place, then moves it there. */
final class SafetensorsWriter {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Refusal refusal;

  SafetensorsWriter(Path file) {
    this.file = file;
    this.refusal = new Refusal("write " + file);
  }

  void write(SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    tensors.forEach(this::requireFinite);
    byte[] header = header(tensors, metadata);
    Path absolute = file.toAbsolutePath();
    if (Files.isDirectory(absolute)) {
      throw refusal.because("the place must be a file's", "a folder", "name a file in it");
    }
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Not a temporary file of the JDK's: those only their owner may read.
    String owner = ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    Path part = absolute.resolveSibling("." + absolute.getFileName() + "." + owner + ".part");
    // Deleted at the end of the process too: Ctrl-C may come before the move.
    part.toFile().deleteOnExit();
    try {
      writeTo(part, header, tensors);
      Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void requireFinite(String name, Tensor tensor) {
    requireText("a name", name);
    if (name.equals(Header.METADATA)) {
      throw refusal.because("a tensor must not be named as the free texts are", name, "rename it");
    }
    Finite.require(refusal, name, tensor);
  }

  private void requireText(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw refusal.because(
          what + " must be text without half characters", Refusal.quote(text), "correct it");
    }
  }

  /** Return the header, its blanks such that the numbers begin at a multiple of 8. */
  private byte[] header(SequencedMap<String, Tensor> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        writeMetadata(json, metadata);
      }
      long end = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        long begin = end;
        end += (long) Float.BYTES * entry.getValue().size();
        writeEntry(json, entry.getKey(), entry.getValue(), begin, end);
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > Header.MOST_BYTES) {
      throw refusal.because(
          "the header must have at most " + Header.MOST_BYTES + " bytes",
          Integer.toString(bytes.size()),
          "shorten the metadata, or write several files");
    }
    return bytes.toByteArray();
  }

  private void writeMetadata(JsonGenerator json, Map<String, String> metadata) {
    json.writeName(Header.METADATA);
    json.writeStartObject();
    new TreeMap<>(metadata)
        .forEach(
            (name, text) -> {
              requireText("a name of the metadata", name);
              requireText("the metadata of " + name, text);
              json.writeStringProperty(name, text);
            });
    json.writeEndObject();
  }

  private static void writeEntry(
      JsonGenerator json, String name, Tensor tensor, long begin, long end) {
    json.writeName(name);
    json.writeStartObject();
    json.writeStringProperty("dtype", StoredType.F32.name());
    json.writeName("shape");
    json.writeArray(tensor.shape().extents(), 0, tensor.rank());
    json.writeName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
  }

  private static void writeTo(Path part, byte[] header, SequencedMap<String, Tensor> tensors)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
      writeAll(channel, buffer.putLong(header.length).flip());
      writeAll(channel, ByteBuffer.wrap(header));
      for (Tensor tensor : tensors.values()) {
        writeNumbers(channel, buffer, tensor);
      }
      // The move must not reach the disk before the numbers do.
      channel.force(true);
    }
  }

  private static void writeNumbers(FileChannel channel, ByteBuffer buffer, Tensor tensor)
      throws IOException {
    int most = BUFFER / Float.BYTES;
    for (int from = 0; from < tensor.size(); from += most) {
      int count = Math.min(most, tensor.size() - from);
      buffer.clear();
      buffer.asFloatBuffer().put(tensor.array(), tensor.offset() + from, count);
      writeAll(channel, buffer.limit(count * Float.BYTES));
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
