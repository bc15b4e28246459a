/** Pictures of results. The only package that names the plotting library. */
@NullMarked
package dev.incipit.lab.plot;

import org.jspecify.annotations.NullMarked;
