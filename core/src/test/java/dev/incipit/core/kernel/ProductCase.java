package dev.incipit.core.kernel;

import dev.incipit.core.kernel.Draw.Window;
import java.util.ArrayList;
import java.util.List;

/** The rows of the parity table that multiply matrices: each form, and each tail. */
final class ProductCase {

  /** Draws the operands of a product of the given shape, and computes it. */
  interface Product {
    void run(Kernels kernels, Draw d, int m, int n, int k);
  }

  private ProductCase() {}

  static List<KernelCase> table() {
    List<KernelCase> table = new ArrayList<>();
    for (Form form : Form.values()) {
      add(table, "gemm", form, (kernels, d, m, n, k) -> gemm(kernels, d, form, m, n, k, d.flip()));
    }
    // Columns that fill tiles of their own.
    for (int n : new int[] {10, 64, 96, 100}) {
      for (Form form : Form.values()) {
        table.add(
            new KernelCase(
                "gemm",
                form + ", " + n + " columns",
                (kernels, d) -> gemm(kernels, d, form, d.below(30), n, d.length(), d.flip())));
      }
    }
    // Ten columns where they lie; four columns beside whole tiles.
    table.add(
        new KernelCase(
            "gemm",
            "NN, 10 columns, dense",
            (kernels, d) -> denseGemm(kernels, d, 8 + d.below(30), 10, d.length(), d.flip())));
    table.add(
        new KernelCase(
            "gemm",
            "NN, 8 rows, 100 columns",
            (kernels, d) -> gemm(kernels, d, Form.NN, 8, 100, d.length(), false)));
    // Last columns turned; where k is long, a transposed a too large for some tiles to stay.
    table.add(
        new KernelCase(
            "gemm",
            "TN, 70 rows or more, 100 columns",
            (kernels, d) ->
                gemm(kernels, d, Form.TN, 70 + d.below(30), 100, d.length(), d.flip())));
    for (Unary f : Unary.values()) {
      add(table, "gemmMap", f, (kernels, d, m, n, k) -> gemmMap(kernels, d, f, m, n, k));
      add(
          table,
          "gemmMapGradient",
          f,
          (kernels, d, m, n, k) -> gemmMapGradient(kernels, d, f, m, n, k));
    }
    return table;
  }

  private static void add(List<KernelCase> table, String method, Enum<?> variant, Product product) {
    table.add(
        new KernelCase(
            method,
            variant.toString(),
            (kernels, d) -> {
              // The length takes each of the three places in turn.
              int place = d.below(3);
              int m = place == 0 ? d.length() : d.below(30);
              int n = place == 1 ? d.length() : d.below(71);
              int k = place == 2 ? d.length() : d.below(30);
              product.run(kernels, d, m, n, k);
            }));
  }

  static void gemm(Kernels kernels, Draw d, Form form, int m, int n, int k, boolean accumulate) {
    Window a = form == Form.TN ? d.inSpaced(k, m) : d.inSpaced(m, k);
    Window b = form == Form.NT ? d.inSpaced(n, k) : d.inSpaced(k, n);
    gemm(kernels, form, m, n, k, a, b, d.outSpaced(m, n), accumulate);
  }

  /** The same of form NN where rows follow each other at once: ten columns of b then stay. */
  static void denseGemm(Kernels kernels, Draw d, int m, int n, int k, boolean accumulate) {
    gemm(kernels, Form.NN, m, n, k, d.in(m, k), d.in(k, n), d.out(m, n), accumulate);
  }

  private static void gemm(
      Kernels kernels,
      Form form,
      int m,
      int n,
      int k,
      Window a,
      Window b,
      Window c,
      boolean accumulate) {
    kernels.gemm(
        form,
        m,
        n,
        k,
        a.array(),
        a.at(),
        a.distance(),
        b.array(),
        b.at(),
        b.distance(),
        c.array(),
        c.at(),
        c.distance(),
        accumulate);
  }

  static void gemmMap(Kernels kernels, Draw d, Unary f, int m, int n, int k) {
    Window a = d.inSpaced(m, k);
    Window b = d.inSpaced(k, n);
    Window bias = d.in(n);
    Window c = d.outSpaced(m, n);
    kernels.gemmMap(
        f,
        KernelCase.slope(d),
        m,
        n,
        k,
        a.array(),
        a.at(),
        a.distance(),
        b.array(),
        b.at(),
        b.distance(),
        bias.array(),
        bias.at(),
        c.array(),
        c.at(),
        c.distance());
  }

  static void gemmMapGradient(Kernels kernels, Draw d, Unary f, int m, int n, int k) {
    Window a = d.inSpaced(m, k);
    Window b = d.inSpaced(n, k);
    Window at = d.inSpaced(m, n);
    Window c = d.outSpaced(m, n);
    kernels.gemmMapGradient(
        f,
        KernelCase.slope(d),
        m,
        n,
        k,
        a.array(),
        a.at(),
        a.distance(),
        b.array(),
        b.at(),
        b.distance(),
        at.array(),
        at.at(),
        at.distance(),
        c.array(),
        c.at(),
        c.distance());
  }
}
