/**
 * Weight initializers: how a network's weights are drawn before learning begins.
 *
 * <p>An {@link dev.incipit.init.Initializer} is a value: it fills a tensor from a key, states the
 * {@link dev.incipit.init.Theory} of what it draws, and prints the text that {@link
 * dev.incipit.init.Initializer#parse} reads back. {@link dev.incipit.init.He}, {@link
 * dev.incipit.init.Xavier} and {@link dev.incipit.init.LeCun} are famous names on one formula,
 * {@link dev.incipit.init.VarianceScaling}. {@link dev.incipit.init.Fan} alone knows which axis of
 * a weight tensor is which. {@link dev.incipit.init.Gain} says what an activation asks of the
 * weights before it, by the theory in {@link dev.incipit.init.theory}. Initialization that looks at
 * data is the business of {@link dev.incipit.init.calibrate}.
 *
 * <p>A new family is one record, one entry of the catalogue and one row of the tests' table; the
 * tests fail while one of them is missing. This package stands on tensors and random keys, and
 * knows nothing of layers. Start at {@link dev.incipit.init.Initializer}.
 */
@NullMarked
package dev.incipit.init;

import org.jspecify.annotations.NullMarked;
