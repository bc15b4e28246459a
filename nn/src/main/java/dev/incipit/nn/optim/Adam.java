package dev.incipit.nn.optim;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Tensor;
import java.util.List;

/**
 * Adaptive moment estimation.
 *
 * <p>With {@code g} the gradient plus {@code decay w}: {@code m = beta1 m + (1 - beta1) g}, {@code
 * v = beta2 v + (1 - beta2) g^2}, {@code w = w - rate m' / (sqrt(v') + epsilon)}, where {@code m' =
 * m / (1 - beta1^t)} and {@code v' = v / (1 - beta2^t)} at step t.
 *
 * @param rate learning rate, finite and at least 0
 * @param beta1 share of the mean kept from step to step, in [0, 1)
 * @param beta2 share of the squares' mean kept, in [0, 1)
 * @param epsilon added to the root, finite and above 0: a gradient of 0 divides by it alone
 * @param decay factor of the weights added to the gradient (L2 penalty), finite and at least 0
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015</a>
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, double decay)
    implements Optimizer {

  /**
   * Check the settings.
   *
   * @throws IllegalArgumentException if one lies outside its range
   */
  public Adam {
    Optimizer.requireFinite("adam", "rate", rate);
    Optimizer.requireShare("adam", "beta1", beta1);
    Optimizer.requireShare("adam", "beta2", beta2);
    Optimizer.requirePositive("adam", "epsilon", epsilon);
    Optimizer.requireFinite("adam", "decay", decay);
  }

  /** Return Adam with the authors' settings but for the rate. */
  public static Adam of(double rate) {
    return new Adam(rate, 0.9, 0.999, 1e-8, 0);
  }

  @Override
  public Update on(List<Parameter> parameters) {
    return new Moments(this, parameters);
  }

  /** The running means of gradients and of their squares. */
  private static final class Moments implements Update {
    private final Adam rule;
    private final List<Parameter> parameters;
    private final List<Tensor> first;
    private final List<Tensor> second;
    private final Workers.Task task = this::update;

    // Powers by repeated multiplication: Math.pow may differ between machines.
    private double power1 = 1;
    private double power2 = 1;

    Moments(Adam rule, List<Parameter> parameters) {
      this.rule = rule;
      this.parameters = List.copyOf(parameters);
      first = this.parameters.stream().map(p -> Tensor.zeros(p.shape())).toList();
      second = this.parameters.stream().map(p -> Tensor.zeros(p.shape())).toList();
    }

    @Override
    public void step() {
      power1 *= rule.beta1;
      power2 *= rule.beta2;
      Updates.run(task, parameters);
    }

    private void update(Share share) {
      float rate = (float) (rule.rate / (1 - power1));
      float correction = (float) (1 / Math.sqrt(1 - power2));
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        Elementwise.adamStep(
            rate,
            (float) rule.beta1,
            (float) rule.beta2,
            (float) rule.epsilon,
            correction,
            (float) rule.decay,
            parameter.gradient(),
            first.get(i),
            second.get(i),
            parameter.value(),
            share);
      }
    }
  }
}
