/**
 * Layers and networks of them.
 *
 * <p>Start at {@link dev.incipit.nn.Mlp}, or compose a {@link dev.incipit.nn.Sequential}. Layers
 * draw their weights from initializers when they are created; nothing here trains.
 */
@NullMarked
package dev.incipit.nn;

import org.jspecify.annotations.NullMarked;
