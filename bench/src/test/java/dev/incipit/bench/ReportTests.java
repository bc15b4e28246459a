package dev.incipit.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTests {

  /** Two rounds of 12 chains x 60,000 steps x 16 lanes x 2: 23,040,000 operations a call. */
  private static final String PROBE =
      entry("FmaProbe.fma", "'threads':'1','kernels':'512'", "[[100000, 90000, 500000], [50000]]");

  /** A product of 2 x 64^3: 524,288 operations a call. */
  private static String product(String kernels, String nanos) {
    return entry(
        "ProductBenchmark.product", "'form':'NN','size':'64','kernels':'" + kernels + "'", nanos);
  }

  private static String entry(String name, String parameters, String nanos) {
    return """
    {"benchmark": "dev.incipit.bench.suite.%s", "params": {%s},
     "primaryMetric": {"rawData": %s},
     "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[16, 16], [16]]}}}
    """
        .formatted(name, parameters.replace('\'', '"'), nanos);
  }

  private static Results results(String... entries) {
    return new Results(Map.of("cpu", "a test"), "[" + String.join(",", entries) + "]");
  }

  @Test
  void takesMedianAndSpreadOverRounds() {
    Figure probe = results(PROBE).figures().getFirst();
    List<Double> values = Table.FMA.values(probe);
    assertEquals(List.of(100_000.0, 50_000.0), probe.nanos());
    assertEquals(230.4, values.getFirst(), 1e-9);
    assertEquals(460.8, values.getLast(), 1e-9);
    assertEquals(345.6, Figure.median(values), 1e-9);
    // Half of the range 230.4, over 345.6.
    assertEquals(100.0 / 3, Figure.spread(values), 1e-9);
    assertEquals(16, probe.bytes());
  }

  @Test
  void comparesRoundByRoundWithTheProbe() {
    List<Figure> figures = results(PROBE, product("512", "[[4551.1111], [2275.5556]]")).figures();
    // 115.2 of 230.4 in the first round, 230.4 of 460.8 in the second.
    List<Double> shares = Table.PRODUCT.shares(figures.getLast(), figures);
    assertEquals(2, shares.size());
    assertEquals(0.5, shares.getFirst(), 1e-6);
    assertEquals(0.5, shares.getLast(), 1e-6);
  }

  @Test
  void comparesScalarKernelsWithTheWidestProbe() {
    List<Figure> figures = results(PROBE, product("scalar", "[[4551.1111]]")).figures();
    assertEquals(0.5, Table.PRODUCT.shares(figures.getLast(), figures).getFirst(), 1e-6);
  }

  @Test
  void comparesEachKindWithItsOwnProbe() {
    String avx2 =
        entry("FmaProbe.fma", "'threads':'1','kernels':'avx2'", "[[100000, 90000, 500000]]");
    String bits256 =
        avx2.replace("avx2", "256").replace("100000", "50000").replace("90000", "45000");
    List<Figure> figures =
        results(
                PROBE,
                bits256,
                avx2,
                product("avx2", "[[4551.1111]]"),
                product("256", "[[4551.1111]]"))
            .figures();
    List<Figure> products = figures.subList(3, 5);
    // 115.2 of 115.2, half of the operations of 512 bits; of the same in half the time.
    assertEquals(1, Table.PRODUCT.shares(products.getFirst(), figures).getFirst(), 1e-6);
    assertEquals(0.5, Table.PRODUCT.shares(products.getLast(), figures).getFirst(), 1e-6);
  }

  @Test
  void ordersColumnsByWidth(@TempDir Path folder) throws IOException {
    String text =
        results(
                Stream.of("512", "256", "avx2", "128", "scalar", "plain")
                    .map(kind -> product(kind, "[[1000]]"))
                    .toArray(String[]::new))
            .writeMarkdown(folder.resolve("run.json"));
    assertTrue(
        text.contains("| size | form | plain | scalar | 128 | avx2 | 256 | 512 | B/op |"), text);
  }

  @Test
  void writesTheSameTablesFromTheFile(@TempDir Path folder) throws IOException {
    Results results =
        results(PROBE, product("scalar", "[[52428.8]]"), product("512", "[[5242.88]]"));
    Path json = folder.resolve("run.json");
    results.write(json);
    String text = Results.read(json).writeMarkdown(json);
    assertEquals(results.writeMarkdown(json), text);
    assertTrue(text.contains("- cpu: a test"), text);
    assertTrue(text.contains("| size | form | scalar | 512 | B/op |"), text);
    assertTrue(text.contains("| 64 | NN | 10.0 ±0 % (0.04) | 100 ±0 % (0.43) | 16 |"), text);
  }

  @Test
  void namesTheMissingParameter() {
    Figure product =
        results(entry("ProductBenchmark.product", "'form':'NN'", "[[1]]")).figures().getFirst();
    Exception e = assertThrows(IllegalArgumentException.class, () -> Table.PRODUCT.values(product));
    assertEquals(
        "results: ProductBenchmark must have a parameter size, but has {form=NN}; measure anew",
        e.getMessage());
  }
}
