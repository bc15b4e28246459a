package dev.incipit.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there whole or not at all. */
public final class WholeFile {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Write the content.
     *
     * @param file an empty file to write to
     */
    void writeTo(Path file) throws IOException;
  }

  private WholeFile() {}

  /**
   * Write a file beside its place, then move it there.
   *
   * @param place where it goes; folders are created, a file that is there is replaced
   * @param content what goes into it
   * @throws IOException if it cannot be written; what was there before then still is
   */
  public static void write(Path place, Content content) throws IOException {
    Path absolute = place.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Not a temporary file of the JDK's: those only their owner may read.
    Path part =
        absolute.resolveSibling(
            "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    // Deleted at the end of the process too: Ctrl-C may come before the move.
    part.toFile().deleteOnExit();
    try {
      content.writeTo(part);
      Files.move(
          part,
          place,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
