/**
 * Reverse-mode differentiation.
 *
 * <p>A {@link dev.incipit.core.autograd.Variable} records how it was computed; a {@link
 * dev.incipit.core.autograd.Graph} repeats the computation and runs it backward without allocating.
 * Each {@link dev.incipit.core.autograd.Op} is a record that holds its value and, beside it, its
 * derivative. May touch tensors, random keys and the kernel package's threads.
 */
@NullMarked
package dev.incipit.core.autograd;

import org.jspecify.annotations.NullMarked;
