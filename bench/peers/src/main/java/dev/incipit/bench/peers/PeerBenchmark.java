package dev.incipit.bench.peers;

import dev.incipit.bench.Flags;
import dev.incipit.bench.scoreboard.Peer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the peers' benchmarks share: JMH's settings, which are ours, and the peer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsPrepend = {
      Flags.MODULE,
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow",
      Flags.COLLECTOR,
      Flags.HEAP,
      Flags.SAFEPOINTS,
      Flags.STRIPS
    })
@Warmup(iterations = 6, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public abstract class PeerBenchmark {

  /** Who works. */
  @Param public Peer peer = Peer.PYTORCH;

  /** How often one call does its work; JMH is told, and divides. */
  static final int CALLS = Integer.getInteger("dev.incipit.peers.calls", 1);

  /** Work of a peer on arrays of its own. */
  interface Work {
    /** Do it {@link #CALLS} times. */
    void run();

    /** Return the numbers that it writes. */
    float[] result();
  }

  final IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        getClass().getSimpleName() + ": there is no work for " + peer + "; choose another peer");
  }
}
