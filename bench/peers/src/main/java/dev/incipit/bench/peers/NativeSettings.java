package dev.incipit.bench.peers;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The environment in which native libraries start: threads, OpenBLAS's kernel, folders for their
 * files.
 *
 * <p>Native code reads the process's environment, which Java cannot change by itself; so the C
 * library's own functions are called, before the libraries are loaded.
 */
final class NativeSettings {

  /** Names OpenBLAS's kernel; empty or absent for its own choice. */
  private static final String CORE = "dev.incipit.peers.core";

  private NativeSettings() {}

  /**
   * Prepare the process for some number of threads.
   *
   * <p>A kernel of OpenBLAS that the shell chose is forgotten: it may be a slow one.
   */
  static void prepare(int threads) {
    for (String name :
        new String[] {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"}) {
      set(name, String.valueOf(threads));
    }
    set("OPENBLAS_CORETYPE", System.getProperty(CORE, ""));
    Path cache = cache();
    System.setProperty("DJL_CACHE_DIR", cache.resolve("djl").toString());
    System.setProperty("ENGINE_CACHE_DIR", cache.resolve("djl").toString());
    System.setProperty("org.bytedeco.javacpp.cachedir", cache.resolve("javacpp").toString());
    // Nothing is looked for on the network, and nobody is told.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ND4J_RESOURCES_DIR", cache.resolve("nd4j").toString());
  }

  private static Path cache() {
    Path cache =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("incipit-peers-" + System.getProperty("user.name"));
    try {
      return Files.createDirectories(cache);
    } catch (IOException e) {
      throw new IllegalStateException(
          "peers: native libraries must be unpacked, but the folder %s cannot be written (%s)"
              .formatted(cache, e.getMessage()),
          e);
    }
  }

  /** Set a variable of the process's environment, or remove it where the value is empty. */
  private static void set(String name, String value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(name);
      if (value.isEmpty()) {
        int ignored = (int) function("unsetenv", 1).invokeExact(key);
      } else {
        int ignored = (int) function("setenv", 2).invokeExact(key, arena.allocateFrom(value), 1);
      }
    } catch (Throwable e) {
      throw new IllegalStateException("peers: the environment must be settable: " + e, e);
    }
  }

  @SuppressWarnings("restricted") // the benchmark's own process, and it enables native access
  private static MethodHandle function(String name, int strings) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor descriptor =
        strings == 1
            ? FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)
            : FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }
}
