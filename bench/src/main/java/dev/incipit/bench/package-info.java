/**
 * Runs the benchmarks in rounds and writes what they found as JSON and as a table.
 *
 * <p>May touch every module of the library but the lab, and the Vector API for its probes. The
 * benchmarks themselves live in {@link dev.incipit.bench.suite}; start reading at {@link
 * dev.incipit.bench.Main}.
 */
@NullMarked
package dev.incipit.bench;

import org.jspecify.annotations.NullMarked;
