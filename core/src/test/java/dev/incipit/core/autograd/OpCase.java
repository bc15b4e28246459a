package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One row of the table of operations: an operation, where to try it, and its formula in double.
 *
 * @param op the operation
 * @param points value of each input, away from where the operation is not smooth
 * @param constants number of inputs, the last ones, that get no gradient
 * @param formula the operation written once more, in double
 * @param roundings roundings on the longest way from an input to a result, in half units in the
 *     last place, forward or backward; a sum of n terms counts n
 * @param magnitude bound of every number on that way, and of the sum of a sum's absolute terms
 */
record OpCase(
    Op op, List<Tensor> points, int constants, Formula formula, int roundings, double magnitude) {

  /** An operation on the elements of its inputs, in row-major order. */
  interface Formula {
    double[] of(double[][] inputs);
  }

  /** Half a unit in the last place of 1, in float. */
  private static final double HALF_ULP = 0x1p-24;

  /** Every operation with every constant; OpTests fails if one is missing. */
  static final List<OpCase> TABLE = table();

  /** Return how far float may be from double, forward or backward. */
  double tolerance() {
    return roundings * magnitude * HALF_ULP;
  }

  @Override
  public String toString() {
    return kind(op) + " " + points.stream().map(Tensor::shape).toList();
  }

  /** Name what a row stands for: a record, and the constant it was made with. */
  static String kind(Op op) {
    return switch (op) {
      case Arithmetic arithmetic -> "Arithmetic " + arithmetic.operation();
      case Map map -> "Map " + map.function();
      case Dense dense -> "Dense " + dense.function();
      case CustomOp _ -> "CustomOp";
      case CrossEntropy _, MatMul _, Mean _, Reshape _, Softmax _, Sum _ ->
          op.getClass().getSimpleName();
    };
  }

  private static List<OpCase> table() {
    List<OpCase> table = new ArrayList<>();
    for (Binary operation : Binary.values()) {
      arithmetic(table, operation);
    }
    for (Unary function : Unary.values()) {
      map(table, function);
      if (function.gradientAtOutput()) {
        dense(table, function);
      }
    }
    rows(table);
    reductions(table);
    matmul(table);
    reshapes(table);
    table.add(
        new OpCase(
            new Cube(), List.of(mixed("cube", Shape.of(2, 3))), 0, OpCase::cube, 5, 3 * 1.25 * 2));
    return List.copyOf(table);
  }

  // Sums of a stretched operand's gradient have at most 12 terms, each at most 2 * 1.5 / 0.75^2.
  private static void arithmetic(List<OpCase> table, Binary operation) {
    int[][][] pairs = {
      {{3, 4}, {3, 4}},
      {{5}, {5}},
      {{4}, {3, 4}},
      {{3, 4}, {1, 4}},
      {{3, 1}, {3, 4}},
      {{3, 4}, {3, 1}},
      {{3, 1}, {1, 4}},
      {{4}, {3, 1}},
      {{}, {2, 3}},
      {{2, 3}, {}},
      {{}, {}},
      {{1}, {5}},
      {{1, 1}, {1}},
      {{2, 1, 3}, {4, 1}},
      {{2, 3, 2}, {3, 1}},
      {{0, 3}, {1, 3}},
    };
    for (int[][] pair : pairs) {
      Shape left = Shape.of(pair[0]);
      Shape right = Shape.of(pair[1]);
      table.add(
          new OpCase(
              new Arithmetic(operation),
              List.of(positive("left", left), positive("right", right)),
              0,
              inputs -> arithmetic(operation, inputs, left, right),
              16,
              12 * 6));
    }
  }

  private static double[] arithmetic(Binary operation, double[][] inputs, Shape left, Shape right) {
    Shape shape = Shape.broadcast("test", left, right);
    double[] z = new double[shape.size()];
    for (int i = 0; i < z.length; i++) {
      double x = inputs[0][source(i, shape, left)];
      double y = inputs[1][source(i, shape, right)];
      z[i] =
          switch (operation) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
          };
    }
    return z;
  }

  /** Return which element of an operand the given element of the broadcast result comes from. */
  private static int source(int element, Shape shape, Shape operand) {
    int from = 0;
    int stride = 1;
    int rest = element;
    for (int fromEnd = 1; fromEnd <= operand.rank(); fromEnd++) {
      int extent = operand.extent(-fromEnd);
      from += rest % shape.extent(-fromEnd) % extent * stride;
      stride *= extent;
      rest /= shape.extent(-fromEnd);
    }
    return from;
  }

  private static void map(List<OpCase> table, Unary function) {
    boolean positive = function == Unary.LOG || function == Unary.SQRT;
    for (Shape shape : List.of(Shape.of(), Shape.of(0), Shape.of(37), Shape.of(3, 2, 5))) {
      Tensor x = positive ? positive("x", shape) : mixed("x", shape);
      // Functions are within 2 units in the last place; slopes are below 3.5, as e^1.25 is.
      table.add(
          new OpCase(
              new Map(function, slope(function)),
              List.of(x),
              0,
              inputs -> Arrays.stream(inputs[0]).map(v -> value(function, v)).toArray(),
              4 + 3,
              3.5 * 1.5));
    }
  }

  private static float slope(Unary function) {
    return function == Unary.LEAKY_RELU ? 0.25f : 0f;
  }

  private static double value(Unary function, double x) {
    return switch (function) {
      case IDENTITY -> x;
      case ABS -> Math.abs(x);
      case SQUARE -> x * x;
      case SQRT -> Math.sqrt(x);
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case RELU -> Math.max(x, 0);
      case LEAKY_RELU -> x <= 0 ? 0.25 * x : x;
    };
  }

  private static void dense(List<OpCase> table, Unary function) {
    for (int[] size : new int[][] {{1, 1, 1}, {3, 4, 5}, {4, 2, 7}, {2, 19, 3}}) {
      int rows = size[0];
      int in = size[1];
      int out = size[2];
      Formula product = inputs -> plusRows(product(inputs, rows, in, out), inputs[2]);
      Formula formula =
          inputs -> Arrays.stream(product.of(inputs)).map(v -> value(function, v)).toArray();
      List<Tensor> points = densePoints(function, product, rows, in, out);
      // |xW + b| <= in * 1.25 * 1.25 / in + 3, and an exponential of it below 100.
      double magnitude = function == Unary.EXP ? 100 * 1.5 * 7 * 1.25 : 1.5 * 1.25 * 19;
      table.add(
          new OpCase(new Dense(function, slope(function)), points, 0, formula, 19 + 9, magnitude));
    }
  }

  /** Draw until the function is smooth around every {@code x W + b}. */
  private static List<Tensor> densePoints(
      Unary function, Formula product, int rows, int in, int out) {
    for (int attempt = 0; ; attempt++) {
      Tensor w = mixed("w" + attempt, Shape.of(in, out)).mul(1f / in);
      Tensor bias = mixed("b" + attempt, Shape.of(out));
      if (function == Unary.SQRT) {
        bias = positive("b" + attempt, Shape.of(out)).add(1.5f);
      }
      List<Tensor> points = List.of(mixed("x" + attempt, Shape.of(rows, in)), w, bias);
      double[] sums = product.of(doubles(points));
      double least = function == Unary.SQRT ? 0.5 : 0.03;
      if (Arrays.stream(sums).allMatch(z -> (function == Unary.SQRT ? z : Math.abs(z)) > least)) {
        return points;
      }
    }
  }

  private static double[] plusRows(double[] matrix, double[] row) {
    double[] sum = matrix.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += row[i % row.length];
    }
    return sum;
  }

  private static void rows(List<OpCase> table) {
    for (int[] extents : new int[][] {{1, 1}, {2, 3}, {3, 10}, {4, 37}}) {
      int classes = extents[1];
      Tensor x = mixed("logits", Shape.of(extents));
      Tensor targets = mixed("targets", Shape.of(extents)).softmax();
      // A logarithm of a sum of up to 37 terms below 3.5, and as many products with targets.
      table.add(
          new OpCase(
              new CrossEntropy(),
              List.of(x, targets),
              1,
              inputs -> crossEntropy(inputs[0], inputs[1], classes),
              37 + 16,
              6));
      table.add(softmax(x, classes));
    }
    table.add(softmax(mixed("vector", Shape.of(5)), 5));
    table.add(softmax(mixed("cube", Shape.of(2, 3, 4)), 4));
    table.add(softmax(mixed("none", Shape.of(0, 4)), 4));
  }

  private static OpCase softmax(Tensor x, int classes) {
    // Probabilities are below 1; a row's sum of gradient times probability is below 1.5.
    return new OpCase(
        new Softmax(), List.of(x), 0, inputs -> softmax(inputs[0], classes), 37 + 16, 1.5 + 1.5);
  }

  private static double[] softmax(double[] x, int classes) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.exp(x[i] - logSumExp(x, i / classes, classes));
    }
    return y;
  }

  private static double[] crossEntropy(double[] x, double[] targets, int classes) {
    double[] losses = new double[x.length / classes];
    for (int i = 0; i < x.length; i++) {
      losses[i / classes] += targets[i] * (logSumExp(x, i / classes, classes) - x[i]);
    }
    return losses;
  }

  private static double logSumExp(double[] x, int row, int classes) {
    return Math.log(Arrays.stream(x, row * classes, (row + 1) * classes).map(Math::exp).sum());
  }

  private static void reductions(List<OpCase> table) {
    for (Shape shape : List.of(Shape.of(), Shape.of(1), Shape.of(131), Shape.of(3, 5, 2))) {
      Tensor x = mixed("terms", shape);
      // The 64 lanes hold up to 3 terms each, and the tree over them adds 6 more.
      int roundings = 3 + 6 + 2;
      table.add(new OpCase(new Sum(), List.of(x), 0, OpCase::sum, roundings, 131 * 1.25));
      table.add(
          new OpCase(
              new Mean(),
              List.of(x),
              0,
              inputs -> new double[] {sum(inputs)[0] / inputs[0].length},
              roundings,
              1.5));
    }
    table.add(new OpCase(new Sum(), List.of(Tensor.zeros(0)), 0, inputs -> new double[1], 1, 1));
  }

  private static double[] sum(double[][] inputs) {
    return new double[] {Arrays.stream(inputs[0]).sum()};
  }

  private static void matmul(List<OpCase> table) {
    for (int[] size : new int[][] {{1, 1, 1}, {2, 3, 4}, {5, 1, 3}, {3, 17, 18}, {13, 6, 33}}) {
      table.add(
          new OpCase(
              new MatMul(),
              List.of(
                  mixed("a", Shape.of(size[0], size[1])), mixed("b", Shape.of(size[1], size[2]))),
              0,
              inputs -> product(inputs, size[0], size[1], size[2]),
              33 + 2,
              33 * 1.5 * 1.25));
    }
  }

  private static double[] product(double[][] inputs, int m, int k, int n) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int l = 0; l < k; l++) {
          c[i * n + j] += inputs[0][i * k + l] * inputs[1][l * n + j];
        }
      }
    }
    return c;
  }

  private static void reshapes(List<OpCase> table) {
    for (Shape shape : List.of(Shape.of(12), Shape.of(4, 3), Shape.of(2, 3, 2))) {
      Tensor x = mixed("reshaped", Shape.of(3, 4));
      table.add(new OpCase(new Reshape(shape), List.of(x), 0, inputs -> inputs[0], 2, 1.5));
    }
    table.add(
        new OpCase(
            new Reshape(Shape.of()),
            List.of(mixed("one", Shape.of(1, 1))),
            0,
            inputs -> inputs[0],
            2,
            1.5));
  }

  private static double[] cube(double[][] inputs) {
    return Arrays.stream(inputs[0]).map(x -> x * x * x).toArray();
  }

  /** Draw numbers of size 0.25 to 1.25 and of either sign: none near the kinks at 0. */
  private static Tensor mixed(String name, Shape shape) {
    Tensor result = Tensor.zeros(shape);
    RandomKey.of(3).split(name).fillUniform(result, -1, 1);
    for (int i = 0; i < result.size(); i++) {
      result.array()[i] += Math.copySign(0.25f, result.array()[i]);
    }
    return result;
  }

  /** Draw numbers of 0.75 to 2. */
  private static Tensor positive(String name, Shape shape) {
    Tensor result = Tensor.zeros(shape);
    RandomKey.of(4).split(name.toLowerCase(Locale.ROOT)).fillUniform(result, 0.75f, 2);
    return result;
  }

  /** Return the numbers of each tensor. */
  static double[][] doubles(List<Tensor> tensors) {
    double[][] numbers = new double[tensors.size()][];
    for (int i = 0; i < numbers.length; i++) {
      float[] array = tensors.get(i).toArray();
      numbers[i] = new double[array.length];
      for (int j = 0; j < array.length; j++) {
        numbers[i][j] = array[j];
      }
    }
    return numbers;
  }
}
