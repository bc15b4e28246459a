package dev.incipit.core.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on one task as a team.
 *
 * <p>How many there are never changes a result. The calling thread is one of them. When the team is
 * busy with another caller's task, or a task starts another, the caller does it alone: nested use
 * and use from many threads neither deadlock nor wait. When as many callers work alone as would
 * take half the team's processors, the team is not called together either: a thread that waits for
 * one that has no processor would lose more than the team gains.
 *
 * <p>A thread that has finished watches for the next task for some 50 microseconds, for in a
 * training step the next one comes sooner than a sleeping thread could wake; then it sleeps.
 */
public final class Workers {

  /** Work that a team does together. */
  @FunctionalInterface
  public interface Task {
    /**
     * Do one share of the work.
     *
     * @param share which share, and the way to wait for the others
     */
    void run(Share share);
  }

  private static final String PROPERTY = "dev.incipit.threads";
  private static final int MAX_THREADS = 1024;
  private static final long WATCH_NANOS = 50_000;

  /** Callers that work alone at this moment, because the team is busy. */
  private static final AtomicInteger LONERS = new AtomicInteger();

  private static volatile Workers shared = new Workers(configuredThreads());

  private final int threads;
  private final Share[] shares;
  private final Thread[] helpers;
  private final Share.Barrier barrier;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger running = new AtomicInteger();

  private volatile int taskNumber;
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure;
  private volatile boolean retired;
  private volatile boolean stopped;

  private Workers(int threads) {
    this.threads = threads;
    barrier = new Share.Barrier(threads);
    shares = new Share[threads];
    helpers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      Share share = new Share(i, threads, barrier);
      shares[i] = share;
      helpers[i] =
          Thread.ofPlatform().name("incipit-worker-" + i).daemon().unstarted(() -> help(share));
    }
    // Helper 0 is the caller's place and never starts.
    for (int i = 1; i < threads; i++) {
      helpers[i].start();
    }
  }

  private static int configuredThreads() {
    String text = System.getProperty(PROPERTY);
    if (text == null) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
    }
    try {
      return checked(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "threads: -D%s must be a whole number from 1, but got %s; correct the flag"
              .formatted(PROPERTY, text),
          e);
    }
  }

  private static int checked(int threads) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(
          "threads: the number must lie in 1..%d, but got %d; this machine has %d processors"
              .formatted(MAX_THREADS, threads, Runtime.getRuntime().availableProcessors()));
    }
    return threads;
  }

  /** Return the number of threads that share work, the caller's included. */
  public static int threads() {
    return shared.threads;
  }

  /**
   * Set the number of threads that share work, the caller's included.
   *
   * <p>Initially the system property {@code dev.incipit.threads}, or the number of processors.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException if the number is below 1 or above 1024
   */
  public static synchronized void setThreads(int threads) {
    if (checked(threads) != shared.threads) {
      Workers old = shared;
      shared = new Workers(threads);
      old.retire();
    }
  }

  /**
   * Run a task with the whole team, and return when all shares are done.
   *
   * @param task called once on each thread of the team, or once with {@link Share#WHOLE}
   */
  public static void run(Task task) {
    shared.runAsTeam(task);
  }

  private void runAsTeam(Task work) {
    // A held lock means a nested call from the first share; a helper finds it taken.
    if (threads == 1 || lock.isHeldByCurrentThread()) {
      work.run(Share.WHOLE);
      return;
    }
    if (2 * LONERS.get() >= threads || !lock.tryLock()) {
      LONERS.incrementAndGet();
      try {
        work.run(Share.WHOLE);
      } finally {
        LONERS.decrementAndGet();
      }
      return;
    }
    try {
      if (stopped) {
        work.run(Share.WHOLE);
        return;
      }
      failure = null;
      running.set(threads);
      task = work;
      int next = taskNumber + 1;
      taskNumber = next;
      for (int i = 1; i < threads; i++) {
        LockSupport.unpark(helpers[i]);
      }
      work(work, shares[0]);
      for (int spins = 0; running.get() > 0; spins++) {
        Share.pause(spins);
      }
      task = null;
      if (barrier.isBroken()) {
        barrier.mend();
      }
      Throwable thrown = failure;
      if (thrown instanceof Error error) {
        throw error;
      } else if (thrown instanceof RuntimeException exception) {
        throw exception;
      } else if (thrown != null) {
        throw new IllegalStateException("workers: a task failed: " + thrown, thrown);
      }
    } finally {
      lock.unlock();
      if (retired) {
        stopWhenFree();
      }
    }
  }

  private void work(Task work, Share share) {
    try {
      work.run(share);
    } catch (Throwable e) {
      // All kinds: a helper that died here would leave its team waiting. The first failure is the
      // cause; others only found the barrier broken.
      if (!barrier.isBroken()) {
        failure = e;
        barrier.breakUp();
      }
    } finally {
      running.decrementAndGet();
    }
  }

  private void help(Share share) {
    int seen = 0;
    long idleSince = System.nanoTime();
    while (!stopped) {
      if (taskNumber != seen) {
        seen = taskNumber;
        Task work = task;
        if (work != null) {
          work(work, share);
        }
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince < WATCH_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
        // Whoever interrupts all threads means others; with the mark set, parking would not wait.
        Thread.interrupted();
        idleSince = System.nanoTime();
      }
    }
  }

  /** Send the threads home: now, or when the task that they work on is done. */
  private void retire() {
    retired = true;
    stopWhenFree();
  }

  // Never in the midst of a task, whose caller waits for every share; a task may itself retire its
  // team, on any of its threads, so nobody waits for the lock.
  private void stopWhenFree() {
    if (lock.isHeldByCurrentThread() || !lock.tryLock()) {
      return;
    }
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
    for (int i = 1; i < threads; i++) {
      LockSupport.unpark(helpers[i]);
    }
  }
}
