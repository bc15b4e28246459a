package dev.incipit.core.autograd;

import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Compare the gradient that autograd computes with finite differences.
 *
 * <p>For a function {@code f} of several tensors and a fixed irregular weighting {@code r} of its
 * outputs, {@code d(sum r f)/dx} is computed both ways. Differences are central, over a distance of
 * 2^-7 times max(1, |x|), and summed in double; with values near 1 their error is about 1e-4, from
 * the rounding of {@code f} in float and from its third derivative.
 *
 * @param worst largest {@code |analytic - numeric| / max(1, |analytic|, |numeric|)}
 * @param input number of the input where it is largest
 * @param element number of the element there
 * @param analytic gradient there, by autograd
 * @param numeric gradient there, by finite differences
 */
public record GradientCheck(double worst, int input, int element, double analytic, double numeric) {

  private static final float STEP = 0x1p-8f;

  /**
   * Check a function at a point.
   *
   * @param function function of one variable for each point, smooth within 1/100 of it
   * @param points value of each variable
   * @return where the two gradients differ most
   */
  public static GradientCheck of(
      Function<List<? extends Variable>, Variable> function, Tensor... points) {
    List<Parameter> inputs = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      inputs.add(new Parameter("input" + i, points[i].copy()));
    }
    Variable output = function.apply(inputs);
    Tensor weights = Tensor.zeros(output.shape());
    for (int j = 0; j < weights.size(); j++) {
      // Multiples of the golden ratio's fraction: all different, none near 0.
      weights.array()[j] = 0.5f + (float) (j * 0.6180339887498949 % 1);
    }
    Graph graph = Graph.of(output);
    output.mul(Variable.constant(weights)).sum().backward();
    GradientCheck worst = new GradientCheck(-1, 0, 0, 0, 0);
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i).value();
      for (int j = 0; j < x.size(); j++) {
        double analytic = inputs.get(i).gradient().array()[j];
        double numeric = difference(graph, weights, x.array(), j);
        double error =
            Math.abs(analytic - numeric)
                / Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
        // Written so that NaN counts as worst of all.
        if (!(error <= worst.worst)) {
          worst = new GradientCheck(error, i, j, analytic, numeric);
        }
      }
    }
    return worst;
  }

  private static double difference(Graph graph, Tensor weights, float[] x, int j) {
    float at = x[j];
    float step = STEP * Math.max(1f, Math.abs(at));
    x[j] = at + step;
    double distance = x[j];
    double above = weighted(graph, weights);
    x[j] = at - step;
    distance -= x[j];
    double below = weighted(graph, weights);
    x[j] = at;
    return (above - below) / distance;
  }

  private static double weighted(Graph graph, Tensor weights) {
    graph.forward();
    Tensor y = graph.result().value();
    double sum = 0;
    for (int i = 0; i < y.size(); i++) {
      sum += (double) weights.array()[i] * y.array()[y.offset() + i];
    }
    return sum;
  }

  /**
   * Fail if the gradients differ by more than a tolerance.
   *
   * @param tolerance largest relative difference to accept, such as 1e-3
   * @return this
   * @throws AssertionError if they differ by more, naming the place
   */
  public GradientCheck orElseThrow(double tolerance) {
    if (!(worst <= tolerance)) {
      throw new AssertionError(
          "gradient: autograd and finite differences must agree within "
              + tolerance
              + ", but input "
              + input
              + ", element "
              + element
              + " has "
              + analytic
              + " and "
              + numeric
              + "; check backward of the operation");
    }
    return this;
  }
}
