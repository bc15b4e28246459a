package dev.incipit.nn.data;

import java.util.Arrays;

/** Classes, numbered from 0; as a target row, one-hot. */
public final class Labels implements Targets {

  private final int classes;
  private final int[] labels;

  private Labels(int classes, int[] labels) {
    this.classes = classes;
    this.labels = labels;
  }

  /**
   * Create labels.
   *
   * @param classes number of classes
   * @param labels class of each row, copied
   * @return the labels
   * @throws IllegalArgumentException if there are no classes
   * @throws DataException if a label is no class
   */
  public static Labels of(int classes, int... labels) {
    if (classes < 1) {
      throw new IllegalArgumentException(
          "labels: there must be a class, but got " + classes + "; pass the number of classes");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new DataException(
            ("labels: a label must lie in 0..%d, but got %d at row %d;"
                    + " correct it or pass more classes")
                .formatted(classes - 1, labels[i], i));
      }
    }
    return new Labels(classes, labels.clone());
  }

  /** Return the number of classes, used or not. */
  public int classes() {
    return classes;
  }

  /** Return the class of a row. */
  public int get(int index) {
    return labels[index];
  }

  /** Return a new array of all classes in row order. */
  public int[] toArray() {
    return labels.clone();
  }

  /** Return how many rows each class has. */
  public int[] counts() {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int width() {
    return classes;
  }

  @Override
  public void copyRow(int index, float[] row, int offset) {
    Arrays.fill(row, offset, offset + classes, 0);
    row[offset + labels[index]] = 1;
  }

  @Override
  public Labels rows(int from, int to) {
    return new Labels(classes, Arrays.copyOfRange(labels, from, to));
  }

  @Override
  public Labels subset(int... indices) {
    return new Labels(classes, Arrays.stream(indices).map(i -> labels[i]).toArray());
  }
}
