package dev.incipit.bench.scoreboard;

import java.util.Locale;

/** Another library that does the same work. */
public enum Peer {
  /** PyTorch's own operations, called one by one through DJL's arrays. */
  PYTORCH("PyTorch", true),
  /** PyTorch through DJL's blocks, loss, optimizer and gradient collector. */
  DJL("DJL", true),
  /** OpenBLAS, with its best kernel for the machine. */
  OPENBLAS("OpenBLAS", true),
  /** ND4J's arrays, on their own native library and OpenBLAS. */
  ND4J("ND4J", true),
  /** Deeplearning4j's networks on ND4J. */
  DL4J("DL4J", true),
  /** The VectorBLAS of dev.ludovic.netlib: Java, on the Vector API. */
  VECTOR_BLAS("VectorBLAS", false),
  /** The JDK's own vector math library, through {@code lanewise}. */
  JDK("JDK", false);

  private final String title;
  private final boolean isNative;

  Peer(String title, boolean isNative) {
    this.title = title;
    this.isNative = isNative;
  }

  /** Return its name for people. */
  public String title() {
    return title;
  }

  /**
   * Require that its native library is there for this machine.
   *
   * @throws IllegalStateException if not
   */
  public void requirePlatform() {
    String here = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (isNative && !here.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      throw new IllegalStateException(
          "the profile peers has its native library for Linux on x86-64 only, and this is " + here);
    }
  }
}
