package dev.incipit.init.calibrate;

import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The way through a model: its stages, checked, with a copy of all that a calibration changes.
 *
 * @param method name of the calibration, for messages
 * @param stages every stage, first to last
 * @param weighted those with weights
 */
record Walk(String method, List<? extends Stage> stages, List<Weighted> weighted) {

  /** Variances over the batch need two rows; that they mean something needs many more. */
  private static final int LEAST_ROWS = 2;

  /**
   * Run a calibration so that it changes all it should, or nothing.
   *
   * @param method its name
   * @param model the model
   * @param batch the batch, checked here but for its width, which the first layer checks
   * @param body changes weights and biases of the walk
   * @return what the body returns
   */
  static <R> R guarded(String method, Stage model, Tensor batch, Function<Walk, R> body) {
    check(method, batch);
    List<? extends Stage> stages = model.stages();
    Walk walk = new Walk(method, stages, weighted(method, stages));
    Snapshot before = Snapshot.of(walk.tensors());
    try {
      return body.apply(walk);
    } catch (RuntimeException | Error e) {
      before.restore();
      throw e;
    }
  }

  private static void check(String method, Tensor batch) {
    if (batch.rank() < 1 || batch.extent(0) < LEAST_ROWS) {
      throw new IllegalArgumentException(
          method
              + ": the batch must have at least two rows, but got shape "
              + batch.shape()
              + "; pass some hundred examples [rows, in]");
    }
    for (int i = 0; i < batch.size(); i++) {
      float value = batch.array()[batch.offset() + i];
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "%s: the batch must be finite, but got %s at element %d of %s; clean the data"
                .formatted(method, value, i, batch.shape()));
      }
    }
  }

  private static List<Weighted> weighted(String method, List<? extends Stage> stages) {
    List<Weighted> weighted = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Stage stage : stages) {
      if (stage instanceof Weighted w) {
        weighted.add(w);
        if (!seen.add(w.weight()) || !seen.add(w.bias())) {
          throw new IllegalArgumentException(
              method
                  + ": each layer must have weights and biases of its own, but got "
                  + w.weight().name()
                  + " in two places, which want two scales; calibrate before tying layers");
        }
      }
    }
    if (weighted.isEmpty()) {
      throw new IllegalArgumentException(
          method
              + ": the model must have a layer with weights, but got none among "
              + stages.size()
              + " stages; let a layer of your own implement Weighted, a network list its stages()");
    }
    return weighted;
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    for (Weighted layer : weighted) {
      tensors.add(layer.weight().value());
      tensors.add(layer.bias().value());
    }
    return tensors;
  }

  /** Make the error of a layer that no scale can help. */
  IllegalArgumentException dead(Weighted layer, String what, double got) {
    return new IllegalArgumentException(
        "%s: %s must be positive and finite, but got %s in %s; %s"
            .formatted(
                method,
                what,
                got,
                layer.weight().name(),
                "look for a dead layer before it, weights of zero, or a batch without variety"));
  }

  /** Multiply every number by a factor, in double. */
  static void scale(Tensor x, double factor) {
    float[] array = x.array();
    for (int i = x.offset(); i < x.offset() + x.size(); i++) {
      array[i] = (float) (array[i] * factor);
    }
  }

  /** Tensors as they were at one time. */
  record Snapshot(List<Tensor> tensors, List<Tensor> copies) {

    static Snapshot of(List<Tensor> tensors) {
      return new Snapshot(List.copyOf(tensors), tensors.stream().map(Tensor::copy).toList());
    }

    void restore() {
      for (int i = 0; i < tensors.size(); i++) {
        tensors.get(i).copyFrom(copies.get(i));
      }
    }
  }
}
