/**
 * Summaries of numbers, in double.
 *
 * <p>They are sums in a fixed order with the basic operations alone, so they have the same bits at
 * every vector width and with any number of threads. May touch tensors. Start at {@link
 * dev.incipit.core.stats.Moments}.
 */
@NullMarked
package dev.incipit.core.stats;

import org.jspecify.annotations.NullMarked;
