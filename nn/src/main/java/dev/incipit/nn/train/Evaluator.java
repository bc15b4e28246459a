package dev.incipit.nn.train;

import dev.incipit.core.autograd.Graph;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.Layer;
import dev.incipit.nn.data.Batch;
import dev.incipit.nn.data.Batches;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Labels;
import dev.incipit.nn.loss.Loss;
import java.util.IdentityHashMap;
import java.util.OptionalInt;

/** Evaluates one network on one data set, again and again in the same memory. */
final class Evaluator {

  /** A batch's computation: the loss, and the outputs it is computed from. */
  private record Pass(Graph graph, Tensor outputs) {}

  private final Layer model;
  private final Loss loss;
  private final Dataset data;
  private final Batches batches;
  private final IdentityHashMap<Batch, Pass> passes = new IdentityHashMap<>();

  Evaluator(Layer model, Loss loss, Dataset data, int rows) {
    this.model = model;
    this.loss = loss;
    this.data = data;
    this.batches = Batches.of(data, rows);
  }

  /** Return the data set that is evaluated. */
  Dataset data() {
    return data;
  }

  Evaluation evaluate() {
    double sum = 0;
    int correct = 0;
    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.load(i);
      Pass pass = passes.computeIfAbsent(batch, this::record);
      pass.graph.forward();
      sum += (double) pass.graph.result().value().item() * batch.size();
      correct += correct(pass.outputs, batch.targets());
    }
    boolean classes = data.targets() instanceof Labels;
    return new Evaluation(
        sum / data.size(), data.size(), classes ? OptionalInt.of(correct) : OptionalInt.empty());
  }

  private Pass record(Batch batch) {
    Variable outputs = model.forward(Variable.constant(batch.x()));
    Graph graph = Graph.of(loss.of(outputs, Variable.constant(batch.targets())));
    return new Pass(graph, outputs.value());
  }

  /** Count the rows whose largest output, the first of several, is where the target is largest. */
  private static int correct(Tensor outputs, Tensor targets) {
    int columns = outputs.extent(1);
    int correct = 0;
    for (int r = 0; r < outputs.extent(0); r++) {
      int row = outputs.offset() + r * columns;
      int best = largest(outputs.array(), row, columns);
      // A row with NaN has no largest output, and is wrong whatever the target.
      boolean valid = best >= 0;
      if (valid && best == largest(targets.array(), targets.offset() + r * columns, columns)) {
        correct++;
      }
    }
    return correct;
  }

  /** Return where the largest of n numbers is, the first of several; -1 if one is NaN. */
  private static int largest(float[] array, int from, int n) {
    int best = 0;
    for (int j = 0; j < n; j++) {
      if (Float.isNaN(array[from + j])) {
        return -1;
      }
      if (array[from + j] > array[from + best]) {
        best = j;
      }
    }
    return best;
  }
}
