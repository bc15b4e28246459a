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

  /**
   * Return every parameter, frozen or not: what files keep.
   *
   * <p>A layer that holds others lists theirs here too; else the default serves.
   */
  default List<Parameter> allParameters() {
    return parameters();
  }

  /**
   * Return this layer with its parameters frozen: it computes the same and shares the numbers, but
   * training leaves them as they are.
   *
   * <pre>{@code
   * Sequential tuned = net.frozen().withHead(head);   // trains the new head alone
   * }</pre>
   *
   * <p>It takes effect where a {@link dev.incipit.nn.train.Trainer} is made from the result.
   *
   * @return the frozen layer; this one if it has no parameters
   */
  default Layer frozen() {
    return allParameters().isEmpty() ? this : new Frozen(this);
  }

  /** Return this layer with every parameter free to train, such as it was before freezing. */
  default Layer unfrozen() {
    return this;
  }
}
