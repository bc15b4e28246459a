package dev.incipit.core.autograd;

import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The computation of a variable, ready to be repeated.
 *
 * <p>Write new numbers into the tensors of its constants and parameters, then call {@link
 * #forward()} and, for a loss, {@link #backward()}: both use the tensors they used before and
 * allocate nothing. Gradients of intermediate results share memory as soon as one is no longer
 * needed.
 */
public final class Graph {

  /** One operation of the forward pass. */
  private record Forward(Op op, List<Tensor> inputs, Tensor output) {}

  /** How gradients of an operation's inputs follow from that of its output: see {@link Op}. */
  private interface Derivative {
    void compute(
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        List<@Nullable Tensor> inputGradients,
        Share share);
  }

  /** One operation of the backward pass, and the sums of gradients that follow it. */
  private record Backward(
      Derivative derivative,
      List<Tensor> inputs,
      Tensor output,
      Tensor outputGradient,
      List<@Nullable Tensor> inputGradients,
      List<Addition> additions) {}

  /** A further contribution to the gradient of a variable that is used more than once. */
  private record Addition(Tensor contribution, Tensor gradient) {}

  /** Multiplications in the largest operation below which barriers cost more than threads gain. */
  private static final long LEAST = 1L << 18;

  private final Variable result;
  private final TeamChoice team;
  private final List<Forward> forward = new ArrayList<>();
  private final List<Backward> backward = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private final @Nullable Tensor seed;

  // Kept as fields: a method reference made anew for each step would be garbage.
  private final Workers.Task forwardTask = this::runForward;
  private final Workers.Task backwardTask = this::runBackward;

  private Graph(Variable result) {
    this.result = result;
    List<Variable> order = order(result);
    for (Variable variable : order) {
      Op op = variable.op();
      if (op != null) {
        forward.add(new Forward(op, values(variable), variable.value()));
      } else if (variable instanceof Parameter parameter) {
        parameters.add(parameter);
      }
    }
    boolean isLarge = forward.stream().anyMatch(step -> multiplications(step) >= LEAST);
    team = new TeamChoice(isLarge, System::nanoTime);
    boolean isLoss = result.value().size() == 1 && result.isDifferentiable() && result.op() != null;
    seed = isLoss ? Tensor.zeros(result.shape()) : null;
    if (seed != null) {
      new Plan(seed, order).backward(order);
    }
  }

  /**
   * Collect the computation that led to a variable.
   *
   * @param result the variable, such as a loss
   * @return its graph
   */
  public static Graph of(Variable result) {
    return new Graph(result);
  }

  /** Return the variable whose computation this is. */
  public Variable result() {
    return result;
  }

  /** Return the parameters that take part, in the order in which the computation meets them. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Compute everything again from the present values of constants and parameters. */
  public void forward() {
    team.next();
    team.run(forwardTask);
  }

  /**
   * Compute the gradient of every parameter, from the values of the last forward pass.
   *
   * @throws IllegalArgumentException if the result is not a single number, or has no parameter
   */
  public void backward() {
    if (seed == null) {
      throw new IllegalArgumentException(
          "backward: the result must be a single number computed from a parameter, but got shape "
              + result.shape()
              + (result.isDifferentiable() ? "" : " without a parameter")
              + "; reduce it with sum() or mean()");
    }
    team.run(backwardTask);
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).gradientBy(team);
    }
  }

  /** Estimate an operation: a product by its size, anything else as some ten for each number. */
  private static long multiplications(Forward step) {
    long inner =
        step.op instanceof Dense || step.op instanceof MatMul ? step.inputs.get(0).extent(1) : 10;
    return inner * step.output.size();
  }

  private void runForward(Share share) {
    for (int i = 0; i < forward.size(); i++) {
      Forward step = forward.get(i);
      step.op.forward(step.inputs, step.output, share);
      share.await();
    }
  }

  private void runBackward(Share share) {
    if (share.isFirst() && seed != null) {
      seed.fill(1f);
    }
    share.await();
    for (int i = 0; i < backward.size(); i++) {
      Backward step = backward.get(i);
      step.derivative.compute(
          step.inputs, step.output, step.outputGradient, step.inputGradients, share);
      share.await();
      for (int j = 0; j < step.additions.size(); j++) {
        Addition sum = step.additions.get(j);
        Elementwise.binary(Binary.ADD, sum.gradient, sum.contribution, sum.gradient, share);
        share.await();
      }
    }
  }

  /** Return all variables that lead to one, each after its inputs. */
  static List<Variable> order(Variable result) {
    List<Variable> order = new ArrayList<>();
    IdentityHashMap<Variable, Boolean> done = new IdentityHashMap<>();
    Deque<Variable> open = new ArrayDeque<>();
    open.push(result);
    while (!open.isEmpty()) {
      Variable variable = open.peek();
      Boolean state = done.get(variable);
      if (state == null) {
        done.put(variable, false);
        for (Variable input : variable.inputs().reversed()) {
          if (!done.containsKey(input)) {
            open.push(input);
          }
        }
      } else {
        open.pop();
        if (!state) {
          done.put(variable, true);
          order.add(variable);
        }
      }
    }
    return order;
  }

  private static List<Tensor> values(Variable variable) {
    return variable.inputs().stream().map(Variable::value).toList();
  }

  /** Decides, once, which memory each gradient lives in. */
  private final class Plan {
    private final IdentityHashMap<Variable, Tensor> gradients = new IdentityHashMap<>();
    private final HashMap<Integer, Deque<float[]>> free = new HashMap<>();
    private final IdentityHashMap<Variable, Integer> uses = new IdentityHashMap<>();
    private final Set<Variable> sloped = Collections.newSetFromMap(new IdentityHashMap<>());

    Plan(Tensor seed, List<Variable> order) {
      gradients.put(result, seed);
      for (Variable variable : order) {
        variable.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
    }

    void backward(List<Variable> order) {
      for (Variable variable : order.reversed()) {
        Op op = variable.op();
        Tensor gradient = gradients.get(variable);
        if (op != null && gradient != null) {
          step(variable, op, gradient);
          if (variable != result) {
            release(gradient);
          }
        }
      }
    }

    private void step(Variable variable, Op op, Tensor gradient) {
      List<Variable> inputs = variable.inputs();
      @Nullable Tensor[] targets = new Tensor[inputs.size()];
      List<Addition> additions = new ArrayList<>();
      for (int i = 0; i < targets.length; i++) {
        Variable input = inputs.get(i);
        if (!input.isDifferentiable()) {
          continue;
        }
        Tensor first = gradients.get(input);
        Tensor target =
            first == null && input instanceof Parameter p ? p.gradient() : obtain(input);
        if (first == null) {
          gradients.put(input, target);
        } else {
          additions.add(new Addition(target, first));
        }
        targets[i] = target;
      }
      backward.add(
          new Backward(
              derivative(variable, op),
              values(variable),
              variable.value(),
              gradient,
              Arrays.asList(targets),
              List.copyOf(additions)));
      additions.forEach(addition -> release(addition.contribution));
    }

    /** Of two dense layers in a chain, the upper one applies the slope of the lower one. */
    private Derivative derivative(Variable variable, Op op) {
      if (!(op instanceof Dense dense)) {
        return op::backward;
      }
      Variable x = variable.inputs().get(0);
      boolean isUsedHereAlone = uses.getOrDefault(x, 0) == 1;
      Dense below = isUsedHereAlone && x.op() instanceof Dense lower ? lower : null;
      if (below != null) {
        sloped.add(x);
      }
      boolean slopeIsApplied = sloped.contains(variable);
      return (List<Tensor> inputs,
          Tensor output,
          Tensor outputGradient,
          List<@Nullable Tensor> inputGradients,
          Share share) -> {
        if (!slopeIsApplied) {
          dense.applySlope(output, outputGradient, share);
        }
        dense.gradients(inputs, outputGradient, inputGradients, below, share);
      };
    }

    private Tensor obtain(Variable input) {
      Deque<float[]> arrays = free.get(input.value().size());
      float[] array =
          arrays == null || arrays.isEmpty() ? new float[input.value().size()] : arrays.pop();
      return Tensor.wrap(input.shape(), array, 0);
    }

    private void release(Tensor gradient) {
      free.computeIfAbsent(gradient.size(), size -> new ArrayDeque<>()).push(gradient.array());
    }
  }
}
