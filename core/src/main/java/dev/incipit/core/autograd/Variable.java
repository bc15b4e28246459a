package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.ShapeMismatchException;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that remembers how it was computed.
 *
 * <p>Arithmetic on variables computes at once and records what it did; {@link #backward()} then
 * gives every {@link Parameter} its gradient:
 *
 * <pre>{@code
 * Parameter w = new Parameter("w", Tensor.vector(1f, 2f, 3f));
 * Variable loss = w.mul(w).sum();
 * loss.backward();
 * w.gradient();   // 2w
 * }</pre>
 *
 * <p>To repeat the same computation on new numbers without allocating, see {@link Graph}.
 */
public sealed class Variable permits Parameter {

  private final Tensor value;
  private final @Nullable Op op;
  private final List<Variable> inputs;
  private final boolean differentiable;

  private Variable(Tensor value, @Nullable Op op, List<Variable> inputs, boolean differentiable) {
    this.value = value;
    this.op = op;
    this.inputs = inputs;
    this.differentiable = differentiable;
  }

  /** Create a variable with no origin, that gradients flow to. */
  Variable(Tensor value) {
    this(value, null, List.of(), true);
  }

  /**
   * Create a variable that gets no gradient.
   *
   * @param value its value, shared
   * @return the variable
   */
  public static Variable constant(Tensor value) {
    return new Variable(value, null, List.of(), false);
  }

  /**
   * Apply an operation.
   *
   * @param op the operation
   * @param inputs its inputs
   * @return a new variable that holds the output
   */
  public static Variable apply(Op op, Variable... inputs) {
    List<Variable> from = List.of(inputs);
    Tensor output = Tensor.zeros(op.outputShape(from.stream().map(Variable::shape).toList()));
    List<Tensor> values = from.stream().map(Variable::value).toList();
    Workers.run(share -> op.forward(values, output, share));
    return new Variable(output, op, from, from.stream().anyMatch(Variable::isDifferentiable));
  }

  /** Return the value, shared. */
  public final Tensor value() {
    return value;
  }

  /** Return the value's shape. */
  public final Shape shape() {
    return value.shape();
  }

  /** Return the operation that computed this, or null for constants and parameters. */
  public final @Nullable Op op() {
    return op;
  }

  /** Return what the operation computed this from. */
  public final List<Variable> inputs() {
    return inputs;
  }

  /** Return whether a parameter takes part in this variable's value. */
  public final boolean isDifferentiable() {
    return differentiable;
  }

  /**
   * Return the same computation upon other variables.
   *
   * <p>Nothing is computed again: the result shares every tensor with this. So a parameter may be
   * held constant in a part of a network, by {@code Map.of(w, Variable.constant(w.value()))}.
   *
   * @param replacements for each variable to replace, the one that takes its place
   * @return this variable if none of them takes part in it
   * @throws IllegalArgumentException if a variable and its replacement do not share their tensor
   */
  public final Variable replacing(java.util.Map<Variable, Variable> replacements) {
    return Replacement.in(this, replacements);
  }

  /** Return the same operation's variable upon other inputs of the same values. */
  Variable withInputs(List<Variable> others) {
    return new Variable(value, op, others, others.stream().anyMatch(Variable::isDifferentiable));
  }

  /**
   * Compute the gradient of this number with respect to every parameter that takes part in it.
   *
   * @throws IllegalArgumentException if this is not a single number, or no parameter takes part
   */
  public final void backward() {
    Graph.of(this).backward();
  }

  /** Return {@code this + other}, broadcast. */
  public final Variable add(Variable other) {
    return apply(new Arithmetic(Binary.ADD), this, other);
  }

  /** Return {@code this - other}, broadcast. */
  public final Variable sub(Variable other) {
    return apply(new Arithmetic(Binary.SUBTRACT), this, other);
  }

  /** Return {@code this * other} element by element, broadcast. */
  public final Variable mul(Variable other) {
    return apply(new Arithmetic(Binary.MULTIPLY), this, other);
  }

  /** Return {@code this / other} element by element, broadcast. */
  public final Variable div(Variable other) {
    return apply(new Arithmetic(Binary.DIVIDE), this, other);
  }

  /** Return {@code this + number}. */
  public final Variable add(float number) {
    return add(constant(Tensor.scalar(number)));
  }

  /** Return {@code this * number}. */
  public final Variable mul(float number) {
    return mul(constant(Tensor.scalar(number)));
  }

  /** Return the matrix product of this [m, k] and other [k, n]. */
  public final Variable matmul(Variable other) {
    return apply(new MatMul(), this, other);
  }

  /** Return {@code f} of every element, for a function without parameter. */
  public final Variable map(Unary f) {
    return apply(new Map(f, 0f), this);
  }

  /** Return {@code e^x} of every element. */
  public final Variable exp() {
    return map(Unary.EXP);
  }

  /** Return the natural logarithm of every element. */
  public final Variable log() {
    return map(Unary.LOG);
  }

  /** Return the hyperbolic tangent of every element. */
  public final Variable tanh() {
    return map(Unary.TANH);
  }

  /** Return {@code 1 / (1 + e^-x)} of every element. */
  public final Variable sigmoid() {
    return map(Unary.SIGMOID);
  }

  /** Return {@code max(x, 0)} of every element. */
  public final Variable relu() {
    return map(Unary.RELU);
  }

  /**
   * Return {@code x <= 0 ? slope x : x} of every element.
   *
   * @param slope slope for negative x, at least 0 and finite
   * @throws IllegalArgumentException if the slope is negative or not finite
   */
  public final Variable leakyRelu(float slope) {
    if (!(slope >= 0) || Float.isInfinite(slope)) {
      throw new IllegalArgumentException(
          "leakyRelu: slope must be finite and >= 0, but got " + slope + "; 0.01 is customary");
    }
    return apply(new Map(Unary.LEAKY_RELU, slope), this);
  }

  /**
   * Return {@code x <= 0 ? slope x : x} of every element, differentiable in the slope too.
   *
   * @param slope one number of any sign
   * @throws ShapeMismatchException if the slope is not one number
   */
  public final Variable prelu(Variable slope) {
    return apply(new Prelu(), this, slope);
  }

  /** Return the sum of all elements. */
  public final Variable sum() {
    return apply(new Sum(), this);
  }

  /** Return the mean of all elements. */
  public final Variable mean() {
    return apply(new Mean(), this);
  }

  /** Return the same elements in another shape of equal size. */
  public final Variable reshape(int... extents) {
    return apply(new Reshape(Shape.of(extents)), this);
  }

  /** Return {@code exp(x) / sum exp(x)} along the innermost axis. */
  public final Variable softmax() {
    return apply(new Softmax(), this);
  }

  /**
   * Return the cross-entropy of these logits against targets, row by row.
   *
   * @param targets target distributions [rows, classes], each row summing to 1
   * @return losses [rows], in nats
   */
  public final Variable crossEntropy(Variable targets) {
    return apply(new CrossEntropy(), this, targets);
  }

  /**
   * Return the mean squared difference of this and targets.
   *
   * @param targets tensor of equal shape
   * @return a single number
   * @throws ShapeMismatchException if the shapes differ
   */
  public final Variable meanSquaredError(Variable targets) {
    if (!shape().equals(targets.shape())) {
      throw new ShapeMismatchException(
          "meanSquaredError: predictions and targets must have one shape, but got "
              + shape()
              + " and "
              + targets.shape()
              + "; reshape the targets");
    }
    return sub(targets).map(Unary.SQUARE).mean();
  }
}
