package dev.incipit.nn.data;

import java.lang.reflect.Method;

/** Counts the bytes that the calling thread allocates. */
final class Allocation {

  private Allocation() {}

  static long bytesOf(Runnable work) {
    // By reflection, because the module under test does not read java.management.
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
