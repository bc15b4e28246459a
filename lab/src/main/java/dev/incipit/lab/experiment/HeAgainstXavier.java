package dev.incipit.lab.experiment;

import dev.incipit.core.kernel.Workers;
import dev.incipit.nn.data.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The main job: deep ReLU networks from He and from Xavier, over several seeds.
 *
 * <p>It reproduces figures 2 and 3 of He et al. with multilayer perceptrons: equal widths, biases
 * of zero, plain gradient descent with momentum, no normalization.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>
 */
public final class HeAgainstXavier {

  /** Hears of the progress, from several threads. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Work is done.
     *
     * @param layers layers that took one more step
     */
    void done(int layers);
  }

  private HeAgainstXavier() {}

  /**
   * Return the work of a setup, in layers times steps.
   *
   * @param setup the settings
   * @param rows training images
   */
  public static long work(Setup setup, int rows) {
    long steps = (long) ((rows - 1) / setup.batch() + 1) * setup.epochs();
    long layers = setup.depths().stream().mapToLong(Integer::longValue).sum();
    return steps * layers * setup.seeds() * Contestant.values().length;
  }

  /**
   * Train all networks.
   *
   * <p>Each runs on one thread, several at a time; their number does not show in the results.
   *
   * @param setup the settings
   * @param data training and held-out images, standardized
   * @param progress hears of the progress
   * @return one result a depth, in the order of the setup
   * @throws InterruptedException if the thread is interrupted; all runs then end
   */
  public static List<DepthResult> run(Setup setup, Split data, Progress progress)
      throws InterruptedException {
    int threads = Workers.threads();
    // Networks side by side use the processors better than one network's small products shared.
    Workers.setThreads(1);
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("run-", 1).daemon().factory())) {
      try {
        return collect(setup, submit(setup, data, progress, pool));
      } finally {
        pool.shutdownNow();
      }
    } finally {
      Workers.setThreads(threads);
    }
  }

  private record Pending(int depth, Contestant contestant, Future<Run> run) {}

  private static List<Pending> submit(
      Setup setup, Split data, Progress progress, ExecutorService pool) {
    List<Pending> pending = new ArrayList<>();
    // The longest first: the last to end is then short.
    List<Integer> depths = setup.depths().stream().sorted(Comparator.reverseOrder()).toList();
    for (int depth : depths) {
      for (int i = 0; i < setup.seeds(); i++) {
        long seed = setup.firstSeed() + i;
        for (Contestant contestant : Contestant.values()) {
          Callable<Run> training =
              () ->
                  new Training(setup, data, depth, contestant, seed)
                      .run(() -> step(progress, depth));
          pending.add(new Pending(depth, contestant, pool.submit(training)));
        }
      }
    }
    return pending;
  }

  private static void step(Progress progress, int depth) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("he-vs-xavier: interrupted");
    }
    progress.done(depth);
  }

  private static List<DepthResult> collect(Setup setup, List<Pending> pending)
      throws InterruptedException {
    List<DepthResult> results = new ArrayList<>();
    for (int depth : setup.depths()) {
      results.add(
          new DepthResult(
              depth,
              setup.threshold(),
              runs(pending, depth, Contestant.HE),
              runs(pending, depth, Contestant.XAVIER)));
    }
    return results;
  }

  private static List<Run> runs(List<Pending> pending, int depth, Contestant contestant)
      throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    for (Pending one : pending) {
      if (one.depth == depth && one.contestant == contestant) {
        try {
          runs.add(one.run.get());
        } catch (ExecutionException e) {
          throw new IllegalStateException(
              "he-vs-xavier: a run of %d layers from %s failed: %s"
                  .formatted(depth, contestant.title(), e.getCause()),
              e.getCause());
        }
      }
    }
    return runs;
  }
}
