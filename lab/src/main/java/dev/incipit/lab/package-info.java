/** The laboratory's front door: {@link dev.incipit.lab.Main} hands over to the commands. */
@NullMarked
package dev.incipit.lab;

import org.jspecify.annotations.NullMarked;
