package dev.incipit.bench.scoreboard;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of a sitting: a bar that names what runs on a terminal, else a line every tenth. */
final class Progress implements AutoCloseable {

  private static final int LINES = 10;

  private final long work;
  private final PrintWriter err;
  private final @Nullable ProgressBar bar;
  private long started;

  Progress(long work, PrintWriter err) {
    this.work = work;
    this.err = err;
    bar =
        onTerminal()
            ? new ProgressBarBuilder()
                .setTaskName("scoreboard")
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

  /** Say what is measured now; all before it is done. */
  void start(String what) {
    if (bar != null) {
      bar.stepTo(started);
      bar.setExtraMessage(what);
    } else if (started * LINES / work > (started - 1) * LINES / work || started == 0) {
      err.printf("scoreboard: %d of %d, %s%n", started + 1, work, what);
      err.flush();
    }
    started++;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.stepTo(work);
      bar.close();
    }
  }
}
