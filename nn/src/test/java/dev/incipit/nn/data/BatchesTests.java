package dev.incipit.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BatchesTests {

  private static int[] epoch(Batches batches) {
    return IntStream.range(0, batches.count())
        .flatMap(i -> Arrays.stream(DatasetTests.numbers(batches.load(i).x())))
        .toArray();
  }

  @Property(tries = 300)
  void dealsEveryRowOnceAnEpochWithItsTarget(
      @ForAll @IntRange(min = 1, max = 100) int n,
      @ForAll @IntRange(min = 1, max = 120) int size,
      @ForAll long seed,
      @ForAll long epoch) {
    int classes = 3;
    Batches batches = Batches.of(DatasetTests.numbered(n, classes), size);
    batches.shuffle(RandomKey.of(seed), epoch);
    boolean[] seen = new boolean[n];

    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.load(i);
      for (int row = 0; row < batch.size(); row++) {
        int number = (int) batch.x().get(row, 0);
        assertFalse(seen[number], "dealt twice");
        seen[number] = true;
        float[] oneHot = new float[classes];
        oneHot[number % classes] = 1;
        assertArrayEquals(oneHot, batch.targets().row(row).toArray());
      }
    }

    for (boolean dealt : seen) {
      assertTrue(dealt, "every row dealt");
    }
  }

  @Property(tries = 100)
  void dealsOnlyFullBatchesWhenAsked(
      @ForAll @IntRange(min = 1, max = 20) int size,
      @ForAll @IntRange(min = 0, max = 50) int more) {
    int n = size + more;
    Batches batches = Batches.fullOnly(DatasetTests.numbered(n, 2), size);
    batches.shuffle(RandomKey.of(3), 0);

    assertEquals(n / size, batches.count());
    assertEquals(n - n % size, Arrays.stream(epoch(batches)).distinct().count());
    assertEquals(size, batches.load(batches.count() - 1).size());
  }

  @Test
  void dealsInDataOrderBeforeTheFirstShuffle() {
    Batches batches = Batches.of(DatasetTests.numbered(7, 2).take(5), 2);

    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, epoch(batches));
  }

  @Test
  void repeatsAnEpochForTheSameKeyWhateverCameBefore() {
    Dataset data = DatasetTests.numbered(50, 2);
    RandomKey key = RandomKey.of(9);
    Batches fresh = Batches.of(data, 8);
    fresh.shuffle(key, 4);
    Batches used = Batches.of(data, 8);
    used.shuffle(key, 1);
    used.load(2);
    used.shuffle(key, 4);

    assertArrayEquals(epoch(fresh), epoch(used));
  }

  @Test
  void shufflesEpochsAndKeysDifferently() {
    Batches batches = Batches.of(DatasetTests.numbered(50, 2), 8);
    batches.shuffle(RandomKey.of(9), 0);
    int[] first = epoch(batches);
    batches.shuffle(RandomKey.of(9), 1);
    int[] second = epoch(batches);
    batches.shuffle(RandomKey.of(8), 0);
    int[] other = epoch(batches);

    // Two orders of 50 rows agree by chance once in 50!, about 3e64.
    assertFalse(Arrays.equals(first, second));
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void keepsOrderIndependentOfBatchSize() {
    Dataset data = DatasetTests.numbered(23, 2);
    Batches small = Batches.of(data, 2);
    Batches large = Batches.of(data, 9);
    small.shuffle(RandomKey.of(1), 7);
    large.shuffle(RandomKey.of(1), 7);

    assertArrayEquals(epoch(small), epoch(large));
  }

  @Test
  void laysThePartialBatchIntoTheSameBuffers() {
    Batches batches = Batches.of(DatasetTests.numbered(5, 2), 2);

    Batch full = batches.load(0);
    Batch partial = batches.load(2);

    assertSame(full, batches.load(1));
    assertSame(full.x().array(), partial.x().array());
    assertSame(full.targets().array(), partial.targets().array());
    assertArrayEquals(new int[] {1, 2}, partial.x().shape().extents());
    assertArrayEquals(new int[] {1, 2}, partial.targets().shape().extents());
  }

  @Test
  void dealsValuesOfRegression() {
    Tensor features = DatasetTests.numbered(4, 1).features();
    Batches batches = Batches.of(Dataset.of(features, new Values(features)).take(3), 2);
    batches.shuffle(RandomKey.of(2), 0);

    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.load(i);
      assertTrue(batch.x().bitEquals(batch.targets()));
    }
  }

  @Test
  void allocatesNothingPerBatch() {
    Batches batches = Batches.of(DatasetTests.numbered(1000, 10), 32);
    Runnable epochs =
        () -> {
          for (int i = 0; i < 100 * batches.count(); i++) {
            batches.load(i % batches.count());
          }
        };
    epochs.run();

    long bytes = Allocation.bytesOf(epochs);

    // 3,200 batches; the measurement itself takes some hundreds of bytes.
    assertEquals(0, bytes / 3200, () -> "allocated " + bytes);
  }

  @Test
  void rejectsSizesAndIndicesOutOfRange() {
    Dataset data = DatasetTests.numbered(5, 2);
    Batches batches = Batches.of(data, 2);

    rejects(
        () -> Batches.of(data, 0),
        "batches: the size must be at least 1, but got 0; 128 is a usual choice");
    rejects(
        () -> Batches.fullOnly(data, 6),
        "batches: a full batch needs at least 6 rows, but got 5; use a smaller size");
    rejects(
        () -> batches.load(3),
        "batches: the index must lie in 0..2, but got 3; count() tells how many there are");
    rejects(
        () -> batches.load(-1),
        "batches: the index must lie in 0..2, but got -1; count() tells how many there are");
  }

  private static void rejects(Executable call, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
