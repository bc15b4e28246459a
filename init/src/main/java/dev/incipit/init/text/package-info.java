/**
 * The texts of initializers and calibrations: a name, and parameters in round brackets.
 *
 * <p>The catalogues of the packages beside it read and print through it, and families from other
 * modules are given their {@link dev.incipit.init.text.Arguments}. It touches nothing else. Start
 * at {@link dev.incipit.init.text.Names}.
 */
@NullMarked
package dev.incipit.init.text;

import org.jspecify.annotations.NullMarked;
