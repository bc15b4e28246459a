package dev.incipit.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.bench.Results;
import dev.incipit.bench.Table;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PictureTests {

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static long pixels(BufferedImage image, Color colour) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == (colour.getRGB() & 0xFFFFFF)) {
          count++;
        }
      }
    }
    return count;
  }

  @Test
  void putsKernelsUnderTheRoofByTheirIntensity() {
    List<Subject> subjects = Programme.of(2, true);
    Results results = Runs.complete(subjects);
    List<Roofline.Point> points = Roofline.points(subjects, results.figures());
    Roofline.Point product =
        points.stream().filter(point -> point.label().equals("512")).findFirst().orElseThrow();
    // 2 n^3 operations on 3 n^2 numbers of four bytes: n / 6.
    assertEquals(512.0 / 6, product.x(), 1e-9);
    assertEquals(50, product.y(), 1e-9);
    Roofline.Point add =
        points.stream().filter(point -> point.label().equals("add L1")).findFirst().orElseThrow();
    assertEquals(1.0 / 12, add.x(), 1e-9);
    // Half of 10 GB/s, an operation for twelve bytes.
    assertEquals(5.0 / 12, add.y(), 1e-9);
    BufferedImage image = Roofline.of("Test", subjects, results.figures());
    assertTrue(pixels(image, Picture.BLUE) > 100, "no products are drawn");
    assertTrue(pixels(image, Picture.INK) > 1000, "no roof is drawn");
  }

  @Test
  void rooflineNeedsItsProbe() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Roofline.of("Test", List.of(), List.of()));
    assertEquals(
        "roofline: the probe of multiply-adds must be among the figures; measure anew",
        e.getMessage());
  }

  @Test
  void drawsABarForEachPeer() {
    List<Subject> subjects = Programme.of(2, true);
    Results results = Runs.complete(subjects);
    List<Row> rows = Row.of(subjects, results.figures(), results.environment());
    BufferedImage image = Bars.of("Test", rows);
    for (Color colour : List.of(Picture.ORANGE, Picture.BLUE, Picture.GREEN, Picture.VIOLET)) {
      assertTrue(pixels(image, colour) > 500, "no bar has " + colour);
    }
  }

  @Test
  void growthFollowsItsLawThroughTheCostliestPoint() {
    Runs runs = new Runs();
    for (Growth.Axis axis : Growth.Axis.values()) {
      for (int value : axis.values(4)) {
        Subject subject = Growth.subject(axis, value);
        runs.ours(subject, subject.work());
      }
    }
    List<Growth.Point> points = Growth.points(runs.results().figures(), 4);
    String csv = Growth.csv(points);
    // An operation a nanosecond: 2 x 128 x 1024^2 x 11 of them, and a quarter at half the width.
    assertTrue(csv.contains("width,1024,2952790.02,0.0,2952790.02\n"), csv);
    assertTrue(csv.contains("width,512,738197.50,0.0,738197.50\n"), csv);
    // The first layer needs no input's gradient: one layer costs less than 1/32 of 32.
    assertTrue(csv.contains("depth,1,33554.43,0.0,49807.36\n"), csv);
    assertEquals(List.of(1, 2, 4, 6), Growth.Axis.THREADS.values(6));
    BufferedImage image = Growth.picture("Test", points);
    assertTrue(pixels(image, Picture.BLUE) > 100, "no points are drawn");
  }

  @Test
  void labelsCoverNeitherPointsNorOneAnother() {
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = Picture.pen(image);
    Labels labels = new Labels(pen, new Rectangle2D.Double(0, 0, 200, 100));
    labels.keepFree(100, 50, 5);
    int placed = 0;
    while (placed < 100 && labels.place("label", 100, 50, Color.WHITE)) {
      placed++;
    }
    assertTrue(placed >= 4 && placed <= 10, "labels around one point: " + placed);
    assertFalse(labels.place("a label too long for the room that is left", 100, 50, Color.WHITE));
    pen.dispose();
  }

  @Test
  void subjectsOfOneBenchmarkAreToldApart() {
    Subject one =
        new Subject(
            "training step",
            "",
            Table.TRAINING,
            Map.of("net", "SMALL", "threads", "1"),
            List.of(),
            true);
    Subject two =
        new Subject(
            "training step",
            "",
            Table.TRAINING,
            Map.of("net", "SMALL", "threads", "2"),
            List.of(),
            true);
    Results results = new Runs().ours(one, 1).ours(two, 2).results();
    assertEquals(2, two.ours(results.figures()).orElseThrow().nanos().getFirst());
  }
}
