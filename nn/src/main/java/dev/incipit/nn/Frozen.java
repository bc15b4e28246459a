package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer whose parameters training leaves as they are.
 *
 * <p>It computes what the layer computes, with the parameters as constants: they get no gradient,
 * and below the lowest layer that trains no gradient is computed at all. The numbers themselves are
 * shared, so that files still reach them ({@link Layer#allParameters}), and so does training where
 * the same layer serves a second time without being frozen.
 *
 * @param layer the layer
 */
public record Frozen(Layer layer) implements Layer {

  @Override
  public Variable forward(Variable x) {
    Variable input = Variable.constant(x.value());
    Map<Variable, Variable> constants = new HashMap<>();
    constants.put(input, x);
    for (Parameter parameter : layer.allParameters()) {
      constants.put(parameter, Variable.constant(parameter.value()));
    }
    return layer.forward(input).replacing(constants);
  }

  @Override
  public List<Parameter> allParameters() {
    return layer.allParameters();
  }

  @Override
  public Layer frozen() {
    return this;
  }

  @Override
  public Layer unfrozen() {
    return layer.unfrozen();
  }

  /** Return the layer's text and a mark, as in {@code Dense[784, 100] relu, frozen}. */
  @Override
  public String toString() {
    return layer + ", frozen";
  }
}
