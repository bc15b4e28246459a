package dev.incipit.nn.health;

import dev.incipit.core.autograd.Variable;
import dev.incipit.init.calibrate.Stage;
import dev.incipit.init.calibrate.Weighted;
import dev.incipit.init.theory.Nonlinearity;
import dev.incipit.init.theory.StandardFunction;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.Prelu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer with weights, and the stages after it up to the next.
 *
 * @param layer the layer
 * @param tail the stages after it
 * @param f the one function that all of them apply to the layer's preactivation; empty if they do
 *     something else
 */
record Block(Weighted layer, List<Stage> tail, Optional<Nonlinearity> f) {

  /** So far out that an activation has come near its limit; an unbounded one is beyond BOUND. */
  private static final double FAR = 1e9;

  private static final double BOUND = 1e3;

  /**
   * Cut a network into blocks.
   *
   * @param stages its stages from the first with weights on
   */
  static List<Block> of(List<? extends Stage> stages) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < stages.size(); ) {
      Weighted layer = (Weighted) stages.get(i++);
      List<Stage> tail = new ArrayList<>();
      while (i < stages.size() && !(stages.get(i) instanceof Weighted)) {
        tail.add(stages.get(i++));
      }
      blocks.add(new Block(layer, List.copyOf(tail), function(layer, tail)));
    }
    return blocks;
  }

  private static Optional<Nonlinearity> function(Weighted layer, List<Stage> tail) {
    List<Stage> all = new ArrayList<>(tail);
    if (layer instanceof Dense dense) {
      all.addFirst(dense.activation());
    } else {
      // What a layer of a user's own does after its preactivation is not known.
      return Optional.empty();
    }
    all.removeIf(stage -> Activation.identity().equals(stage));
    return switch (all.size()) {
      case 0 -> Optional.of(Activation.identity().canonical());
      case 1 -> function(all.getFirst());
      default -> Optional.empty();
    };
  }

  private static Optional<Nonlinearity> function(Stage stage) {
    if (stage instanceof Activation activation) {
      return Optional.of(activation.canonical());
    }
    return stage instanceof Prelu prelu
        ? Optional.of(StandardFunction.leakyRelu(prelu.slope().value().item()))
        : Optional.empty();
  }

  Variable forward(Variable x) {
    Variable y = layer.forward(x);
    for (Stage stage : tail) {
      y = stage.forward(y);
    }
    return y;
  }

  String name() {
    return layer.weight().name();
  }

  int fanIn() {
    return layer.weight().shape().extent(0);
  }

  int units() {
    return layer.weight().shape().extent(1);
  }

  /** Return what messages call the function. */
  String functionName() {
    return f.map(Nonlinearity::toString).orElse("other");
  }

  /** Return the limits of a function that has them on both sides, and so saturates. */
  Optional<double[]> range() {
    return f.map(function -> new double[] {function.value(-FAR), function.value(FAR)})
        .filter(ends -> Math.abs(ends[0]) < BOUND && Math.abs(ends[1]) < BOUND);
  }
}
