package dev.incipit.core.kernel;

import dev.incipit.core.kernel.Draw.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the parity table: how to call a kernel on drawn arguments.
 *
 * @param method name of the method of {@link Kernels}
 * @param variant constant of an enum argument, or empty
 * @param call draws the arguments and calls the kernel
 */
record KernelCase(String method, String variant, Call call) {

  interface Call {
    void run(Kernels kernels, Draw draw);
  }

  /** Every kernel with every constant; KernelParityTests fails if one is missing. */
  static final List<KernelCase> TABLE = table();

  private static List<KernelCase> table() {
    List<KernelCase> table = new ArrayList<>();
    elementwise(table);
    unary(table);
    reductions(table);
    rows(table);
    table.addAll(ProductCase.table());
    updates(table);
    fills(table);
    return List.copyOf(table);
  }

  private static void elementwise(List<KernelCase> table) {
    for (Binary op : Binary.values()) {
      add(
          table,
          "binary",
          op,
          (kernels, d) -> {
            Window x = d.in(d.length());
            Window y = d.in(d.length());
            Window z = d.outOver(x, y);
            kernels.binary(op, x.array(), x.at(), y.array(), y.at(), z.array(), z.at(), d.length());
          });
      add(
          table,
          "binaryRight",
          op,
          (kernels, d) -> {
            Window x = d.in(d.length());
            Window z = d.outOver(x);
            kernels.binaryRight(op, x.array(), x.at(), d.number(), z.array(), z.at(), d.length());
          });
      add(
          table,
          "binaryLeft",
          op,
          (kernels, d) -> {
            Window y = d.in(d.length());
            Window z = d.outOver(y);
            kernels.binaryLeft(op, d.number(), y.array(), y.at(), z.array(), z.at(), d.length());
          });
    }
    add(
        table,
        "axpy",
        "",
        (kernels, d) -> {
          Window x = d.in(d.length());
          Window y = d.outOver(x);
          kernels.axpy(d.number(), x.array(), x.at(), y.array(), y.at(), d.length());
        });
  }

  private static void unary(List<KernelCase> table) {
    for (Unary f : Unary.values()) {
      add(
          table,
          "map",
          f,
          (kernels, d) -> {
            Window x = d.in(d.length());
            Window y = d.outOver(x);
            kernels.map(f, slope(d), x.array(), x.at(), y.array(), y.at(), d.length());
          });
      add(
          table,
          "mapGradient",
          f,
          (kernels, d) -> {
            Window at = d.in(d.length());
            Window dy = d.in(d.length());
            Window dx = d.outOver(at, dy);
            kernels.mapGradient(
                f,
                slope(d),
                at.array(),
                at.at(),
                dy.array(),
                dy.at(),
                dx.array(),
                dx.at(),
                d.length());
          });
      add(
          table,
          "biasMap",
          f,
          (kernels, d) -> {
            Window bias = d.in(d.length());
            Window y = d.outSpaced(d.below(4), d.length());
            kernels.biasMap(
                f,
                slope(d),
                y.rows(),
                y.cols(),
                bias.array(),
                bias.at(),
                y.array(),
                y.at(),
                y.distance());
          });
    }
  }

  static float slope(Draw d) {
    return d.below(16) / 8f;
  }

  private static void reductions(List<KernelCase> table) {
    add(
        table,
        "sum",
        "",
        (kernels, d) -> {
          Window x = d.in(d.length());
          d.returned(kernels.sum(x.array(), x.at(), d.length()));
        });
    // Beyond one row of lanes.
    add(
        table,
        "sum",
        "long",
        (kernels, d) -> {
          int n = 2 * Kernels.SUM_LANES + 1 + d.length();
          Window x = d.in(n);
          d.returned(kernels.sum(x.array(), x.at(), n));
        });
    add(
        table,
        "dot",
        "",
        (kernels, d) -> {
          Window x = d.in(d.length());
          Window y = d.in(d.length());
          d.returned(kernels.dot(x.array(), x.at(), y.array(), y.at(), d.length()));
        });
    add(
        table,
        "slopeGradient",
        "",
        (kernels, d) -> {
          Window x = d.in(d.length());
          Window dy = d.in(d.length());
          d.returned(kernels.slopeGradient(x.array(), x.at(), dy.array(), dy.at(), d.length()));
        });
    add(
        table,
        "max",
        "",
        (kernels, d) -> {
          Window x = d.in(d.length());
          d.returned(kernels.max(x.array(), x.at(), d.length()));
        });
    add(
        table,
        "columnSums",
        "",
        (kernels, d) -> {
          Window x = d.inSpaced(d.below(6), d.length());
          Window y = d.out(d.length());
          kernels.columnSums(
              x.rows(), x.cols(), x.array(), x.at(), x.distance(), y.array(), y.at());
        });
  }

