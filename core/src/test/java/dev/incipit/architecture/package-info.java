/**
 * Rules of the house as tests.
 *
 * <p>{@link dev.incipit.architecture.HouseRules} states them once; each module's {@code
 * ArchitectureTests} checks its own classes. {@link dev.incipit.architecture.Allocation} counts
 * what a steady state leaves behind; {@link dev.incipit.architecture.ForeignVectors} is the company
 * in which our kernels must not get worse.
 */
@NullMarked
package dev.incipit.architecture;

import org.jspecify.annotations.NullMarked;
