/**
 * The health of a network before its first step: do signals reach its end, and gradients its start?
 *
 * <p>An {@link dev.incipit.nn.health.InitReport} measures a batch on its way through the layers and
 * back, compares with what theory says of these weights and with the noise of a draw, and says in
 * sentences what is wrong and what to do. It changes nothing and trains nothing. Start at {@link
 * dev.incipit.nn.health.InitReport}.
 */
@NullMarked
package dev.incipit.nn.health;

import org.jspecify.annotations.NullMarked;
