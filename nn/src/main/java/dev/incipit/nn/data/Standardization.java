package dev.incipit.nn.data;

import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;

/**
 * Subtracts a mean and divides by a deviation: learned on training data, applied to all data.
 *
 * <p>A feature that is constant in the training data only loses its mean. Sums run in double and in
 * row order, so the same data gives the same bits everywhere.
 */
public final class Standardization {

  private final float[] mean;
  private final float[] deviation;

  private Standardization(float[] mean, float[] deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Learn mean and deviation of every feature: the choice for tables.
   *
   * @param train training data
   */
  public static Standardization perFeature(Dataset train) {
    return learn(train.features(), train.width());
  }

  /**
   * Learn one mean and one deviation over all features: the choice for images, whose pixels share a
   * scale and whose corners hardly vary.
   *
   * @param train training data
   */
  public static Standardization overall(Dataset train) {
    return learn(train.features(), 1);
  }

  /**
   * Learn from numbers in row-major order, feature {@code i mod groups} of which belong together.
   */
  private static Standardization learn(Tensor features, int groups) {
    float[] x = features.array();
    int from = features.offset();
    int n = features.size();
    double count = (double) n / groups;
    double[] sums = new double[groups];
    for (int i = 0; i < n; i++) {
      sums[i % groups] += x[from + i];
    }
    double[] squares = new double[groups];
    for (int i = 0; i < n; i++) {
      double away = x[from + i] - sums[i % groups] / count;
      squares[i % groups] += away * away;
    }
    int width = features.extent(1);
    float[] mean = new float[width];
    float[] deviation = new float[width];
    for (int j = 0; j < width; j++) {
      mean[j] = (float) (sums[j % groups] / count);
      float root = (float) Math.sqrt(squares[j % groups] / count);
      deviation[j] = root > 0 ? root : 1;
    }
    return new Standardization(mean, deviation);
  }

  /** Return the mean of each feature, a new tensor [d]. */
  public Tensor mean() {
    return Tensor.vector(mean);
  }

  /** Return the deviation of each feature, 1 where it was constant, a new tensor [d]. */
  public Tensor deviation() {
    return Tensor.vector(deviation);
  }

  /**
   * Return a data set with the same targets and {@code (x - mean) / deviation} as features.
   *
   * @throws ShapeMismatchException if the data has another number of features
   */
  public Dataset apply(Dataset data) {
    return Dataset.of(apply(data.features()), data.targets());
  }

  /**
   * Return {@code (x - mean) / deviation} of features, a new tensor.
   *
   * @param features numbers [n, d]
   * @throws ShapeMismatchException if they have another width than the training data
   */
  public Tensor apply(Tensor features) {
    if (features.rank() != 2 || features.extent(1) != mean.length) {
      throw new ShapeMismatchException(
          ("standardize: features must have shape [n, %d], but got %s;"
                  + " pass data like that learned from")
              .formatted(mean.length, features.shape()));
    }
    float[] x = features.toArray();
    for (int i = 0; i < x.length; i++) {
      int j = i % mean.length;
      x[i] = (x[i] - mean[j]) / deviation[j];
    }
    return Tensor.wrap(features.shape(), x, 0);
  }
}
