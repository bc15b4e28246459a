package dev.incipit.init;

import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * Numbers drawn, and how probable their moments are under a theory.
 *
 * <p>Each p-value is two-sided and computed in double from the floats. The last rounding to float
 * moves a moment by less than 1e-7 of itself, thousands of times less than the limits here.
 */
final class Sample {

  private final double[] values;
  private final Theory theory;
  private final double mean;
  private final double secondMoment;
  private final double fourthMoment;

  private Sample(double[] values, Theory theory) {
    this.values = values;
    this.theory = theory;
    mean = mean(values);
    double[] moments = evenMoments(values, mean);
    secondMoment = moments[0];
    fourthMoment = moments[1];
  }

  static Sample of(Tensor tensor, Theory theory) {
    float[] floats = tensor.toArray();
    double[] values = new double[floats.length];
    Arrays.setAll(values, i -> floats[i]);
    return new Sample(values, theory);
  }

  /** Return the p-value of the empirical distribution, by Kolmogorov and Smirnov. */
  double distributionP() {
    return KolmogorovSmirnovTest.withDefaults()
        .test(values, Table.distribution(theory)::cumulativeProbability)
        .getPValue();
  }

  /** Return the mean's p-value: normal, exactly so for normal numbers. */
  double meanP() {
    double error = mean - theory.mean();
    return normalP(error / theory.std() * Math.sqrt(values.length));
  }

  /**
   * Return the variance's p-value.
   *
   * <p>For normal numbers (n - 1) s^2 / variance is chi-squared exactly. Otherwise s^2 is taken for
   * normal, with variance (kurtosis - 1) / n: for uniform numbers and n = 4096 Edgeworth's next
   * term changes the tail at six deviations by a factor below 1.5, for truncated normals up to cut
   * 3 below 3.5.
   */
  double varianceP() {
    int n = values.length;
    double ratio = secondMoment * n / (n - 1.0) / theory.variance();
    if (theory instanceof Theory.Gaussian) {
      return p(ChiSquaredDistribution.of(n - 1.0), ratio * (n - 1));
    }
    return normalP((ratio - 1) * Math.sqrt(n / (theory.excessKurtosis().orElseThrow() + 2)));
  }

  /**
   * Return the excess kurtosis's p-value.
   *
   * <p>By the delta method m4 / m2^2 has variance (mu8 - mu4^2 - 4 mu4 (mu6 - mu4) + 4 mu4^2 (mu4 -
   * 1)) / n, with standardized moments 3, 15, 105 of the normal and 9/5, 27/7, 9 of the uniform
   * distribution: 24 / n and 1.317 / n. Those of truncated normals are held by
   * TruncatedNormalTests.
   */
  double kurtosisP() {
    double spread =
        switch (theory) {
          case Theory.Gaussian normal -> 24;
          case Theory.TruncatedGaussian normal -> kurtosisSpread(normal.cut());
          case Theory.Flat flat -> 1.317;
          case Theory.Point point -> throw new AssertionError(point + " has no kurtosis");
          case Theory.Moments moments ->
              throw new AssertionError(moments + " has no eighth moment");
        };
    double error = fourthMoment / (secondMoment * secondMoment) - 3;
    error -= theory.excessKurtosis().orElseThrow();
    return normalP(error * Math.sqrt(values.length / spread));
  }

  private static double kurtosisSpread(double cut) {
    double second = Truncation.moment(2, cut);
    double mu4 = Truncation.moment(4, cut) / Math.pow(second, 2);
    double mu6 = Truncation.moment(6, cut) / Math.pow(second, 3);
    double mu8 = Truncation.moment(8, cut) / Math.pow(second, 4);
    return mu8 - mu4 * mu4 - 4 * mu4 * (mu6 - mu4) + 4 * mu4 * mu4 * (mu4 - 1);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Return the mean of the squared distance from the mean, and of its square. */
  private static double[] evenMoments(double[] values, double mean) {
    double second = 0;
    double fourth = 0;
    for (double value : values) {
      double square = (value - mean) * (value - mean);
      second += square;
      fourth += square * square;
    }
    return new double[] {second / values.length, fourth / values.length};
  }

  private static double normalP(double z) {
    return p(NormalDistribution.of(0, 1), z);
  }

  private static double p(ContinuousDistribution distribution, double x) {
    return 2 * Math.min(distribution.cumulativeProbability(x), distribution.survivalProbability(x));
  }
}
