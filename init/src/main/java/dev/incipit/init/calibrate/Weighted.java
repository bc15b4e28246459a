package dev.incipit.init.calibrate;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;

/**
 * A stage with weights that a {@link Calibration} may change: {@code y = f(x W + b)}.
 *
 * <p>Implement it for a layer of your own whose preactivation is linear in W and adds b to each
 * row; anything else that learns, such as a slope, is left as it is.
 */
public interface Weighted extends Stage {

  /** Return W [fanIn, fanOut]. */
  Parameter weight();

  /** Return b [fanOut]. */
  Parameter bias();

  /**
   * Compute {@code x W + b}: what the layer puts out before its nonlinearity.
   *
   * @param x inputs [rows, fanIn]
   * @return a variable [rows, fanOut]
   */
  Variable preactivation(Variable x);
}
