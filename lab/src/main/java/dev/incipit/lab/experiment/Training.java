package dev.incipit.lab.experiment;

import dev.incipit.core.random.RandomKey;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.Batches;
import dev.incipit.nn.data.Split;
import dev.incipit.nn.loss.Loss;
import dev.incipit.nn.optim.Sgd;
import dev.incipit.nn.train.Evaluation;
import dev.incipit.nn.train.Trainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** Trains one network of the main job and draws its curve. */
final class Training {

  private final Setup setup;
  private final Split data;
  private final int depth;
  private final Contestant contestant;
  private final long seed;

  private final Batches batches;
  private final Trainer trainer;
  private final List<Run.Point> points = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final double[] window = new double[Setup.WINDOW];
  private int steps;
  private OptionalInt stepsToThreshold = OptionalInt.empty();

  Training(Setup setup, Split data, int depth, Contestant contestant, long seed) {
    this.setup = setup;
    this.data = data;
    this.depth = depth;
    this.contestant = contestant;
    this.seed = seed;
    batches = Batches.of(data.train(), setup.batch());
    trainer = new Trainer(network(), Loss.crossEntropy(), Sgd.of(setup.rate(), setup.momentum()));
  }

  /** Both contestants of a seed draw the same normal numbers: He's weights are a multiple. */
  private Sequential network() {
    List<Integer> sizes = new ArrayList<>(Collections.nCopies(depth + 1, setup.width()));
    sizes.set(0, data.train().width());
    sizes.set(depth, data.train().targets().width());
    Mlp plan = Mlp.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    return plan.withWeights(contestant.weights()).build(RandomKey.of(seed).split("weights"));
  }

  /**
   * Train to the end.
   *
   * @param onStep called after every step
   */
  Run run(Runnable onStep) {
    RandomKey order = RandomKey.of(seed).split("order");
    int count = batches.count();
    for (int epoch = 1; epoch <= setup.epochs(); epoch++) {
      batches.shuffle(order, epoch);
      for (int i = 0; i < count; i++) {
        if (steps == 0) {
          // Before the first step the curve starts at the loss of the first batch, untrained.
          Evaluation start = trainer.evaluate(data.validation());
          double first = step(i);
          points.add(point(0, first, start));
        } else {
          step(i);
        }
        onStep.run();
        if (isEvaluated(epoch, i, count)) {
          points.add(point(steps, losses.getLast(), trainer.evaluate(data.validation())));
        }
      }
    }
    return new Run(
        depth, contestant, seed, List.copyOf(points), List.copyOf(losses), stepsToThreshold);
  }

  private double step(int index) {
    double loss = trainer.step(batches.load(index));
    window[steps % Setup.WINDOW] = loss;
    steps++;
    int filled = Math.min(steps, Setup.WINDOW);
    double sum = 0;
    for (int i = 0; i < filled; i++) {
      sum += window[i];
    }
    double mean = sum / filled;
    losses.add(mean);
    if (stepsToThreshold.isEmpty() && filled == Setup.WINDOW && mean < setup.threshold()) {
      stepsToThreshold = OptionalInt.of(steps);
    }
    return loss;
  }

  /** Often at first, when errors fall fast; then after each epoch. */
  private boolean isEvaluated(int epoch, int index, int count) {
    int parts = epoch <= Setup.CLOSELY_WATCHED ? Math.min(setup.evaluations(), count) : 1;
    return (index + 1) * parts / count > index * parts / count;
  }

  private Run.Point point(int step, double trainLoss, Evaluation evaluation) {
    return new Run.Point(
        step,
        (double) step / batches.count(),
        trainLoss,
        evaluation.loss(),
        evaluation.error().orElse(Double.NaN));
  }
}
