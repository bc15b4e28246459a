/**
 * Initialization that looks at data: calibrations scale a network's weights by what a batch does.
 *
 * <p>A {@link dev.incipit.init.calibrate.Calibration} walks the {@link
 * dev.incipit.init.calibrate.Stage}s of a network, functions from variable to variable, and
 * rescales those that are {@link dev.incipit.init.calibrate.Weighted}; of layers it knows no more
 * than that, so it takes any mixture of them. {@link dev.incipit.init.calibrate.Lsuv} and {@link
 * dev.incipit.init.calibrate.WithinLayer} look at what layers put out, {@link
 * dev.incipit.init.calibrate.BetweenLayer} at gradients. May touch initializers, autograd and what
 * lies below. Start at {@link dev.incipit.init.calibrate.Calibration}.
 */
@NullMarked
package dev.incipit.init.calibrate;

import org.jspecify.annotations.NullMarked;
