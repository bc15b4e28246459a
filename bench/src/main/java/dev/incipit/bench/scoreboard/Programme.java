package dev.incipit.bench.scoreboard;

import static dev.incipit.bench.scoreboard.Peer.DJL;
import static dev.incipit.bench.scoreboard.Peer.DL4J;
import static dev.incipit.bench.scoreboard.Peer.JDK;
import static dev.incipit.bench.scoreboard.Peer.ND4J;
import static dev.incipit.bench.scoreboard.Peer.OPENBLAS;
import static dev.incipit.bench.scoreboard.Peer.PYTORCH;
import static dev.incipit.bench.scoreboard.Peer.VECTOR_BLAS;

import dev.incipit.bench.Table;
import dev.incipit.bench.suite.FillBenchmark;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.Operation;
import dev.incipit.bench.suite.WorkingSet;
import dev.incipit.core.kernel.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the scoreboard measures, in order.
 *
 * <p>What shares a limit stands together, so that a round probes it shortly before.
 */
final class Programme {

  private static final List<Peer> MULTIPLIERS = List.of(OPENBLAS, PYTORCH, ND4J, VECTOR_BLAS);
  private static final List<Peer> TRAINERS = List.of(PYTORCH, DJL, DL4J);

  private static final List<String> BATCHES = List.of("1", "8", "32", "64", "128");
  private static final List<String> LAYERS = List.of("784x256", "784x100", "256x100", "100x10");
  private static final List<Operation> SIMPLE =
      List.of(Operation.ADD, Operation.RELU, Operation.SCALE, Operation.AXPY, Operation.SUM);
  private static final List<Operation> FUNCTIONS =
      List.of(Operation.EXP, Operation.LOG, Operation.TANH, Operation.SIGMOID);

  private final List<Subject> subjects = new ArrayList<>();

  private Programme() {}

  /**
   * List everything.
   *
   * @param threads of what is measured on many, beside one
   * @param quick whether to leave out what the quick scoreboard leaves out
   */
  static List<Subject> of(int threads, boolean quick) {
    Programme programme = new Programme();
    programme.products();
    programme.training(1);
    if (threads > 1) {
      programme.threads(threads);
      programme.training(threads);
    }
    programme.elementwise();
    programme.fills();
    return programme.subjects.stream().filter(s -> s.quick() || !quick).toList();
  }

  private void products() {
    for (String size : List.of("64", "128", "256", "512", "1024", "2048")) {
      for (Form form : Form.values()) {
        boolean quick =
            size.equals("512") || (form == Form.NN && List.of("64", "1024").contains(size));
        product(form, size, quick);
      }
    }
    for (String batch : BATCHES) {
      for (String layer : LAYERS) {
        boolean quick = batch.equals("32") && layer.equals("784x100");
        product(Form.NN, batch + "x" + layer, quick);
      }
    }
    product(Form.TN, "32x784x100", false);
    product(Form.NT, "32x784x100", false);
  }

  private void product(Form form, String size, boolean quick) {
    Map<String, String> parameters = Map.of("form", form.name(), "size", size);
    // VectorBLAS needs a minute until it is warm there.
    List<Peer> peers = size.equals("2048") ? List.of(OPENBLAS, PYTORCH, ND4J) : MULTIPLIERS;
    add("product " + form, size, Table.PRODUCT, parameters, peers, quick);
  }

  private void threads(int threads) {
    for (String size : List.of("512", "1024", "2048")) {
      Map<String, String> parameters = Map.of("size", size, "threads", String.valueOf(threads));
      List<Peer> peers = List.of(OPENBLAS, PYTORCH, ND4J);
      add("product NN", size, Table.THREADS, parameters, peers, size.equals("512"));
    }
  }

  private void training(int threads) {
    for (Net net : Net.values()) {
      Map<String, String> parameters =
          Map.of("net", net.name(), "threads", String.valueOf(threads));
      boolean quick = net == Net.SMALL || (threads == 1 && net != Net.MIDDLE);
      add("training step", net.title(), Table.TRAINING, parameters, TRAINERS, quick);
    }
  }

  private void elementwise() {
    for (WorkingSet set : WorkingSet.values()) {
      for (Operation operation : SIMPLE) {
        boolean quick =
            operation == Operation.ADD && (set == WorkingSet.L1 || set == WorkingSet.MEMORY);
        List<Peer> peers =
            switch (operation) {
              case ADD, RELU, SUM -> List.of(PYTORCH);
              default -> List.of();
            };
        operation(operation, set, peers, quick);
      }
      for (Operation function : FUNCTIONS) {
        if (set == WorkingSet.L1 || set == WorkingSet.L3) {
          List<Peer> peers =
              function == Operation.SIGMOID ? List.of(PYTORCH) : List.of(PYTORCH, JDK);
          boolean quick = function == Operation.EXP || function == Operation.TANH;
          operation(function, set, peers, quick && set == WorkingSet.L1);
        }
      }
    }
  }

  private void operation(Operation operation, WorkingSet set, List<Peer> peers, boolean quick) {
    Map<String, String> parameters = Map.of("operation", operation.name(), "set", set.name());
    String name = operation.name().toLowerCase(Locale.ROOT);
    add(name, set.title(), Table.ELEMENTWISE, parameters, peers, quick);
  }

  private void fills() {
    int side = FillBenchmark.SIDE;
    for (String initializer : FillBenchmark.INITIALIZERS) {
      Map<String, String> parameters = Map.of("initializer", initializer, "threads", "1");
      String name = initializer.replaceFirst("\\(.*", "");
      // A quick round has no time for orthogonal to warm up: it varied by a third.
      boolean quick = !name.equals("orthogonal");
      add(name, side + "x" + side, Table.FILL, parameters, List.of(PYTORCH), quick);
    }
  }

  private void add(
      String name,
      String size,
      Table table,
      Map<String, String> parameters,
      List<Peer> peers,
      boolean quick) {
    subjects.add(new Subject(name, size, table, parameters, peers, quick));
  }
}
