package dev.incipit.lab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTests {

  private final Path folder;

  WholeFileTests(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void createsFoldersAndReplacesAFile() throws IOException {
    Path inner = folder.resolve("a/b");
    Path file = inner.resolve("result.txt");
    WholeFile.write(file, part -> Files.writeString(part, "first"));
    WholeFile.write(file, part -> Files.writeString(part, "second"));
    assertEquals("second", Files.readString(file));
    assertEquals(List.of("result.txt"), names(inner));
  }

  @Test
  void keepsTheOldFileWhenTheNewOneFailsHalfWay() throws IOException {
    Path file = folder.resolve("result.txt");
    Files.writeString(file, "old");
    assertThrows(
        IOException.class,
        () ->
            WholeFile.write(
                file,
                part -> {
                  Files.writeString(part, "half");
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("result.txt"), names(folder));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
