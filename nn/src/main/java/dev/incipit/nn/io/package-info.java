/**
 * Weights in files: safetensors, read and written.
 *
 * <p>{@link dev.incipit.nn.io.Checkpoint} saves a model and loads it, from this library's files or
 * from PyTorch's; {@link dev.incipit.nn.io.Safetensors} is the file itself, tensor by tensor, and
 * trusts nothing in it; {@link dev.incipit.nn.io.Pretrained} is one tensor as an initializer. Uses
 * layers, initializers and core, and of Jackson the streaming core; opens no socket.
 *
 * <p>Start at {@link dev.incipit.nn.io.Checkpoint}.
 */
@NullMarked
package dev.incipit.nn.io;

import org.jspecify.annotations.NullMarked;
