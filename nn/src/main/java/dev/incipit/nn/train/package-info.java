/**
 * Training and evaluation.
 *
 * <p>Start at {@link dev.incipit.nn.train.Trainer}. Touches layers, losses, optimizers and data.
 */
@NullMarked
package dev.incipit.nn.train;

import org.jspecify.annotations.NullMarked;
