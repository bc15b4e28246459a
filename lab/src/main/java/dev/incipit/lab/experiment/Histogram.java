package dev.incipit.lab.experiment;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Counts of a marginal's weights in bins of equal width, with those that theory expects. */
public final class Histogram {

  private final double low;
  private final double width;
  private final int[] counts;
  private final int total;
  private final Optional<DoubleUnaryOperator> density;

  private Histogram(double low, double width, int[] counts, Marginal marginal) {
    this.low = low;
    this.width = width;
    this.counts = counts;
    this.total = marginal.count();
    this.density = marginal.density();
  }

  /**
   * Count weights from the least to the greatest; where all are equal, from 1 below to 1 above.
   *
   * @param marginal at least one weight
   * @param bins number of bins, at least 1
   */
  public static Histogram of(Marginal marginal, int bins) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : marginal.values()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low == high) {
      low -= 1;
      high += 1;
    }
    int[] counts = new int[bins];
    for (double value : marginal.values()) {
      counts[Math.min(bins - 1, (int) ((value - low) / (high - low) * bins))]++;
    }
    return new Histogram(low, (high - low) / bins, counts, marginal);
  }

  /** Return the number of bins. */
  public int bins() {
    return counts.length;
  }

  /** Return the lower edge of a bin; that of bin {@link #bins()} ends the last. */
  public double edge(int bin) {
    return low + bin * width;
  }

  /** Return the number of weights in a bin. */
  public int count(int bin) {
    return counts[bin];
  }

  /** Return the share of weights in a bin, divided by its width: an estimate of the density. */
  public double height(int bin) {
    return counts[bin] / (total * width);
  }

  /** Return the density by theory; empty if none is known. */
  public Optional<DoubleUnaryOperator> density() {
    return density;
  }

  /** Return the number of weights that theory expects in a bin, by the midpoint rule. */
  public Optional<Double> expected(int bin) {
    return density.map(f -> f.applyAsDouble(edge(bin) + 0.5 * width) * width * total);
  }
}
