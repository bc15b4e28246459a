package dev.incipit.nn.health;

import dev.incipit.core.autograd.Graph;
import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.calibrate.Stage;
import dev.incipit.init.calibrate.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a batch does in a network.
 *
 * @param blocks the network's blocks
 * @param input moments of what enters the first block
 * @param inputGradient mean over the rows of the squared length of the gradient there
 * @param layers what was measured at each block
 */
record Measurement(List<Block> blocks, Moments input, double inputGradient, List<At> layers) {

  /** An output within this share of the activation's range from an end of it is saturated. */
  private static final double END = 0.05;

  /**
   * What was measured at a block.
   *
   * @param z moments of its preactivations
   * @param h moments of its outputs
   * @param gradient moments of the gradient with respect to its outputs
   * @param gradientLength mean over the rows of that gradient's squared length
   * @param dead share of units with one output for all rows
   * @param saturated share of outputs near an end of a bounded activation's range; else 0
   * @param straightness squared correlation between preactivations and outputs
   */
  record At(
      Moments z,
      Moments h,
      Moments gradient,
      double gradientLength,
      double dead,
      double saturated,
      double straightness) {}

  /**
   * Run the batch forward and the gradient back.
   *
   * @param model network
   * @param batch inputs, checked
   * @param loss makes a single number of the outputs
   */
  static Measurement of(Stage model, Tensor batch, UnaryOperator<Variable> loss) {
    List<? extends Stage> stages = model.stages();
    int first = 0;
    while (first < stages.size() && !(stages.get(first) instanceof Weighted)) {
      first++;
    }
    if (first == stages.size()) {
      throw new IllegalArgumentException(
          "health: the network must have a layer with weights, but got none among "
              + stages.size()
              + " stages; let a layer of your own implement Weighted, a network list its stages()");
    }
    Variable x = Variable.constant(batch);
    for (Stage stage : stages.subList(0, first)) {
      x = stage.forward(x);
    }
    List<Block> blocks = Block.of(stages.subList(first, stages.size()));
    List<Tensor> preactivations = new ArrayList<>();
    List<Parameter> probes = new ArrayList<>(List.of(probe(x)));
    List<Tensor> outputs = new ArrayList<>(List.of(x.value()));
    for (Block block : blocks) {
      // Adding a parameter of zeros changes nothing, and its gradient is that of the sum.
      x = x.add(probes.getLast());
      preactivations.add(block.layer().preactivation(x).value());
      x = block.forward(x);
      outputs.add(x.value());
      probes.add(probe(x));
    }
    backward(loss.apply(x.add(probes.getLast())), probes);
    List<At> layers = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      Tensor gradient = probes.get(k + 1).gradient();
      layers.add(at(blocks.get(k), preactivations.get(k), outputs.get(k + 1), gradient));
    }
    Tensor inputGradient = probes.getFirst().gradient();
    return new Measurement(
        blocks, Moments.of(outputs.getFirst()), length(inputGradient), List.copyOf(layers));
  }

  private static Parameter probe(Variable x) {
    return new Parameter("probe", Tensor.zeros(x.shape()));
  }

  /** Run backward, and give the model's parameters back the gradients they had. */
  private static void backward(Variable loss, List<Parameter> probes) {
    Graph graph = Graph.of(loss);
    List<Parameter> parameters = new ArrayList<>(graph.parameters());
    parameters.removeAll(probes);
    List<Tensor> before =
        parameters.stream().map(parameter -> parameter.gradient().copy()).toList();
    graph.backward();
    for (int i = 0; i < before.size(); i++) {
      parameters.get(i).gradient().copyFrom(before.get(i));
    }
  }

  private static At at(Block block, Tensor z, Tensor h, Tensor gradient) {
    List<Moments> units = Moments.ofColumns(h);
    double dead =
        units.stream().filter(unit -> unit.min() == unit.max()).count() / (double) units.size();
    return new At(
        Moments.of(z),
        Moments.of(h),
        Moments.of(gradient),
        length(gradient),
        dead,
        block.range().map(ends -> saturated(h, ends[0], ends[1])).orElse(0.0),
        straightness(z, h));
  }

  private static double length(Tensor gradient) {
    return Moments.of(gradient).meanSquare() * gradient.size() / gradient.extent(0);
  }

  private static double saturated(Tensor h, double low, double high) {
    double margin = END * Math.abs(high - low);
    double least = Math.min(low, high) + margin;
    double most = Math.max(low, high) - margin;
    int count = 0;
    for (int i = h.offset(); i < h.offset() + h.size(); i++) {
      float value = h.array()[i];
      count += value < least || value > most ? 1 : 0;
    }
    return (double) count / h.size();
  }

  private static double straightness(Tensor z, Tensor h) {
    if (!z.shape().equals(h.shape())) {
      return 0;
    }
    Moments zs = Moments.of(z);
    Moments hs = Moments.of(h);
    double sum = 0;
    for (int i = 0; i < z.size(); i++) {
      sum += (z.array()[z.offset() + i] - zs.mean()) * (h.array()[h.offset() + i] - hs.mean());
    }
    return sum * sum / (zs.second() * hs.second());
  }
}
