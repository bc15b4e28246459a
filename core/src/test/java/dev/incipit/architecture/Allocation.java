package dev.incipit.architecture;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Counts the bytes that threads allocate, for tests of law 5. */
public final class Allocation {

  private Allocation() {}

  /**
   * Run some work and count.
   *
   * @param work what to run
   * @return bytes that this thread and the workers allocated meanwhile
   */
  public static long bytesOf(Runnable work) {
    LongSupplier counter = counter();
    long before = counter.getAsLong();
    work.run();
    return counter.getAsLong() - before;
  }

  /** Return a count of the bytes that this thread and the present workers have allocated. */
  public static LongSupplier counter() {
    // Other threads of the process, such as those of the test engine, are none of the law's.
    long[] threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("incipit-worker-"))
            .mapToLong(Thread::threadId)
            .toArray();
    // By reflection, because the modules under test do not read java.management.
    try {
      Object bean =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      Method allocated =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long[].class);
      return () -> sum(allocated, bean, threads);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM does not count allocations", e);
    }
  }

  private static long sum(Method allocated, Object bean, long[] threads) {
    try {
      return Arrays.stream((long[]) allocated.invoke(bean, (Object) threads)).sum();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JVM does not count allocations", e);
    }
  }
}
