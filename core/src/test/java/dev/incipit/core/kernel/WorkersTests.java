package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Teams of threads: nothing is lost, doubled, or left waiting. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WorkersTests {

  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everyShareRunsOnceAndOnItsOwnThread(int threads) {
    Workers.setThreads(threads);
    assertEquals(threads, Workers.threads());
    for (int run = 0; run < 200; run++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(threads);
      Thread[] owners = new Thread[threads];
      Thread caller = Thread.currentThread();
      Workers.run(
          share -> {
            assertEquals(threads, share.parts());
            int part = share.from(threads, 1);
            assertEquals(part + 1, share.to(threads, 1));
            assertEquals(part == 0, share.isFirst());
            runs.incrementAndGet(part);
            owners[part] = Thread.currentThread();
          });
      for (int i = 0; i < threads; i++) {
        assertEquals(1, runs.get(i));
      }
      assertSame(caller, owners[0]);
      assertEquals(threads, Arrays.stream(owners).distinct().count());
    }
  }

  @Test
  void sharesPartitionARange() {
    for (int parts : new int[] {1, 2, 3, 4, 7, 64}) {
      for (int unit : new int[] {1, 12, 32, 4096, Integer.MAX_VALUE}) {
        for (int n : new int[] {0, 1, 2, 11, 12, 13, 100, 4097, 1 << 20, Integer.MAX_VALUE}) {
          int next = 0;
          int least = Integer.MAX_VALUE;
          int most = 0;
          for (int part = 0; part < parts; part++) {
            Share share = new Share(part, parts, null);
            int from = share.from(n, unit);
            int to = share.to(n, unit);
            assertEquals(next, from);
            assertTrue(from <= to);
            assertTrue(from % unit == 0 || from == n, "shares start at multiples of the unit");
            least = Math.min(least, (to - from) / unit);
            most = Math.max(most, (int) Math.ceilDiv((long) to - from, unit));
            next = to;
          }
          assertEquals(n, next);
          assertTrue(most - least <= 2, "shares differ by little");
        }
      }
    }
  }

  @Test
  void theWholeShareIsEverything() {
    assertEquals(0, Share.WHOLE.from(10, 3));
    assertEquals(10, Share.WHOLE.to(10, 3));
    assertEquals(1, Share.WHOLE.parts());
    assertTrue(Share.WHOLE.isFirst());
    Share.WHOLE.await();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aBarrierMakesWritesVisible(int threads) {
    Workers.setThreads(threads);
    int meetings = 500;
    int[] written = new int[threads];
    AtomicInteger wrong = new AtomicInteger();
    Workers.run(
        share -> {
          int part = share.from(threads, 1);
          for (int meeting = 1; meeting <= meetings; meeting++) {
            written[part] = meeting;
            share.await();
            for (int other : written) {
              if (other != meeting) {
                wrong.incrementAndGet();
              }
            }
            share.await();
          }
        });
    assertEquals(0, wrong.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aFailureInOneShareReachesTheCallerAndTheTeamGoesOn(int failing) {
    Workers.setThreads(3);
    for (int run = 0; run < 50; run++) {
      IllegalArgumentException cause = new IllegalArgumentException("share " + failing);
      // The others wait for one that never comes.
      IllegalArgumentException thrown =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  Workers.run(
                      share -> {
                        if (share.from(3, 1) == failing) {
                          throw cause;
                        }
                        share.await();
                      }));
      assertSame(cause, thrown);
      AtomicInteger sum = new AtomicInteger();
      Workers.run(
          share -> {
            sum.addAndGet(1 + share.from(3, 1));
            share.await();
            assertEquals(6, sum.get());
          });
    }
  }

  @Test
  void anErrorIsThrownAsItIs() {
    Workers.setThreads(2);
    AssertionError error = new AssertionError("x");
    assertSame(
        error,
        assertThrows(
            AssertionError.class,
            () ->
                Workers.run(
                    share -> {
                      if (!share.isFirst()) {
                        throw error;
                      }
                    })));
  }

  @Test
  void aTaskInsideATaskRunsWholeOnItsOwnThread() {
    Workers.setThreads(3);
    AtomicInteger inner = new AtomicInteger();
    Workers.run(
        share -> {
          Thread outer = Thread.currentThread();
          Workers.run(
              nested -> {
                assertSame(outer, Thread.currentThread());
                assertSame(Share.WHOLE, nested);
                inner.incrementAndGet();
              });
        });
    assertEquals(3, inner.get());
  }

  @Test
  void manyCallersAtOnceEachGetTheirOwnResult() throws Exception {
    Workers.setThreads(3);
    int n = 1000;
    try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        int mine = caller;
        wrong.add(callers.submit(() -> wrongRuns(mine, n)));
      }
      for (Future<Integer> count : wrong) {
        assertEquals(0, count.get());
      }
    }
  }

  private static int wrongRuns(int caller, int n) {
    int wrong = 0;
    for (int run = 0; run < 200; run++) {
      int[] out = new int[n];
      int value = caller * 1000 + run;
      Workers.run(
          share -> {
            Arrays.fill(out, share.from(n, 10), share.to(n, 10), value);
            share.await();
          });
      wrong += Arrays.stream(out).allMatch(x -> x == value) ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void theTeamMayChangeWhileOthersUseIt() throws Exception {
    CompletableFuture<Integer> user = CompletableFuture.supplyAsync(() -> wrongRuns(1, 1000));
    while (!user.isDone()) {
      for (int threads = 1; threads <= 4; threads++) {
        Workers.setThreads(threads);
      }
    }
    assertEquals(0, user.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void theTeamMayChangeFromInsideATask(int changing) {
    for (int run = 0; run < 50; run++) {
      Workers.setThreads(2 + run % 2);
      int threads = 2 + (run + 1) % 2;
      AtomicInteger shares = new AtomicInteger();
      Workers.run(
          share -> {
            if (share.from(share.parts(), 1) == changing) {
              Workers.setThreads(threads);
            }
            shares.incrementAndGet();
          });
      assertEquals(2 + run % 2, shares.get());
      assertEquals(threads, Workers.threads());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1025, Integer.MIN_VALUE})
  void refusesANumberOfThreadsThatMakesNoSense(int threads) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Workers.setThreads(threads));
    assertEquals(
        "threads: the number must lie in 1..1024, but got %d; this machine has %d processors"
            .formatted(threads, Runtime.getRuntime().availableProcessors()),
        refused.getMessage());
    assertEquals(THREADS, Workers.threads());
  }

  @Test
  void interruptsNeitherStopATaskNorKeepTheTeamAwake() throws InterruptedException {
    startAfresh(3);
    workers().forEach(Thread::interrupt);
    Thread.currentThread().interrupt();
    assertEquals(0, wrongRuns(1, 1000));
    assertTrue(Thread.interrupted(), "the caller's mark stays");
    workers().forEach(Thread::interrupt);
    assertIdle();
  }

  @Test
  void aVirtualThreadMayCall() throws Exception {
    Workers.setThreads(3);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> wrong = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        int mine = caller;
        wrong.add(callers.submit(() -> wrongRuns(mine, 1000)));
      }
      for (Future<Integer> count : wrong) {
        assertEquals(0, count.get());
      }
    }
  }

  @Test
  void idleThreadsUseNoProcessor() throws InterruptedException {
    startAfresh(4);
    for (int i = 0; i < 100; i++) {
      Workers.run(Share::await);
    }
    assertIdle();
  }

  private static void assertIdle() throws InterruptedException {
    awaitSleep();
    long before = processorNanos();
    // Not a wait for something to happen: the interval whose use is measured.
    new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
    long used = processorNanos() - before;
    // One thread that spins would use 300 ms, or 75 ms on a machine four times overloaded.
    assertTrue(used < Duration.ofMillis(20).toNanos(), () -> "idle workers used " + used + " ns");
  }

  /** Wait until every worker is parked; the timeout of the class ends this if one never is. */
  private static void awaitSleep() {
    while (workers().stream().anyMatch(thread -> thread.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
  }

  @Test
  void threadsOfAFormerTeamEnd() throws InterruptedException {
    startAfresh(4);
    List<Thread> former = workers();
    assertEquals(3, former.size());
    Workers.setThreads(1);
    for (Thread thread : former) {
      thread.join();
    }
    assertTrue(workers().isEmpty());
  }

  @Test
  void workersAreDaemonsSoThatTheyKeepNoProcessAlive() throws InterruptedException {
    startAfresh(2);
    assertTrue(workers().stream().allMatch(Thread::isDaemon));
  }

  /** Set the number of threads, and wait until those of former teams have ended. */
  private static void startAfresh(int threads) throws InterruptedException {
    Workers.setThreads(1);
    for (Thread former : workers()) {
      former.join();
    }
    Workers.setThreads(threads);
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("incipit-worker-"))
        .toList();
  }

  private static long processorNanos() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    return workers().stream().mapToLong(thread -> bean.getThreadCpuTime(thread.threadId())).sum();
  }
}
