package dev.incipit.bench.suite;

/** Where in the memory hierarchy the operands of a loop lie, all of them together. */
public enum WorkingSet {
  /** 24 kB: half of a first-level cache of 48 kB, three quarters of one of 32 kB. */
  L1(24 << 10),
  /** 512 kB: half of a second-level cache of 1 MB. */
  L2(512 << 10),
  /** 8 MB: beyond the second level, within the third. */
  L3(8 << 20),
  /** 192 MB: beyond a third level of 32 MB. */
  MEMORY(192 << 20);

  private final int bytes;

  WorkingSet(int bytes) {
    this.bytes = bytes;
  }

  /** Return its name, for people. */
  public String title() {
    return this == MEMORY ? "memory" : name();
  }

  /**
   * Return how long each of some arrays is.
   *
   * <p>A multiple of 64, the lanes of a sum. It is 320 past a multiple of 1024, so that arrays
   * allocated one after another do not start at the same place of a page: a processor that compares
   * only the low 12 bits of addresses would see a load depend on a store.
   */
  public int length(int arrays) {
    return bytes / (Float.BYTES * arrays) / 1024 * 1024 + 320;
  }
}
