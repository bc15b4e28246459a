package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Variable;
import java.util.List;

/**
 * A function of a batch, such as a network or one of its layers, as a {@link Calibration} sees it.
 */
@FunctionalInterface
public interface Stage {

  /**
   * Apply the function.
   *
   * @param x inputs, one row an example [rows, in]
   * @return outputs [rows, out]
   */
  Variable forward(Variable x);

  /**
   * Return the stages that this one applies one after another.
   *
   * <p>It is the stage itself, unless it is made of others and says so: a calibration sees no
   * further. Applying them in their order must give what {@link #forward} gives.
   */
  default List<? extends Stage> stages() {
    return List.of(this);
  }
}
