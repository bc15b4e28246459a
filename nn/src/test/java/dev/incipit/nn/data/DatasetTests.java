package dev.incipit.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetTests {

  private static final Tensor THREE = Tensor.matrix(new float[][] {{1, 2}, {3, 4}, {5, 6}});

  /** Return n rows that hold their own number twice, in classes 0, 1, ... again and again. */
  static Dataset numbered(int n, int classes) {
    Tensor features = Tensor.zeros(n, 2);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      features.row(i).fill(i);
      labels[i] = i % classes;
    }
    return Dataset.of(features, labels, classes);
  }

  static int[] numbers(Tensor features) {
    return IntStream.range(0, features.extent(0)).map(i -> (int) features.get(i, 0)).toArray();
  }

  static Stream<Arguments> misuse() {
    Dataset data = numbered(4, 2);
    RandomKey key = RandomKey.of(0);
    Tensor hole = Tensor.matrix(new float[][] {{1, 2}, {3, Float.NaN}});
    Tensor endless = Tensor.matrix(new float[][] {{Float.NEGATIVE_INFINITY}});
    return Stream.of(
        misuse(
            () -> Dataset.of(THREE, new int[] {0, 1}, 2),
            "dataset: features and targets must be equally many, but got 3 and 2;"
                + " pass matching parts"),
        misuse(
            () -> Dataset.of(THREE, new int[] {0, 1, 2}, 2),
            "labels: a label must lie in 0..1, but got 2 at row 2;"
                + " correct it or pass more classes"),
        misuse(
            () -> Dataset.of(THREE, new int[] {-1, 1, 0}, 2),
            "labels: a label must lie in 0..1, but got -1 at row 0;"
                + " correct it or pass more classes"),
        misuse(
            () -> Labels.of(0),
            "labels: there must be a class, but got 0; pass the number of classes"),
        misuse(
            () -> Dataset.of(hole, new int[] {0, 0}, 1),
            "dataset: numbers must be finite, but got NaN at row 1, column 1;"
                + " correct or remove the row"),
        misuse(
            () -> new Values(endless),
            "values: numbers must be finite, but got -Infinity at row 0, column 0;"
                + " correct or remove the row"),
        misuse(
            () -> Dataset.of(Tensor.zeros(3), new int[3], 1),
            "dataset: a matrix with at least a row and a column is needed, but got [3];"
                + " reshape to [rows, columns]"),
        misuse(
            () -> Dataset.of(Tensor.zeros(0, 3), new int[0], 1),
            "dataset: a matrix with at least a row and a column is needed, but got [0, 3];"
                + " reshape to [rows, columns]"),
        misuse(
            () -> data.take(5),
            "take: the count must lie in 1..4, but got 5; ask for rows that exist"),
        misuse(
            () -> data.take(0),
            "take: the count must lie in 1..4, but got 0; ask for rows that exist"),
        misuse(
            () -> data.subset(1, 4),
            "subset: indices are needed, each in 0..3, but got 2 of them from 1 to 4;"
                + " ask for rows that exist"),
        misuse(
            () -> data.subset(),
            "subset: indices are needed, each in 0..3, but got 0 of them from 0 to 0;"
                + " ask for rows that exist"),
        misuse(
            () -> data.split(Double.NaN, key),
            "split: the share must lie above 0 and below 1, but got NaN; 0.2 sets a fifth aside"),
        misuse(
            () -> data.split(0.01, key),
            "split: both parts must get a row, but got a share of 0.01 of 4 rows;"
                + " change it or bring more data"),
        misuse(
            () -> data.split(0.99, key),
            "split: both parts must get a row, but got a share of 0.99 of 4 rows;"
                + " change it or bring more data"),
        misuse(
            () -> new Split(data, numbered(4, 3)),
            "split: both parts must have equal widths, but got 2 features, 2 targets"
                + " and 2 features, 3 targets; pass parts of one set"),
        misuse(
            () -> Standardization.overall(data).apply(Tensor.zeros(1, 3)),
            "standardize: features must have shape [n, 2], but got [1, 3];"
                + " pass data like that learned from"));
  }

  private static Arguments misuse(Executable call, String message) {
    return Arguments.of(call, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("misuse")
  void rejectsMisuseWithRuleValuesAndRemedy(Executable call, String message) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void takesFirstRowsWithoutCopy() {
    Dataset data = numbered(5, 2);

    Dataset some = data.take(3);

    assertSame(data.features().array(), some.features().array());
    assertArrayEquals(new int[] {0, 1, 2}, numbers(some.features()));
    assertArrayEquals(new int[] {0, 1, 0}, labels(some));
  }

  @Test
  void picksRowsInTheOrderGiven() {
    Dataset some = numbered(5, 3).subset(4, 0, 4);

    assertArrayEquals(new int[] {4, 0, 4}, numbers(some.features()));
    assertArrayEquals(new int[] {1, 0, 1}, labels(some));
  }

  @Test
  void keepsItsLabelsWhenTheCallersArrayChanges() {
    int[] labels = {0, 1, 1};
    Dataset data = Dataset.of(THREE, labels, 2);

    labels[0] = 1;
    labels(data)[1] = 0;

    assertArrayEquals(new int[] {0, 1, 1}, labels(data));
  }

  @Property(tries = 200)
  void splitsEveryClassByItsShare(
      @ForAll @IntRange(min = 10, max = 200) int n,
      @ForAll @IntRange(min = 1, max = 5) int classes,
      @ForAll @IntRange(min = 30, max = 70) int percent,
      @ForAll long seed) {
    Dataset data = numbered(n, classes);
    double share = percent / 100.0;

    Split split = data.split(share, RandomKey.of(seed));

    int[] train = numbers(split.train().features());
    int[] validation = numbers(split.validation().features());
    int[] all = IntStream.concat(Arrays.stream(train), Arrays.stream(validation)).toArray();
    Arrays.sort(all);
    assertArrayEquals(IntStream.range(0, n).toArray(), all, "every row once");
    assertArrayEquals(Arrays.stream(train).sorted().toArray(), train, "order kept");
    int[] counts = assertInstanceOf(Labels.class, data.targets()).counts();
    int[] aside = assertInstanceOf(Labels.class, split.validation().targets()).counts();
    for (int c = 0; c < classes; c++) {
      assertEquals(Math.round(share * counts[c]), aside[c]);
    }
    for (int i = 0; i < train.length; i++) {
      assertEquals(train[i] % classes, labels(split.train())[i], "label stays with its row");
    }
  }

  @Test
  void splitsTheSameWayForTheSameKeyOnly() {
    Dataset data = numbered(100, 4);

    int[] first = numbers(data.split(0.5, RandomKey.of(1)).train().features());

    assertArrayEquals(first, numbers(data.split(0.5, RandomKey.of(1)).train().features()));
    // Equal by chance for one key in binomial(25, 13)^4, about 10^26.
    assertFalse(Arrays.equals(first, numbers(data.split(0.5, RandomKey.of(2)).train().features())));
  }

  @Test
  void splitsValuesToo() {
    Tensor features = numbered(10, 1).features();
    Dataset data = Dataset.of(features, new Values(features));

    Split split = data.split(0.3, RandomKey.of(5));

    assertEquals(3, split.validation().size());
    Values values = assertInstanceOf(Values.class, split.train().targets());
    assertTrue(split.train().features().bitEquals(values.matrix()));
  }

  @Test
  void standardizesEachFeature() {
    Dataset train =
        Dataset.of(Tensor.matrix(new float[][] {{1, 10, 7}, {3, 30, 7}}), new int[2], 1);

    Standardization learned = Standardization.perFeature(train);

    assertArrayEquals(new float[] {2, 20, 7}, learned.mean().toArray());
    assertArrayEquals(new float[] {1, 10, 1}, learned.deviation().toArray());
    assertArrayEquals(new float[] {-1, -1, 0, 1, 1, 0}, learned.apply(train).features().toArray());
  }

  @Test
  void standardizesAllFeaturesAlike() {
    Dataset train = Dataset.of(Tensor.matrix(new float[][] {{0, 4}, {4, 0}}), new int[2], 1);
    Dataset validation = Dataset.of(Tensor.matrix(new float[][] {{2, 8}}), new int[1], 1);

    Split split = new Split(train, validation).standardized();

    assertArrayEquals(new float[] {-1, 1, 1, -1}, split.train().features().toArray());
    assertArrayEquals(new float[] {0, 3}, split.validation().features().toArray());
    assertArrayEquals(new float[] {0, 4, 4, 0}, train.features().toArray(), "source unchanged");
  }

  @Test
  void pairsImagesWithLabels() throws IOException {
    Idx images = idx("images", IdxFiles.unsignedBytes(new int[] {2, 1, 2}, 0, 255, 51, 102));
    Idx labels = idx("labels", IdxFiles.unsignedBytes(new int[] {2}, 1, 0));

    Dataset data = Dataset.ofIdx(images, labels, 2);

    assertTrue(
        data.features().bitEquals(Tensor.matrix(new float[][] {{0, 1}, {51 / 255f, 102 / 255f}})));
    assertArrayEquals(new int[] {1, 0}, labels(data));
  }

  @Test
  void rejectsImagesWithoutTheirLabels() throws IOException {
    Idx images = idx("images", IdxFiles.unsignedBytes(new int[] {2, 1}, 1, 2));
    Idx labels = idx("labels", IdxFiles.unsignedBytes(new int[] {3}, 1, 0, 1));

    DataException thrown =
        assertThrows(DataException.class, () -> Dataset.ofIdx(images, labels, 2));

    assertEquals(
        "dataset: [n, ...] images and [n] labels are needed, but got [2, 1] in images and [3] in"
            + " labels; pass files of one set",
        thrown.getMessage());
  }

  @Test
  void namesTheFilesWhoseContentsAreWrong() throws IOException {
    Idx images = idx("images", IdxFiles.unsignedBytes(new int[] {1, 1}, 1));
    Idx labels = idx("labels", IdxFiles.unsignedBytes(new int[] {1}, 9));

    DataException thrown =
        assertThrows(DataException.class, () -> Dataset.ofIdx(images, labels, 2));

    assertEquals(
        "labels: a label must lie in 0..1, but got 9 at row 0; correct it or pass more classes"
            + " (files images and labels)",
        thrown.getMessage());
  }

  private static Idx idx(String name, byte[] bytes) throws IOException {
    return Idx.read(name, new ByteArrayInputStream(bytes));
  }

  private static int[] labels(Dataset data) {
    return assertInstanceOf(Labels.class, data.targets()).toArray();
  }
}
