/**
 * Does the scoreboard's work with other libraries, and checks that they get the same numbers.
 *
 * <p>Every benchmark here has the name of one of {@link dev.incipit.bench.suite} after the word
 * {@code Peer}, and its parameters, but for the kernels: in their place stands a {@link
 * dev.incipit.bench.scoreboard.Peer}. A peer gets what serves it best: memory off the heap where it
 * likes that, its results written in place, many calls in one crossing of its border. Start reading
 * at {@link dev.incipit.bench.peers.PeerBenchmark}.
 */
@NullMarked
package dev.incipit.bench.peers;

import org.jspecify.annotations.NullMarked;
