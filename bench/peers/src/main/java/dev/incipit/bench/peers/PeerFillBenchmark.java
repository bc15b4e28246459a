package dev.incipit.bench.peers;

import ai.djl.ndarray.NDManager;
import dev.incipit.bench.scoreboard.Peer;
import dev.incipit.bench.suite.FillBenchmark;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Times PyTorch's initializers, by the operations that its {@code torch.nn.init} calls, on a matrix
 * in place.
 */
public class PeerFillBenchmark extends PeerBenchmark {

  private static final int SIDE = FillBenchmark.SIDE;

  /** The initializer, as Incipit reads it. */
  @Param("he-normal")
  public String initializer = "";

  /** Threads that share the work. */
  @Param("1")
  public int threads;

  private @Nullable Work work;

  /** Compile the script and check one draw. */
  @Setup
  public void setup() {
    if (peer != Peer.PYTORCH) {
      throw unknown();
    }
    NDManager manager = TorchScript.start(threads);
    work =
        new TorchScript(
            manager,
            List.of("w"),
            lines(),
            "w",
            TorchScript.tensor(manager, new float[SIDE * SIDE], SIDE, SIDE));
    check(work.result());
  }

  private List<String> lines() {
    return switch (initializer) {
      case "he-uniform" -> {
        double limit = Math.sqrt(6.0 / SIDE);
        yield List.of("_1 = torch.uniform_(w, %s, %s)".formatted(-limit, limit));
      }
      case "he-normal" -> List.of("_1 = torch.normal_(w, 0., %s)".formatted(Math.sqrt(2.0 / SIDE)));
      case "truncated-normal(std=0.02)" -> truncated();
      case "orthogonal" ->
          List.of(
              "_1 = torch.normal_(w, 0., 1.)",
              "q, r, = torch.linalg_qr(w)",
              "_2 = torch.mul_(q, torch.sign(torch.diag(r)))",
              "_3 = torch.copy_(w, q)");
      default -> throw unknown();
    };
  }

  /** The normal's quantiles of uniform numbers, cut at two deviations; 0.02 is after the cut. */
  private static List<String> truncated() {
    double std = 0.02 / 0.8796256610342398;
    double inside = 0.9544997361036416;
    return List.of(
        "_1 = torch.uniform_(w, %s, %s)".formatted(-inside, inside),
        "_2 = torch.erfinv_(w)",
        "_3 = torch.mul_(w, %s)".formatted(std * Math.sqrt(2)),
        "_4 = torch.add_(w, 0.)",
        "_5 = torch.clamp_(w, %s, %s)".formatted(-2 * std, 2 * std));
  }

  /**
   * Require the standard deviation, within one percent.
   *
   * <p>That of a million numbers has a relative error of 0.07 percent: no false alarm in a life.
   */
  private void check(float[] drawn) {
    double expected =
        switch (initializer) {
          case "truncated-normal(std=0.02)" -> 0.02;
          case "orthogonal" -> Math.sqrt(1.0 / SIDE);
          default -> Math.sqrt(2.0 / SIDE);
        };
    double squares = 0;
    for (float value : drawn) {
      squares += (double) value * value;
    }
    double deviation = Math.sqrt(squares / drawn.length);
    if (!(Math.abs(deviation - expected) <= 0.01 * expected)) {
      throw new IllegalStateException(
          "%s: the standard deviation must be %s, but is %s"
              .formatted(initializer, expected, deviation));
    }
  }

  /** Draw the matrix. */
  @Benchmark
  public void fill() {
    Objects.requireNonNull(work).run();
  }
}
