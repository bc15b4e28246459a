package dev.incipit.nn;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.init.calibrate.Stage;
import java.util.List;

/**
 * A function of a batch, with or without parameters.
 *
 * <p>Implement it for a layer of your own: compose variables, and list the parameters.
 */
@FunctionalInterface
public interface Layer extends Stage {

  /**
   * Apply the layer.
   *
   * @param x inputs, one row an example [batch, in]
   * @return outputs [batch, out]
   */
  @Override
  Variable forward(Variable x);

  /** Return the parameters that training may change; none unless overridden. */
  default List<Parameter> parameters() {
    return List.of();
  }
}
