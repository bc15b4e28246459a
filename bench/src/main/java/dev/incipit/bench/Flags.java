package dev.incipit.bench;

/**
 * The flags of the JVM in which everything is measured, the launcher's among them.
 *
 * <p>The parallel collector leaves off the strip mining of counted loops, which G1 turns on. From
 * the same source C2 then moves addresses to vector registers and back in the inner loops of
 * products, which take 5 % longer. So the last two turn it on.
 */
public final class Flags {

  /** The Vector API. */
  public static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** The collector with the cheapest barriers. */
  public static final String COLLECTOR = "-XX:+UseParallelGC";

  /** A heap that need not grow. */
  public static final String HEAP = "-Xms1g";

  /** Safepoints in counted loops, which strip mining builds on. */
  public static final String SAFEPOINTS = "-XX:+UseCountedLoopSafepoints";

  /** Rounds of a loop between two safepoints, as G1 has them. */
  public static final String STRIPS = "-XX:LoopStripMiningIter=1000";

  private Flags() {}

  static String all() {
    return String.join(" ", MODULE, COLLECTOR, HEAP, SAFEPOINTS, STRIPS);
  }
}
