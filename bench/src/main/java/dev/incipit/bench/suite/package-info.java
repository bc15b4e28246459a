/**
 * The benchmarks, and the probes of the machine's limits that they are held against.
 *
 * <p>One class a subject. Each checks in its setup that what it times computes the scalar kernels'
 * bits. Classes are open and fields public because JMH generates subclasses of them. Start reading
 * at {@link dev.incipit.bench.suite.KernelBenchmark}, which all of them share.
 */
@NullMarked
package dev.incipit.bench.suite;

import org.jspecify.annotations.NullMarked;
