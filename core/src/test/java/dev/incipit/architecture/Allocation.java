package dev.incipit.architecture;

import java.lang.reflect.Method;

/** Counts the bytes that the calling thread allocates, for tests of law 5. */
public final class Allocation {

  private Allocation() {}

  /**
   * Run some work and count.
   *
   * @param work what to run
   * @return bytes that this thread allocated meanwhile
   */
  public static long bytesOf(Runnable work) {
    // By reflection, because the modules under test do not read java.management.
    try {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Method allocated =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
      long before = (long) allocated.invoke(bean);
      work.run();
      return (long) allocated.invoke(bean) - before;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM does not count allocations", e);
    }
  }
}
