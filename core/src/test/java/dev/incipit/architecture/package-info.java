/**
 * Rules of the house as tests.
 *
 * <p>{@link dev.incipit.architecture.HouseRules} states them once; each module's {@code
 * ArchitectureTests} checks its own classes.
 */
@NullMarked
package dev.incipit.architecture;

import org.jspecify.annotations.NullMarked;
