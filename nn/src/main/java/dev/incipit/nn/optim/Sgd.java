package dev.incipit.nn.optim;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.tensor.Elementwise;
import dev.incipit.core.tensor.Tensor;
import java.util.List;

/**
 * Stochastic gradient descent with momentum and weight decay.
 *
 * <p>{@code v = momentum v + g + decay w}, {@code w = w - rate v}.
 *
 * @param rate learning rate, finite and at least 0
 * @param momentum share of the velocity kept from step to step, in [0, 1)
 * @param decay factor of the weights added to the gradient (L2 penalty), finite and at least 0
 */
public record Sgd(double rate, double momentum, double decay) implements Optimizer {

  /**
   * Check the settings.
   *
   * @throws IllegalArgumentException if one lies outside its range
   */
  public Sgd {
    Optimizer.requireFinite("sgd", "rate", rate);
    Optimizer.requireShare("sgd", "momentum", momentum);
    Optimizer.requireFinite("sgd", "decay", decay);
  }

  /** Return plain descent: no momentum, no decay. */
  public static Sgd of(double rate) {
    return new Sgd(rate, 0, 0);
  }

  /** Return descent with momentum, without decay. */
  public static Sgd of(double rate, double momentum) {
    return new Sgd(rate, momentum, 0);
  }

  @Override
  public Update on(List<Parameter> parameters) {
    List<Parameter> targets = List.copyOf(parameters);
    List<Tensor> velocities = targets.stream().map(p -> Tensor.zeros(p.shape())).toList();
    Workers.Task task =
        share -> {
          for (int i = 0; i < targets.size(); i++) {
            Parameter parameter = targets.get(i);
            Elementwise.momentumStep(
                (float) rate,
                (float) momentum,
                (float) decay,
                parameter.gradient(),
                velocities.get(i),
                parameter.value(),
                share);
          }
        };
    return () -> Updates.run(task, targets);
  }
}
