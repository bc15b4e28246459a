/**
 * Tensors and the operations on them.
 *
 * <p>Shapes, tensors, and operations that validate their arguments once and then call a kernel.
 * Start at {@link dev.incipit.core.tensor.Tensor}.
 */
@NullMarked
package dev.incipit.core.tensor;

import org.jspecify.annotations.NullMarked;
