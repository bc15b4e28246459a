package dev.incipit.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.bench.Results;
import dev.incipit.bench.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BoardTests {

  /** 2 x 64^3 = 524,288 operations: 5,242.88 ns at the limit of 100 GFLOP/s. */
  private static final Subject PRODUCT =
      new Subject(
          "product NN",
          "64",
          Table.PRODUCT,
          Map.of("form", "NN", "size", "64"),
          List.of(Peer.OPENBLAS, Peer.ND4J),
          true);

  private static final Subject STEP =
      new Subject(
          "training step",
          "784-100-10, batch 32",
          Table.TRAINING,
          Map.of("net", "SMALL", "threads", "2"),
          List.of(Peer.DJL),
          true);

  private static Board board(Runs runs) {
    Results results = runs.results();
    List<Row> rows = Row.of(List.of(PRODUCT, STEP), results.figures(), results.environment());
    return new Board(Map.of("cpu", "Test"), rows);
  }

  private static JsonNode json(Runs runs) {
    return new JsonMapper().readTree(board(runs).json());
  }

  @Test
  void comparesWithLimitAndPeerRoundByRound() {
    Runs runs =
        Runs.withProbes()
            .ours(PRODUCT, 10_485.76, 10_485.76)
            .theirs(Peer.OPENBLAS, PRODUCT, 10_485.76, 31_457.28);
    JsonNode row = json(runs).get(0);
    assertEquals("product NN", row.get("name").asString());
    assertEquals("64", row.get("size").asString());
    assertEquals(1, row.get("threads").asInt());
    assertEquals("GFLOP/s", row.get("unit").asString());
    assertEquals(50, row.get("value").asDouble(), 1e-9);
    assertEquals(0, row.get("value_spread").asDouble(), 1e-9);
    assertEquals(100, row.get("limit").asDouble(), 1e-9);
    assertEquals(0.5, row.get("of_limit").asDouble(), 1e-9);
    assertEquals("OpenBLAS", row.get("peer").asString());
    // 50 and 16.67 GFLOP/s; as long as ours, and three times as long.
    assertEquals(100.0 / 3, row.get("peer_value").asDouble(), 1e-9);
    assertEquals(2, row.get("peer_ratio").asDouble(), 1e-9);
    assertEquals(50, row.get("peer_ratio_spread").asDouble(), 1e-9);
  }

  @Test
  void givesTheLimitOfATimeAsATime() {
    double least = STEP.work() / 200;
    JsonNode row = json(Runs.withProbes().ours(STEP, 4 * least)).get(0);
    assertEquals(2, row.get("threads").asInt());
    assertEquals("us a step", row.get("unit").asString());
    assertEquals(4 * least / 1000, row.get("value").asDouble(), 1e-6);
    assertEquals(least / 1000, row.get("limit").asDouble(), 1e-6);
    assertEquals(0.25, row.get("of_limit").asDouble(), 1e-9);
    assertTrue(row.get("peer").isNull());
    assertTrue(row.get("peer_ratio").isNull());
  }

  @Test
  void saysWhyAPeerHasNoFigure() {
    Runs runs =
        Runs.withProbes().ours(PRODUCT, 10_485.76).note(Peer.ND4J, PRODUCT, "no library for here");
    JsonNode row = json(runs).get(0);
    assertEquals("ND4J", row.get("peer").asString());
    assertTrue(row.get("peer_value").isNull());
    assertEquals("no library for here", row.get("note").asString());
    String text = board(runs).text();
    assertTrue(text.contains("ND4J failed: no library for here (product NN 64)\n"), text);
  }

  @Test
  void alignsColumnsAndWritesAPeerALine() {
    Runs runs =
        Runs.withProbes()
            .ours(PRODUCT, 10_485.76)
            .theirs(Peer.OPENBLAS, PRODUCT, 5_242.88)
            .theirs(Peer.ND4J, PRODUCT, 104_857.6);
    String[] lines = board(runs).text().split("\n", -1);
    assertEquals(
        "what       size threads ours      unit    limit share peer      its      ratio", lines[0]);
    assertEquals(
        "product NN 64         1 50.0 ±0%  GFLOP/s   100 0.500 OpenBLAS  100 ±0%  0.500 ±0%",
        lines[1]);
    assertEquals(lines[1].indexOf("OpenBLAS"), lines[2].indexOf("ND4J"));
    String markdown = board(runs).markdown();
    assertTrue(
        markdown.contains("| product NN | 64 | 1 | 50.0 ±0% GFLOP/s | 100 | 0.500 | OpenBLAS |"),
        markdown);
  }
}
