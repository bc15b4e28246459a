/**
 * Experiments: a setup, runs over several seeds, a verdict that the data decide.
 *
 * <p>Nothing here prints or writes; commands, plots and reports do that with what comes out.
 */
@NullMarked
package dev.incipit.lab.experiment;

import org.jspecify.annotations.NullMarked;
