package dev.incipit.lab.experiment;

import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.CustomInitializer;
import dev.incipit.init.Fan;
import dev.incipit.init.Identity;
import dev.incipit.init.NguyenWidrow;
import dev.incipit.init.Normal;
import dev.incipit.init.Orthogonal;
import dev.incipit.init.Sparse;
import dev.incipit.init.Theory;
import dev.incipit.init.TruncatedNormal;
import dev.incipit.init.Uniform;
import dev.incipit.init.VarianceScaling;
import java.util.ArrayList;
import java.util.List;

/**
 * What every draw of a family must satisfy, not only most of them.
 *
 * @param name what is looked at
 * @param value what it is in the draw
 * @param limit the most it may be
 */
public record Rule(String name, double value, double limit) {

  /** Rounding of products of up to a few thousand floats, as a share of the gain's square. */
  private static final double GRAM = 1e-5;

  /** Rounding of a length, as a share of it. */
  private static final double LENGTH = 1e-6;

  /** Tell whether the draw keeps the rule; NaN does not. */
  public boolean holds() {
    return value <= limit;
  }

  /** Look at all rules of a draw's family. */
  static List<Rule> of(Draw draw) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("weights outside the support", outside(draw), 0));
    switch (draw.initializer()) {
      case Orthogonal(double gain) ->
          rules.add(
              new Rule(
                  "largest error of the Gram matrix, over gain^2",
                  gramError(draw.weights(), gain * gain),
                  GRAM));
      case Sparse(int k, double _) ->
          rules.add(new Rule("units without " + k + " incoming weights", unitsWithout(draw, k), 0));
      case NguyenWidrow family ->
          rules.add(
              new Rule(
                  "largest error of a unit's length, over length",
                  lengthError(draw.weights(), family.length(draw.shape())),
                  LENGTH));
      case Identity identity ->
          rules.add(new Rule("weights that are not the formula's", offDiagonal(draw, identity), 0));
      case Constant _, Normal _, TruncatedNormal _, Uniform _, VarianceScaling _ -> {}
      case CustomInitializer _ -> {}
    }
    return rules;
  }

  /** Count weights beyond the support rounded to float. */
  private static int outside(Draw draw) {
    Theory theory = draw.theory();
    int count = 0;
    for (float weight : draw.weights().array()) {
      count += weight >= (float) theory.low() && weight <= (float) theory.high() ? 0 : 1;
    }
    return count;
  }

  private static double gramError(Tensor weights, double square) {
    Tensor matrix = matrix(weights);
    boolean tall = matrix.extent(0) >= matrix.extent(1);
    Tensor turned = matrix.transpose();
    Tensor gram = tall ? turned.matmul(matrix) : matrix.matmul(turned);
    double largest = 0;
    for (int i = 0; i < gram.extent(0); i++) {
      for (int j = 0; j < gram.extent(1); j++) {
        largest = Math.max(largest, Math.abs(gram.get(i, j) / square - (i == j ? 1 : 0)));
      }
    }
    return largest;
  }

  private static int unitsWithout(Draw draw, int k) {
    Tensor matrix = matrix(draw.weights());
    int units = 0;
    for (int unit = 0; unit < matrix.extent(1); unit++) {
      int incoming = 0;
      for (int input = 0; input < matrix.extent(0); input++) {
        incoming += matrix.get(input, unit) == 0 ? 0 : 1;
      }
      units += incoming == k ? 0 : 1;
    }
    return units;
  }

  private static double lengthError(Tensor weights, double length) {
    Tensor matrix = matrix(weights);
    double largest = 0;
    for (int unit = 0; unit < matrix.extent(1); unit++) {
      double square = 0;
      for (int input = 0; input < matrix.extent(0); input++) {
        square += (double) matrix.get(input, unit) * matrix.get(input, unit);
      }
      largest = Math.max(largest, Math.abs(Math.sqrt(square) / length - 1));
    }
    return largest;
  }

  /** Count in the middle of the field, and whatever is not zero elsewhere. */
  private static int offDiagonal(Draw draw, Identity identity) {
    Tensor matrix = matrix(draw.weights());
    int inputs = draw.shape().extent(-2);
    int field = matrix.extent(0) / inputs;
    int middle = 0;
    for (int axis = 0; axis < draw.shape().rank() - 2; axis++) {
      int extent = draw.shape().extent(axis);
      middle = middle * extent + extent / 2;
    }
    int wrong = 0;
    for (int row = 0; row < field * inputs; row++) {
      for (int unit = 0; unit < matrix.extent(1); unit++) {
        boolean one = row / inputs == middle && unit == row % inputs + identity.shift();
        wrong += matrix.get(row, unit) == (one ? (float) identity.gain() : 0f) ? 0 : 1;
      }
    }
    return wrong;
  }

  /** Return the weights as [fanIn, units], receptive fields counted in. */
  private static Tensor matrix(Tensor weights) {
    int inputs = (int) Fan.of(weights.shape()).fanIn();
    return weights.reshape(inputs, weights.shape().extent(-1));
  }
}
