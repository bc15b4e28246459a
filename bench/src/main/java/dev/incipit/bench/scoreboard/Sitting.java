package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Environment;
import dev.incipit.bench.Results;
import dev.incipit.bench.Rounds;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures in one sitting: round by round, each subject's probe, then ours, then its peers.
 *
 * <p>A peer that fails is noted and not tried again; a failure of ours is one of the scoreboard.
 */
final class Sitting {

  /** The system property that tells a peer how often to do its work in one call. */
  private static final String CALLS = "dev.incipit.peers.calls";

  /** The most calls of a peer's work that are made in one crossing of its border. */
  private static final int MOST_CALLS = 64;

  /** How long these calls take together, about: much longer than the crossing. */
  private static final double NANOS = 300_000;

  private static final OutputFormat SILENCE =
      (OutputFormat)
          Proxy.newProxyInstance(
              OutputFormat.class.getClassLoader(),
              new Class<?>[] {OutputFormat.class},
              (proxy, method, arguments) -> null);

  private final List<Subject> subjects;
  private final String kernels;
  private final boolean quick;
  private final int roundCount;
  private final Environment environment;
  private final Rounds rounds;
  private final Set<String> failed = new HashSet<>();
  private final @Nullable PeerSetup peers;

  /**
   * Prepare.
   *
   * @param subjects what to measure
   * @param kernels kernels of ours, and the width of the probes
   * @param quick whether to warm up and measure for less time
   * @param roundCount how often to measure everything, at least 1
   * @param peers how to run the peers, or null to leave them out
   */
  Sitting(
      List<Subject> subjects,
      String kernels,
      boolean quick,
      int roundCount,
      Environment environment,
      @Nullable PeerSetup peers) {
    this.subjects = subjects;
    this.kernels = kernels;
    this.peers = peers;
    this.environment = environment;
    this.quick = quick;
    this.roundCount = roundCount;
    rounds = rounds(quick);
  }

  /** Return rounds whose forks are silent: JMH's own silence lets through what they write. */
  static Rounds rounds(boolean quick) {
    return new Rounds(options(quick).build(), options -> new Runner(options, SILENCE));
  }

  private static ChainedOptionsBuilder options(boolean quick) {
    ChainedOptionsBuilder options = new OptionsBuilder().timeout(TimeValue.minutes(2));
    return quick
        ? options.measurementIterations(5).measurementTime(TimeValue.milliseconds(60))
        : options;
  }

  /** Return how many forks there will be, at most. */
  long forks() {
    long one =
        subjects.stream().flatMap(s -> s.probe().stream()).distinct().count()
            + subjects.stream().mapToLong(s -> 1 + (peers == null ? 0 : s.peers().size())).sum();
    return roundCount * one;
  }

  /** Takes what was found so far, round by round. */
  interface Keeper {
    void keep(Results results) throws IOException;
  }

  /**
   * Run all rounds.
   *
   * @param keeper takes the results after each, so that an interruption loses one round, not an
   *     hour
   * @return the results of all
   */
  Results run(Progress progress, Keeper keeper) throws RunnerException, IOException {
    for (int round = 1; round <= roundCount; round++) {
      environment.startRound();
      Set<Object> probed = new HashSet<>();
      for (Subject subject : subjects) {
        var probe = subject.probe();
        if (probe.isPresent() && probed.add(probe.get())) {
          progress.start("round %d: %s".formatted(round, probe.get().getKey()));
          ours(probe.get().getKey(), probe.get().getValue());
        }
        progress.start("round %d: %s".formatted(round, subject.title()));
        ours(subject.benchmark(), subject.parameters());
        if (peers != null) {
          for (Peer peer : subject.peers()) {
            progress.start("round %d: %s, %s".formatted(round, subject.title(), peer.title()));
            peer(peer, subject, peers.flag(subject));
          }
        }
      }
      keeper.keep(found());
    }
    return found();
  }

  private Results found() {
    return new Results(environment.describe(), rounds.json());
  }

  private void ours(String benchmark, Map<String, String> parameters) throws RunnerException {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("kernels", kernels);
    rounds.run(fork(rounds.fork(), benchmark, all, quick));
  }

  /**
   * Return how often a peer does its work in one call, so that crossings of its border weigh
   * little.
   *
   * <p>Fills and training steps are one call each: there the border is part of what users get.
   */
  private static int calls(Subject subject) {
    double nanos =
        switch (subject.table()) {
          case PRODUCT, THREADS -> subject.work() / 100;
          case ELEMENTWISE -> subject.work() / 50;
          default -> NANOS;
        };
    return (int) Math.clamp(NANOS / nanos, 1, MOST_CALLS);
  }

  private void peer(Peer peer, Subject subject, String flag) {
    String key = Row.key(peer, subject);
    if (failed.contains(key)) {
      return;
    }
    try {
      peer.requirePlatform();
      rounds.run(peerFork(rounds.fork(), peer, subject, quick, flag));
    } catch (RunnerException | IllegalStateException e) {
      failed.add(key);
      environment.add(key, reason(e));
    }
  }

  /** Let a fork do a peer's work. */
  static ChainedOptionsBuilder peerFork(
      ChainedOptionsBuilder fork, Peer peer, Subject subject, boolean quick, String flag) {
    Map<String, String> all = new HashMap<>(subject.parameters());
    all.put("peer", peer.name());
    int calls = calls(subject);
    return fork(fork, subject.peerBenchmark(), all, quick)
        .operationsPerInvocation(calls)
        .jvmArgsAppend(flag, "-D" + CALLS + "=" + calls);
  }

  private static ChainedOptionsBuilder fork(
      ChainedOptionsBuilder fork, String benchmark, Map<String, String> parameters, boolean quick) {
    fork.include("\\." + benchmark + "\\.");
    parameters.forEach(fork::param);
    // A training step has so many kernels that C2 needs all of its usual time.
    if (quick && !parameters.containsKey("net") && !parameters.containsKey("width")) {
      fork.warmupIterations(6).warmupTime(TimeValue.milliseconds(170));
    }
    return fork;
  }

  /** Return what lies at the root of a failure, in one line. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null || root.getSuppressed().length > 0) {
      root = root.getCause() == null ? root.getSuppressed()[0] : root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    String line = message.lines().findFirst().orElse(root.toString());
    return root instanceof IllegalStateException || root instanceof RunnerException
        ? line
        : root.getClass().getSimpleName() + ": " + line;
  }
}
