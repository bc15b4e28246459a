/**
 * Loops over arrays.
 *
 * <p>The arithmetic itself: {@link dev.incipit.core.kernel.Kernels} states what each kernel
 * computes and in which order, {@code ScalarKernels} specifies it in plain loops, {@code
 * VectorKernels} computes the same bits in SIMD. The only package that names the Vector API; it
 * knows no tensor. {@link dev.incipit.core.kernel.Workers} holds the threads.
 */
@NullMarked
package dev.incipit.core.kernel;

import org.jspecify.annotations.NullMarked;
