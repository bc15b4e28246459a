package dev.incipit.bench;

import dev.incipit.bench.suite.ActivationBenchmark;
import dev.incipit.bench.suite.DenseBenchmark;
import dev.incipit.bench.suite.FillBenchmark;
import dev.incipit.bench.suite.FmaProbe;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.Operation;
import dev.incipit.bench.suite.ProductSize;
import dev.incipit.bench.suite.RowsBenchmark;
import dev.incipit.bench.suite.WorkingSet;
import dev.incipit.core.kernel.Form;
import java.util.List;
import java.util.Optional;

/** The tables of a report: which benchmark fills each, in which unit, against which limit. */
public enum Table {
  /** The limit of arithmetic. */
  FMA("FmaProbe", "Limit of arithmetic", Unit.GFLOPS, Limit.NONE, "threads") {
    @Override
    public double work(Figure figure) {
      return FmaProbe.flops(figure.kernels(), Integer.parseInt(figure.parameter("threads")));
    }
  },
  /** The limit of bandwidth. */
  COPY("CopyProbe", "Limit of bandwidth", Unit.GBS, Limit.NONE, "set") {
    @Override
    public double work(Figure figure) {
      return 2.0 * Float.BYTES * WorkingSet.valueOf(figure.parameter("set")).length(2);
    }
  },
  /** Products on one thread. */
  PRODUCT(
      "ProductBenchmark", "Matrix product, one thread", Unit.GFLOPS, Limit.FMA, "size", "form") {
    @Override
    public double work(Figure figure) {
      Form form = Form.valueOf(figure.parameter("form"));
      return ProductSize.of(form, figure.parameter("size")).flops();
    }
  },
  /** Products with a tail. */
  DENSE(
      "DenseBenchmark", "Product with a tail, one thread", Unit.GFLOPS, Limit.FMA, "size", "tail") {
    @Override
    public double work(Figure figure) {
      Form form = DenseBenchmark.Tail.valueOf(figure.parameter("tail")).form();
      return ProductSize.of(form, figure.parameter("size")).flops();
    }
  },
  /** Products on threads. */
  THREADS(
      "ThreadsBenchmark", "Matrix product on threads", Unit.GFLOPS, Limit.FMA, "size", "threads") {
    @Override
    public double work(Figure figure) {
      return ProductSize.of(Form.NN, figure.parameter("size")).flops();
    }
  },
  /** Training steps. */
  TRAINING("TrainingBenchmark", "Training step", Unit.MICROS, Limit.FMA, "net", "threads") {
    @Override
    public double work(Figure figure) {
      return Net.valueOf(figure.parameter("net")).flops();
    }
  },
  /** Training steps of networks whose layers are all alike. */
  GROWTH(
      "GrowthBenchmark",
      "Growth of a training step",
      Unit.MICROS,
      Limit.FMA,
      "width",
      "depth",
      "batch",
      "threads") {
    @Override
    public double work(Figure figure) {
      double weights = Math.pow(Integer.parseInt(figure.parameter("width")), 2);
      int depth = Integer.parseInt(figure.parameter("depth"));
      // Two products in the first layer, which needs no input's gradient, three in each other.
      return 2 * Integer.parseInt(figure.parameter("batch")) * weights * (3 * depth - 1);
    }
  },
  /** Functions of one element at a time. */
  ELEMENTWISE(
      "ElementwiseBenchmark",
      "Element by element",
      Unit.NANOS_EACH,
      Limit.COPY,
      "operation",
      "set") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * operation(figure).bytes();
    }

    @Override
    public int elements(Figure figure) {
      WorkingSet set = WorkingSet.valueOf(figure.parameter("set"));
      return set.length(operation(figure).arrays());
    }
  },
  /** The same on and off the cache line. */
  PHASE(
      "PhaseBenchmark",
      "On and off the line and the lanes, in L1",
      Unit.NANOS_EACH,
      Limit.NONE,
      "operation",
      "offset",
      "extra") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * operation(figure).bytes();
    }

    @Override
    public int elements(Figure figure) {
      int extra = Integer.parseInt(figure.parameter("extra"));
      return WorkingSet.L1.length(operation(figure).arrays()) + extra;
    }
  },
  /** The same on short arrays. */
  LENGTH(
      "LengthBenchmark",
      "Short arrays, about the lane count",
      Unit.NANOS,
      Limit.NONE,
      "operation",
      "n") {
    @Override
    public double work(Figure figure) {
      return Double.parseDouble(figure.parameter("n")) * operation(figure).bytes();
    }
  },
  /** Functions of one variable and their slopes. */
  ACTIVATION(
      "ActivationBenchmark",
      "Activations and their slopes, in L1",
      Unit.NANOS_EACH,
      Limit.NONE,
      "function",
      "pass") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * Float.BYTES * arrays(figure);
    }

    @Override
    public int elements(Figure figure) {
      return WorkingSet.L1.length(arrays(figure));
    }

    private static int arrays(Figure figure) {
      return ActivationBenchmark.Pass.valueOf(figure.parameter("pass")).arrays();
    }
  },
  /** Functions of rows. */
  ROWS("RowsBenchmark", "Row by row, in L1", Unit.NANOS_EACH, Limit.NONE, "function", "columns") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * Float.BYTES;
    }

    @Override
    public int elements(Figure figure) {
      int columns = Integer.parseInt(figure.parameter("columns"));
      return columns * RowsBenchmark.rows(columns);
    }
  },
  /** Random numbers. */
  DRAW("DrawBenchmark", "Random numbers", Unit.NANOS_EACH, Limit.NONE, "law", "set") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * Float.BYTES;
    }

    @Override
    public int elements(Figure figure) {
      return WorkingSet.valueOf(figure.parameter("set")).length(1);
    }
  },
  /** Initializers. */
  FILL(
      "FillBenchmark",
      "Initializers, 1024 x 1024",
      Unit.NANOS_EACH,
      Limit.NONE,
      "initializer",
      "threads") {
    @Override
    public double work(Figure figure) {
      return (double) elements(figure) * Float.BYTES;
    }

    @Override
    public int elements(Figure figure) {
      return FillBenchmark.SIDE * FillBenchmark.SIDE;
    }
  };

  /** What a table's figures are given in. */
  public enum Unit {
    /** Thousands of millions of floating-point operations a second. */
    GFLOPS("GFLOP/s"),
    /** Thousands of millions of bytes a second. */
    GBS("GB/s"),
    /** Microseconds. */
    MICROS("us a step"),
    /** Nanoseconds for each element. */
    NANOS_EACH("ns an element"),
    /** Nanoseconds. */
    NANOS("ns a call");

    private final String text;

    Unit(String text) {
      this.text = text;
    }

    /** Return the unit as it is written. */
    public String text() {
      return text;
    }

    /** Return whether more is better. */
    public boolean isRate() {
      return this == GFLOPS || this == GBS;
    }
  }

  /** The probe that a table's figures are compared with. */
  public enum Limit {
    /** None. */
    NONE,
    /** Multiply-adds on registers. */
    FMA,
    /** A copy at the same working set. */
    COPY
  }

  private final String benchmark;
  final String title;
  private final Unit unit;
  private final Limit limit;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  final List<String> labels;

  Table(String benchmark, String title, Unit unit, Limit limit, String... labels) {
    this.benchmark = benchmark;
    this.title = title;
    this.unit = unit;
    this.limit = limit;
    this.labels = List.of(labels);
  }

  /** Return the simple name of the benchmark's class. */
  public String benchmark() {
    return benchmark;
  }

  /** Return the unit of the table's figures. */
  public Unit unit() {
    return unit;
  }

  /** Return the probe that limits the table's figures. */
  public Limit limit() {
    return limit;
  }

  /** Return what one call does: floating-point operations, or bytes read and written. */
  public abstract double work(Figure figure);

  /** Return the elements that one call computes. */
  public int elements(Figure figure) {
    throw new IllegalStateException(this + " has no elements: " + figure);
  }

  private static Operation operation(Figure figure) {
    return Operation.valueOf(figure.parameter("operation"));
  }

  /** Return the figure in the table's unit, a value for each round. */
  public List<Double> values(Figure figure) {
    return switch (unit) {
      case GFLOPS, GBS -> figure.rates(work(figure));
      case NANOS -> figure.nanos();
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
  public List<Double> shares(Figure figure, List<Figure> all) {
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
