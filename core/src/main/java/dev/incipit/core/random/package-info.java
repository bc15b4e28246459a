/**
 * Random numbers as an argument.
 *
 * <p>A {@link dev.incipit.core.random.RandomKey} is passed to whatever draws; nothing keeps a
 * generator. The numbers themselves are kernels, so that they come out the same at every vector
 * width and with any number of threads. A {@link dev.incipit.core.random.KeyedGenerator} opens them
 * to the rest of the JDK.
 */
@NullMarked
package dev.incipit.core.random;

import org.jspecify.annotations.NullMarked;
