package dev.incipit.nn.data;

/**
 * A data set in two parts.
 *
 * @param train rows to learn from
 * @param validation rows held out
 */
public record Split(Dataset train, Dataset validation) {

  /**
   * Pair two parts.
   *
   * @throws DataException if their features or targets differ in width
   */
  public Split {
    if (train.width() != validation.width()
        || train.targets().width() != validation.targets().width()) {
      throw new DataException(
          ("split: both parts must have equal widths, but got %d features, %d targets"
                  + " and %d features, %d targets; pass parts of one set")
              .formatted(
                  train.width(),
                  train.targets().width(),
                  validation.width(),
                  validation.targets().width()));
    }
  }

  /** Return both parts standardized by the overall mean and deviation of the training part. */
  public Split standardized() {
    Standardization standardization = Standardization.overall(train);
    return new Split(standardization.apply(train), standardization.apply(validation));
  }
}
