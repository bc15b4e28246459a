/**
 * Data for training: files in, mini-batches out.
 *
 * <p>{@link dev.incipit.nn.data.Idx} reads files of numbers and trusts none of them; {@link
 * dev.incipit.nn.data.Dataset} pairs features with targets and never changes; {@link
 * dev.incipit.nn.data.Batches} deals its rows to the training loop from buffers it reuses. Only
 * core is used here, and nothing opens a socket.
 *
 * <p>Start at {@link dev.incipit.nn.data.Dataset}.
 */
@NullMarked
package dev.incipit.nn.data;

import org.jspecify.annotations.NullMarked;
