/**
 * Factorizations of matrices.
 *
 * <p>They stand on tensors and on the library's own products, so their results are the same bits at
 * every vector width and with any number of threads. Start at {@link
 * dev.incipit.core.linalg.HouseholderQr}.
 */
@NullMarked
package dev.incipit.core.linalg;

import org.jspecify.annotations.NullMarked;
