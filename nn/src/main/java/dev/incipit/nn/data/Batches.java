package dev.incipit.nn.data;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;

/**
 * Deals the rows of a data set in mini-batches, from buffers it reuses.
 *
 * <p>Before the first {@link #shuffle} rows come in the order of the data set. Every batch is laid
 * into the same tensors, so a batch is valid until the next {@link #load}, and dealing allocates
 * nothing. Not safe for use by several threads.
 */
public final class Batches {

  private final Dataset data;
  private final int size;
  private final int count;
  private final int[] order;
  private final Batch full;
  private final Batch last;

  private Batches(Dataset data, int size, int count) {
    this.data = data;
    this.size = size;
    this.count = count;
    order = new int[data.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    int capacity = Math.min(size, data.size());
    full =
        new Batch(
            Tensor.zeros(capacity, data.width()), Tensor.zeros(capacity, data.targets().width()));
    int rest = Math.min(size, data.size() - (count - 1) * size);
    last = new Batch(full.x().rows(0, rest), full.targets().rows(0, rest));
  }

  /**
   * Create batches that cover every row; the last one is smaller where the size does not divide.
   *
   * @param data rows to deal
   * @param size rows in a batch
   * @return batches in the order of the data
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public static Batches of(Dataset data, int size) {
    requirePositive(size);
    return new Batches(data, size, (data.size() - 1) / size + 1);
  }

  /**
   * Create batches of equal size; rows left over at the end of an epoch are not dealt.
   *
   * @param data rows to deal
   * @param size rows in a batch
   * @return batches in the order of the data
   * @throws IllegalArgumentException if {@code size} is below 1 or above the number of rows
   */
  public static Batches fullOnly(Dataset data, int size) {
    requirePositive(size);
    if (size > data.size()) {
      throw new IllegalArgumentException(
          "batches: a full batch needs at least %d rows, but got %d; use a smaller size"
              .formatted(size, data.size()));
    }
    return new Batches(data, size, data.size() / size);
  }

  private static void requirePositive(int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "batches: the size must be at least 1, but got " + size + "; 128 is a usual choice");
    }
  }

  /** Return the number of batches in an epoch. */
  public int count() {
    return count;
  }

  /**
   * Begin an epoch: draw the order of its rows.
   *
   * @param key source of randomness
   * @param epoch number of the epoch: same key and epoch, same order, whatever came before
   */
  public void shuffle(RandomKey key, long epoch) {
    key.split(epoch).permutation(order);
  }

  /**
   * Lay a batch into the buffers.
   *
   * @param index which batch of the epoch, from 0
   * @return the batch, valid until the next call
   * @throws IllegalArgumentException if there is no such batch
   */
  public Batch load(int index) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "batches: the index must lie in 0..%d, but got %d; count() tells how many there are"
              .formatted(count - 1, index));
    }
    Batch batch = index == count - 1 ? last : full;
    float[] source = data.features().array();
    int sourceOffset = data.features().offset();
    float[] x = batch.x().array();
    float[] targets = batch.targets().array();
    int width = data.width();
    int targetWidth = data.targets().width();
    for (int i = 0; i < batch.size(); i++) {
      int row = order[index * size + i];
      System.arraycopy(source, sourceOffset + row * width, x, i * width, width);
      data.targets().copyRow(row, targets, i * targetWidth);
    }
    return batch;
  }
}
