/**
 * The texts of initializers and calibrations: a name, and parameters in round brackets.
 *
 * <p>Not exported: the catalogues of the packages beside it read and print through it. It touches
 * nothing else. Start at {@link dev.incipit.init.text.Names}.
 */
@NullMarked
package dev.incipit.init.text;

import org.jspecify.annotations.NullMarked;
