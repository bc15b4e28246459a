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
   * Make sure that files can be written into a folder, creating it where it is missing.
   *
   * @param folder the folder
   * @throws IOException if it is no folder, cannot be created, or cannot be written to
   */
  public static void prepareFolder(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          "output: the place must be a folder, but " + folder + " is a file; choose another");
    }
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "output: the folder must be writable, but " + folder + " is not; choose another");
    }
  }

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
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
