package dev.incipit.core.autograd;

import dev.incipit.core.tensor.Tensor;

/**
 * A variable that training changes: it has a name and a gradient.
 *
 * <p>Every backward pass overwrites the gradient of each parameter that takes part in the loss.
 */
public final class Parameter extends Variable {

  private final String name;
  private final Tensor gradient;
  private boolean isDivided = true;

  /**
   * Create a parameter.
   *
   * @param name what reports and files call it
   * @param value its initial value, shared: an optimizer writes into it
   */
  public Parameter(String name, Tensor value) {
    super(value);
    this.name = name;
    this.gradient = Tensor.zeros(value.shape());
  }

  /** Return the name. */
  public String name() {
    return name;
  }

  /** Return the gradient that the last backward pass computed, shared; zeros before the first. */
  public Tensor gradient() {
    return gradient;
  }

  /**
   * Return whether an update had better be divided among threads: false if the last backward pass
   * was one thread's, which then has the gradient in its cache.
   */
  public boolean isDivided() {
    return isDivided;
  }

  /** Take note who computed the gradient. */
  void gradientBy(TeamChoice team) {
    isDivided = team.isByTeam();
  }

  /** Return name and shape. */
  @Override
  public String toString() {
    return name + " " + shape();
  }
}
