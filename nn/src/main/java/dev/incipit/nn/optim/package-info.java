/**
 * Rules that change parameters along their gradients.
 *
 * <p>A rule is a record of settings; {@link dev.incipit.nn.optim.Optimizer#on} gives it state.
 */
@NullMarked
package dev.incipit.nn.optim;

import org.jspecify.annotations.NullMarked;
