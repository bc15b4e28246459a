/**
 * Measures the library against the machine's limits and against its peers in one sitting, and shows
 * the result as a table, as JSON and as pictures.
 *
 * <p>The measuring is the suite's: every figure is a fork of one of its benchmarks. May touch the
 * rest of bench; nothing touches it but the peers' module. Start reading at {@link
 * dev.incipit.bench.scoreboard.Scoreboard}, then {@link dev.incipit.bench.scoreboard.Programme}.
 */
@NullMarked
package dev.incipit.bench.scoreboard;

import org.jspecify.annotations.NullMarked;
