package dev.incipit.lab.command;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress of long work: a bar with the time that remains on a terminal, else a line every tenth.
 */
final class Progress implements AutoCloseable {

  private static final int LINES = 10;

  private final String task;
  private final long work;
  private final PrintWriter err;
  private final @Nullable ProgressBar bar;
  private final AtomicLong done = new AtomicLong();
  private final long start = System.nanoTime();

  Progress(String task, long work, PrintWriter err) {
    this.task = task;
    this.work = work;
    this.err = err;
    bar =
        onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(work)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .build()
            : null;
  }

  @SuppressWarnings("SystemConsoleNull") // documented to be null where there is no console
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Count work as done; safe from any thread. */
  void done(long amount) {
    if (bar != null) {
      bar.stepBy(amount);
      return;
    }
    long after = done.addAndGet(amount);
    long tenth = after * LINES / work;
    if (tenth > (after - amount) * LINES / work) {
      err.printf("%s: %d %%, %d s left%n", task, tenth * 100 / LINES, remaining(after).toSeconds());
      err.flush();
    }
  }

  private Duration remaining(long after) {
    double elapsed = System.nanoTime() - start;
    return Duration.ofNanos((long) (elapsed / Math.max(1, after) * (work - after)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
