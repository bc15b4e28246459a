/** Losses: how far predictions are from targets. */
@NullMarked
package dev.incipit.nn.loss;

import org.jspecify.annotations.NullMarked;
