/**
 * The data that experiments run on.
 *
 * <p>Finds Fashion-MNIST: the selection inside this jar, a full copy on this machine, or IDX files
 * in a folder of the user's. Opens no socket. Start at {@link dev.incipit.lab.data.FashionMnist}.
 */
@NullMarked
package dev.incipit.lab.data;

import org.jspecify.annotations.NullMarked;
