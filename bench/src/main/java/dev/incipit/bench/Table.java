package dev.incipit.bench;

import dev.incipit.bench.suite.FillBenchmark;
import dev.incipit.bench.suite.FmaProbe;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.Operation;
import dev.incipit.bench.suite.ProductSize;
import dev.incipit.bench.suite.WorkingSet;
import dev.incipit.core.kernel.Form;
import java.util.List;
import java.util.Optional;

/** The tables of a report: which benchmark fills each, in which unit, against which limit. */
enum Table {
  FMA("FmaProbe", "Limit of arithmetic", Unit.GFLOPS, Limit.NONE, "threads") {
    @Override
    double work(Figure figure) {
      return FmaProbe.flops(figure.kernels(), Integer.parseInt(figure.parameter("threads")));
    }
  },
  COPY("CopyProbe", "Limit of bandwidth", Unit.GBS, Limit.NONE, "set") {
    @Override
    double work(Figure figure) {
      return 2.0 * Float.BYTES * WorkingSet.valueOf(figure.parameter("set")).length(2);
    }
  },
  PRODUCT(
      "ProductBenchmark", "Matrix product, one thread", Unit.GFLOPS, Limit.FMA, "size", "form") {
    @Override
    double work(Figure figure) {
      Form form = Form.valueOf(figure.parameter("form"));
      return ProductSize.of(form, figure.parameter("size")).flops();
    }
  },
  THREADS(
      "ThreadsBenchmark", "Matrix product on threads", Unit.GFLOPS, Limit.FMA, "size", "threads") {
    @Override
    double work(Figure figure) {
      return ProductSize.of(Form.NN, figure.parameter("size")).flops();
    }
  },
  TRAINING("TrainingBenchmark", "Training step", Unit.MICROS, Limit.FMA, "net", "threads") {
    @Override
    double work(Figure figure) {
      return Net.valueOf(figure.parameter("net")).flops();
    }
  },
  ELEMENTWISE(
      "ElementwiseBenchmark",
      "Element by element",
      Unit.NANOS_EACH,
      Limit.COPY,
      "operation",
      "set") {
    @Override
    double work(Figure figure) {
      return (double) elements(figure) * operation(figure).bytes();
    }

    @Override
    int elements(Figure figure) {
      WorkingSet set = WorkingSet.valueOf(figure.parameter("set"));
      return set.length(operation(figure).arrays());
    }
  },
  PHASE(
      "PhaseBenchmark",
      "On and off the line and the lanes, in L1",
      Unit.NANOS_EACH,
      Limit.NONE,
      "operation",
      "offset",
      "extra") {
    @Override
    double work(Figure figure) {
      return (double) elements(figure) * operation(figure).bytes();
    }

    @Override
    int elements(Figure figure) {
      int extra = Integer.parseInt(figure.parameter("extra"));
      return WorkingSet.L1.length(operation(figure).arrays()) + extra;
    }
  },
  FILL(
      "FillBenchmark",
      "Initializers, 512 x 512",
      Unit.NANOS_EACH,
      Limit.NONE,
      "initializer",
      "threads") {
    @Override
    double work(Figure figure) {
      return (double) elements(figure) * Float.BYTES;
    }

    @Override
    int elements(Figure figure) {
      return FillBenchmark.SIDE * FillBenchmark.SIDE;
    }
  };

  /** What a table's figures are given in. */
  enum Unit {
    GFLOPS("GFLOP/s"),
    GBS("GB/s"),
    MICROS("us a step"),
    NANOS_EACH("ns an element");

    final String text;

    Unit(String text) {
      this.text = text;
    }
  }

  /** The probe that a table's figures are compared with. */
  enum Limit {
    NONE,
    FMA,
    COPY
  }

  final String benchmark;
  final String title;
  final Unit unit;
  final Limit limit;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<String> labels;

  Table(String benchmark, String title, Unit unit, Limit limit, String... labels) {
    this.benchmark = benchmark;
    this.title = title;
    this.unit = unit;
    this.limit = limit;
    this.labels = List.of(labels);
  }

  /** Return what one call does: floating-point operations, or bytes read and written. */
  abstract double work(Figure figure);

  /** Return the elements that one call computes. */
  int elements(Figure figure) {
    throw new IllegalStateException(this + " has no elements: " + figure);
  }

  private static Operation operation(Figure figure) {
    return Operation.valueOf(figure.parameter("operation"));
  }

  /** Return the figure in the table's unit, a value for each round. */
  List<Double> values(Figure figure) {
    return switch (unit) {
      case GFLOPS, GBS -> figure.rates(work(figure));
      case MICROS -> figure.nanos().stream().map(time -> time / 1e3).toList();
      case NANOS_EACH -> {
        double n = elements(figure);
        yield figure.nanos().stream().map(time -> time / n).toList();
      }
    };
  }

  /**
   * Return the figure's share of the limit, round by round.
   *
   * <p>Scalar kernels are held against the widest vectors, which C2 may use for them too.
   */
  List<Double> shares(Figure figure, List<Figure> all) {
    if (limit == Limit.NONE) {
      return List.of();
    }
    Table probes = limit == Limit.FMA ? FMA : COPY;
    Optional<Figure> probe =
        all.stream()
            .filter(f -> f.benchmark().equals(probes.benchmark) && f.limits(figure))
            .filter(f -> figure.isScalar() || f.kernels().equals(figure.kernels()))
            .reduce((a, b) -> a.bits() > b.bits() ? a : b);
    return probe
        .map(p -> Figure.ratios(figure.rates(work(figure)), p.rates(probes.work(p))))
        .orElse(List.of());
  }
}