  private static void rows(List<KernelCase> table) {
    add(
        table,
        "softmax",
        "",
        (kernels, d) -> {
          Window x = d.in(d.below(4), d.length());
          Window y = d.outOver(x);
          kernels.softmax(x.rows(), x.cols(), x.array(), x.at(), y.array(), y.at());
        });
    add(
        table,
        "logSumExp",
        "",
        (kernels, d) -> {
          Window x = d.in(d.below(4), d.length());
          Window y = d.out(x.rows());
          kernels.logSumExp(x.rows(), x.cols(), x.array(), x.at(), y.array(), y.at());
        });
    add(
        table,
        "crossEntropy",
        "",
        (kernels, d) -> {
          Window x = d.in(d.below(4), d.length());
          Window t = d.in(x.rows(), x.cols());
          Window y = d.out(x.rows());
          kernels.crossEntropy(
              x.rows(), x.cols(), x.array(), x.at(), t.array(), t.at(), y.array(), y.at());
        });
    add(
        table,
        "crossEntropyGradient",
        "",
        (kernels, d) -> {
          Window x = d.in(d.below(4), d.length());
          Window t = d.in(x.rows(), x.cols());
          Window dloss = d.in(x.rows());
          Window dx = d.outOver(x);
          kernels.crossEntropyGradient(
              x.rows(),
              x.cols(),
              x.array(),
              x.at(),
              t.array(),
              t.at(),
              dloss.array(),
              dloss.at(),
              dx.array(),
              dx.at());
        });
  }

  private static void updates(List<KernelCase> table) {
    add(
        table,
        "momentumStep",
        "",
        (kernels, d) -> {
          Window g = d.in(d.length());
          Window v = d.out(d.length());
          Window w = d.out(d.length());
          kernels.momentumStep(
              d.number(),
              d.number(),
              d.number(),
              g.array(),
              g.at(),
              v.array(),
              v.at(),
              w.array(),
              w.at(),
              d.length());
        });
    add(
        table,
        "adamStep",
        "",
        (kernels, d) -> {
          Window g = d.in(d.length());
          Window m = d.out(d.length());
          Window v = d.out(d.length());
          Window w = d.out(d.length());
          kernels.adamStep(
              d.number(),
              d.number(),
              d.number(),
              d.number(),
              d.number(),
              d.number(),
              g.array(),
              g.at(),
              m.array(),
              m.at(),
              v.array(),
              v.at(),
              w.array(),
              w.at(),
              d.length());
        });
  }

  private static void fills(List<KernelCase> table) {
    add(
        table,
        "bits",
        "",
        (kernels, d) -> {
          int at = d.below(20);
          int[] x = d.words(at + d.length() + d.below(20));
          kernels.bits(d.word(), d.word(), start(d), x, at, d.length());
        });
    add(
        table,
        "uniform",
        "",
        (kernels, d) -> {
          Window x = d.out(d.length());
          float low = d.number();
          float high = d.number();
          kernels.uniform(d.word(), d.word(), start(d), low, high, x.array(), x.at(), d.length());
        });
    add(
        table,
        "normal",
        "",
        (kernels, d) -> {
          Window x = d.out(d.length());
          float mean = d.number();
          float std = d.number();
          kernels.normal(d.word(), d.word(), start(d), mean, std, x.array(), x.at(), d.length());
        });
    add(
        table,
        "truncatedNormal",
        "",
        (kernels, d) -> {
          Window x = d.out(d.length());
          float std = d.number();
          // From a tenth of a deviation to four, and now and then any number.
          float limit = d.below(8) == 0 ? d.number() : Math.abs(std) * (0.1f + d.below(40) / 10f);
          kernels.truncatedNormal(
              d.word(), d.word(), start(d), std, limit, x.array(), x.at(), d.length());
        });
  }

  /** Return where a fill starts: near 0, near a carry of the counter or its end, or anywhere. */
  private static long start(Draw d) {
    return switch (d.below(4)) {
      case 0 -> d.below(200);
      case 1 -> (1L << 34) - d.below(200);
      case 2 -> -d.below(200);
      default -> d.word() >>> 8;
    };
  }

  private static void add(List<KernelCase> table, String method, Object variant, Call call) {
    table.add(new KernelCase(method, variant.toString(), call));
  }

  @Override
  public String toString() {
    return variant.isEmpty() ? method : method + " " + variant;
  }
}
