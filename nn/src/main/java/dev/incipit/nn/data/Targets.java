package dev.incipit.nn.data;

/** What a data set asks the network to predict, one entry a row. */
public sealed interface Targets permits Labels, Values {

  /** Return the number of entries. */
  int size();

  /** Return how many numbers one entry takes as a row of a target matrix. */
  int width();

  /**
   * Write one entry as a row of a target matrix.
   *
   * @param index which entry
   * @param row array to write {@link #width()} numbers into
   * @param offset index of the first
   */
  void copyRow(int index, float[] row, int offset);

  /**
   * Return a range of entries.
   *
   * @param from first index
   * @param to index after the last
   */
  Targets rows(int from, int to);

  /** Return chosen entries, in the order given. */
  Targets subset(int... indices);
}
