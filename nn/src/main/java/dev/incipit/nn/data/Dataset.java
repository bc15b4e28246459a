package dev.incipit.nn.data;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Examples to learn from: a row of features and a target each.
 *
 * <p>A data set never changes; {@link #take}, {@link #subset}, {@link #split} and {@link
 * Standardization#apply(Dataset)} return others. Features are finite numbers, and there is at least
 * one row.
 */
public final class Dataset {

  private final Tensor features;
  private final Targets targets;

  private Dataset(Tensor features, Targets targets) {
    this.features = features;
    this.targets = targets;
  }

  /**
   * Create a data set.
   *
   * @param features numbers [n, d], shared with the caller, who must not write into them
   * @param targets n targets
   * @return the data set
   * @throws ShapeMismatchException if {@code features} is no matrix with rows and columns
   * @throws DataException if the counts differ, or a feature is not finite
   */
  public static Dataset of(Tensor features, Targets targets) {
    Matrices.requireMatrix("dataset", features);
    if (features.extent(0) != targets.size()) {
      throw new DataException(
          ("dataset: features and targets must be equally many, but got %d and %d;"
                  + " pass matching parts")
              .formatted(features.extent(0), targets.size()));
    }
    Matrices.requireFinite("dataset", features);
    return new Dataset(features, targets);
  }

  /**
   * Create a data set for classification.
   *
   * @param features numbers [n, d], shared with the caller, who must not write into them
   * @param labels n classes, counted from 0
   * @param classes number of classes
   * @return the data set
   * @throws ShapeMismatchException if {@code features} is no matrix with rows and columns
   * @throws DataException if the counts differ, a feature is not finite, or a label is no class
   */
  public static Dataset of(Tensor features, int[] labels, int classes) {
    return of(features, Labels.of(classes, labels));
  }

  /**
   * Create a data set for classification from a pair of IDX files.
   *
   * <p>Unsigned bytes are divided by 255 to lie in [0, 1]; an image becomes one row.
   *
   * @param images images [n, ...]
   * @param labels n classes, counted from 0
   * @param classes number of classes
   * @return the data set
   * @throws DataException if the files do not fit together, a number is not finite, or a label is
   *     no class
   */
  public static Dataset ofIdx(Idx images, Idx labels, int classes) {
    int n = images.shape().extent(0);
    if (labels.shape().rank() != 1 || labels.shape().extent(0) != n || images.shape().size() == 0) {
      throw new DataException(
          ("dataset: [n, ...] images and [n] labels are needed, but got %s in %s and %s in %s;"
                  + " pass files of one set")
              .formatted(images.shape(), images.name(), labels.shape(), labels.name()));
    }
    try {
      return of(images.toUnitTensor().reshape(n, -1), labels.toIntegers(), classes);
    } catch (DataException e) {
      throw new DataException(
          "%s (files %s and %s)".formatted(e.getMessage(), images.name(), labels.name()), e);
    }
  }

  /** Return the number of rows. */
  public int size() {
    return features.extent(0);
  }

  /** Return the number of features in a row. */
  public int width() {
    return features.extent(1);
  }

  /** Return the features [n, d], shared: to be read only. */
  public Tensor features() {
    return features;
  }

  /** Return the targets. */
  public Targets targets() {
    return targets;
  }

  /**
   * Return the first rows, without a copy of the features.
   *
   * @param count how many
   * @throws IllegalArgumentException if {@code count} is not in 1..size
   */
  public Dataset take(int count) {
    if (count < 1 || count > size()) {
      throw new IllegalArgumentException(
          "take: the count must lie in 1..%d, but got %d; ask for rows that exist"
              .formatted(size(), count));
    }
    return new Dataset(features.rows(0, count), targets.rows(0, count));
  }

  /**
   * Return chosen rows, copied, in the order given.
   *
   * @param indices rows, counted from 0; repetition is allowed
   * @throws IllegalArgumentException if there is none, or one does not exist
   */
  public Dataset subset(int... indices) {
    if (indices.length == 0 || Arrays.stream(indices).anyMatch(i -> i < 0 || i >= size())) {
      throw new IllegalArgumentException(
          ("subset: indices are needed, each in 0..%d, but got %d of them from %d to %d;"
                  + " ask for rows that exist")
              .formatted(
                  size() - 1,
                  indices.length,
                  Arrays.stream(indices).min().orElse(0),
                  Arrays.stream(indices).max().orElse(0)));
    }
    return new Dataset(Matrices.gather(features, indices), targets.subset(indices));
  }

  /**
   * Split at random into a training and a validation part, class by class where there are classes.
   *
   * <p>Each class gives the validation part its share, rounded to whole rows. Both parts keep the
   * order of this data set. A class's choice depends on the key and that class alone.
   *
   * @param validationShare share of the rows for validation, above 0 and below 1
   * @param key source of randomness: same key, same split
   * @return both parts
   * @throws IllegalArgumentException if the share is out of range, or leaves a part without rows
   */
  public Split split(double validationShare, RandomKey key) {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "split: the share must lie above 0 and below 1, but got "
              + validationShare
              + "; 0.2 sets a fifth aside");
    }
    boolean[] aside = new boolean[size()];
    for (int group = 0; group < groups(); group++) {
      int[] members = members(group);
      int[] order = new int[members.length];
      key.split(group).permutation(order);
      long count = Math.round(validationShare * members.length);
      for (int i = 0; i < count; i++) {
        aside[members[order[i]]] = true;
      }
    }
    int[] validation = rows(row -> aside[row]);
    if (validation.length == 0 || validation.length == size()) {
      throw new IllegalArgumentException(
          ("split: both parts must get a row, but got a share of %s of %d rows;"
                  + " change it or bring more data")
              .formatted(validationShare, size()));
    }
    return new Split(subset(rows(row -> !aside[row])), subset(validation));
  }

  private int groups() {
    return switch (targets) {
      case Labels labels -> labels.classes();
      case Values _ -> 1;
    };
  }

  private int[] members(int group) {
    return switch (targets) {
      case Labels labels -> rows(row -> labels.get(row) == group);
      case Values _ -> rows(row -> true);
    };
  }

  private int[] rows(IntPredicate chosen) {
    return IntStream.range(0, size()).filter(chosen).toArray();
  }
}
