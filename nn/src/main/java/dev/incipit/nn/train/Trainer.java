package dev.incipit.nn.train;

import dev.incipit.core.autograd.Graph;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Layer;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.data.Batches;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Optimizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Trains a network on mini-batches.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(net, Loss.crossEntropy(), Sgd.of(0.1, 0.9));
 * History history = trainer.fit(train, Optional.of(validation), 64, 5, RandomKey.of(1), Listener.NONE);
 * }</pre>
 *
 * <p>The first step on a batch records its computation; every later one repeats it in the same
 * memory and allocates nothing that grows with network or batch.
 */
public final class Trainer {

  private static final int EVALUATION_ROWS = 256;

  /** Data sets whose evaluation is kept ready; training needs two, its own and the held-out. */
  private static final int EVALUATORS = 4;

  private final Layer model;
  private final Loss loss;
  private final Optimizer.Update update;

  /** The computation of each batch, as long as somebody holds the batch: graphs do not. */
  private final WeakHashMap<Batch, Graph> steps = new WeakHashMap<>();

  /** The last evaluators, oldest first. */
  private final ArrayList<Evaluator> evaluators = new ArrayList<>();

  /**
   * Prepare training.
   *
   * @param model network to train; its parameters are changed in place
   * @param loss what to make small
   * @param optimizer how
   */
  public Trainer(Layer model, Loss loss, Optimizer optimizer) {
    this.model = model;
    this.loss = loss;
    this.update = optimizer.on(model.parameters());
  }

  /**
   * Train for some epochs.
   *
   * @param train rows to learn from
   * @param validation rows to evaluate on after each epoch, if any
   * @param batch rows a step
   * @param epochs passes over the training rows, at least 0
   * @param key source of the rows' order: epoch e shuffles with {@code key.split(e)}
   * @param listener hears of every step and epoch
   * @return what each epoch brought
   * @throws IllegalArgumentException if {@code batch} is below 1 or {@code epochs} below 0
   */
  public History fit(
      Dataset train,
      Optional<Dataset> validation,
      int batch,
      int epochs,
      RandomKey key,
      Listener listener) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          "fit: the number of epochs must not be negative, but got " + epochs + "; pass 0 or more");
    }
    Batches batches = Batches.of(train, batch);
    // Of this call alone, as its batches are.
    Map<Batch, Graph> graphs = new HashMap<>();
    List<History.Epoch> history = new ArrayList<>();
    long step = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      batches.shuffle(key, epoch);
      double sum = 0;
      for (int i = 0; i < batches.count(); i++) {
        Batch rows = batches.load(i);
        float value = step(rows, graphs);
        sum += (double) value * rows.size();
        step++;
        listener.onStep(step, epoch, value);
      }
      History.Epoch entry =
          new History.Epoch(epoch, step, sum / train.size(), validation.map(this::evaluate));
      history.add(entry);
      listener.onEpoch(entry);
    }
    return new History(history);
  }

  /**
   * Take one step.
   *
   * @param batch rows to learn from; a batch object that comes again, with new numbers in the same
   *     tensors, costs no allocation
   * @return loss of the batch before the step
   */
  public float step(Batch batch) {
    return step(batch, steps);
  }

  private float step(Batch batch, Map<Batch, Graph> graphs) {
    Graph graph = graphs.get(batch);
    if (graph == null) {
      graph = graph(batch);
      graphs.put(batch, graph);
    }
    graph.forward();
    float value = graph.result().value().item();
    graph.backward();
    update.step();
    return value;
  }

  private Graph graph(Batch batch) {
    Variable output = model.forward(Variable.constant(batch.x()));
    Graph graph = Graph.of(loss.of(output, Variable.constant(batch.targets())));
    if (graph.parameters().isEmpty()) {
      throw new IllegalArgumentException(
          "train: at least one parameter must be free to change, but the network has none;"
              + " unfreeze a layer, or add one that learns");
    }
    return graph;
  }

  /**
   * Evaluate the network as it stands.
   *
   * @param data rows to evaluate on
   * @return mean loss, and accuracy where targets are classes
   */
  public Evaluation evaluate(Dataset data) {
    for (int i = 0; i < evaluators.size(); i++) {
      if (evaluators.get(i).data() == data) {
        return evaluators.get(i).evaluate();
      }
    }
    if (evaluators.size() == EVALUATORS) {
      evaluators.removeFirst();
    }
    Evaluator evaluator = new Evaluator(model, loss, data, EVALUATION_ROWS);
    evaluators.add(evaluator);
    return evaluator.evaluate();
  }

  /** Return the outputs of the network for a batch [rows, in]. */
  public Tensor predict(Tensor x) {
    return model.forward(Variable.constant(x)).value();
  }
}
