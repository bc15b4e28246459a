/**
 * The theory of signals at the start of learning: what an activation does to normal numbers.
 *
 * <p>A {@link dev.incipit.init.theory.Nonlinearity} is a scalar function with its derivative.
 * {@link dev.incipit.init.theory.NormalMean} takes means over normal arguments, to about twelve
 * digits, and {@link dev.incipit.init.theory.GaussHermite} is the classical rule for smooth ones.
 * On them stand {@link dev.incipit.init.theory.MeanField} (how variance and correlation travel
 * through depth), {@link dev.incipit.init.theory.Criticality} (where order turns into chaos) and
 * {@link dev.incipit.init.theory.DrawNoise} (how far a single draw may stray from the mean).
 *
 * <p>Everything is computed in double, with {@link java.lang.StrictMath} alone, so it has the same
 * bits everywhere. This package knows no tensor and no initializer; initializers ask it. Start at
 * {@link dev.incipit.init.theory.Nonlinearity}.
 */
@NullMarked
package dev.incipit.init.theory;

import org.jspecify.annotations.NullMarked;
