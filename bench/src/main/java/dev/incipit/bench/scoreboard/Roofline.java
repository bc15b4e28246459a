package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Figure;
import dev.incipit.bench.Table;
import dev.incipit.bench.suite.Net;
import dev.incipit.bench.suite.Operation;
import dev.incipit.bench.suite.ProductSize;
import dev.incipit.bench.suite.WorkingSet;
import dev.incipit.core.kernel.Form;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Our kernels under the machine's roof: operations for each byte against operations a second.
 *
 * <p>The flat roof is what the probe of multiply-adds found, each slope what a copy found at one
 * working set. Bytes are the least that must move: every operand once. A training step's bytes are
 * counted in {@link Net#bytes}.
 */
final class Roofline {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 760;
  private static final double LEAST_X = 0.05;
  private static final double MOST_X = 1000;
  private static final double LEAST_Y = 0.5;

  private static final BasicStroke SOLID = new BasicStroke(2f);
  private static final BasicStroke DASHED =
      new BasicStroke(
          1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {7, 5}, 0);

  /** The series of one legend entry. */
  private enum Kind {
    NN("product NN", Picture.BLUE, SeriesMarkers.CIRCLE),
    TN("product TN", Picture.TEAL, SeriesMarkers.TRIANGLE_UP),
    NT("product NT", Picture.VIOLET, SeriesMarkers.TRIANGLE_DOWN),
    SKINNY("product of a small batch", Picture.ORANGE, SeriesMarkers.DIAMOND),
    TRAINING("training step", Picture.RED, SeriesMarkers.SQUARE),
    ELEMENTWISE("element by element", Picture.GREEN, SeriesMarkers.CIRCLE);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a colour is
    private final Color colour;

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final Marker marker;

    Kind(String title, Color colour, Marker marker) {
      this.title = title;
      this.colour = colour;
      this.marker = marker;
    }
  }

  /** A kernel: operations for each byte, and thousands of millions of operations a second. */
  record Point(Kind kind, String label, double x, double y) {}

  private Roofline() {}

  /**
   * Draw the picture.
   *
   * @param machine the processor's name
   * @param subjects what was measured
   * @param figures what was found, the probes among them
   */
  static BufferedImage of(String machine, List<Subject> subjects, List<Figure> figures) {
    List<Point> points = points(subjects, figures);
    double peak = roof(figures);
    XYChart chart =
        Picture.chart(
            WIDTH,
            HEIGHT,
            "Roofline, one thread: " + machine,
            "floating-point operations for each byte that must move",
            "GFLOP/s");
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setYAxisLogarithmic(true)
        .setXAxisMin(LEAST_X)
        .setXAxisMax(MOST_X)
        .setYAxisMin(LEAST_Y)
        .setYAxisMax(Math.max(200, 2 * peak))
        .setXAxisDecimalPattern("#,##0.##")
        .setYAxisDecimalPattern("#,##0.#")
        .setLegendPosition(LegendPosition.InsideSE);
    double[] across = {LEAST_X, MOST_X};
    Picture.line(chart, "roof", across, new double[] {peak, peak}, Picture.INK, SOLID);
    Map<String, Double> slopes = slopes(figures);
    slopes.forEach(
        (name, slope) -> {
          double least = Math.max(LEAST_X, LEAST_Y / slope);
          double[] x = {least, peak / slope};
          double[] y = {least * slope, peak};
          Picture.line(chart, name, x, y, Picture.GREY, DASHED);
        });
    for (Kind kind : Kind.values()) {
      List<Point> mine = points.stream().filter(point -> point.kind() == kind).toList();
      if (!mine.isEmpty()) {
        double[] x = mine.stream().mapToDouble(Point::x).toArray();
        double[] y = mine.stream().mapToDouble(Point::y).toArray();
        Picture.points(chart, kind.title, x, y, kind.colour, kind.marker);
      }
    }
    BufferedImage image = Picture.paint(chart);
    label(chart, image, points, slopes, peak);
    return image;
  }

  private static void label(
      XYChart chart,
      BufferedImage image,
      List<Point> points,
      Map<String, Double> slopes,
      double peak) {
    Graphics2D pen = Picture.pen(image);
    double left = chart.getScreenXFromChart(LEAST_X);
    double right = chart.getScreenXFromChart(MOST_X);
    double top = chart.getScreenYFromChart(Math.max(200, 2 * peak));
    double bottom = chart.getScreenYFromChart(LEAST_Y);
    Labels labels = new Labels(pen, new Rectangle2D.Double(left, top, right - left, bottom - top));
    for (Point point : points) {
      labels.keepFree(
          chart.getScreenXFromChart(point.x()), chart.getScreenYFromChart(point.y()), 5);
    }
    for (double slope : slopes.values()) {
      for (double x = left; x < right; x += 4) {
        double y = chart.getScreenYFromChart(slope * chart.getChartXFromCoordinate((int) x));
        if (y > chart.getScreenYFromChart(peak)) {
          labels.keepClear(x, y);
        }
      }
    }
    double roofY = chart.getScreenYFromChart(peak);
    labels.place(
        "multiply-adds: %s GFLOP/s".formatted(Board.number(peak)),
        left + 12,
        roofY - 14,
        Picture.INK);
    // The lowest first, near the left end of its line, or farther along it where that is taken.
    slopes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(
            line -> {
              double slope = line.getValue();
              String text = "%s %s GB/s".formatted(line.getKey(), Board.number(slope));
              double x = Math.max(LEAST_X * 1.08, LEAST_Y * 1.4 / slope);
              while (x < peak / slope
                  && !labels.place(
                      text,
                      chart.getScreenXFromChart(x),
                      chart.getScreenYFromChart(x * slope) - 8,
                      Picture.GREY)) {
                x *= 1.25;
              }
            });
    for (Point point : points) {
      if (!point.label().isEmpty()) {
        labels.place(
            point.label(),
            chart.getScreenXFromChart(point.x()),
            chart.getScreenYFromChart(point.y()),
            point.kind().colour);
      }
    }
    pen.dispose();
  }

  private static double roof(List<Figure> figures) {
    return figures.stream()
        .filter(f -> f.benchmark().equals(Table.FMA.benchmark()))
        .filter(f -> f.parameter("threads").equals("1"))
        .mapToDouble(f -> Figure.median(Table.FMA.values(f)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "roofline: the probe of multiply-adds must be among the figures; measure anew"));
  }

  /** Return thousands of millions of bytes a second at each working set. */
  private static Map<String, Double> slopes(List<Figure> figures) {
    Map<String, Double> slopes = new LinkedHashMap<>();
    for (WorkingSet set : WorkingSet.values()) {
      figures.stream()
          .filter(f -> f.benchmark().equals(Table.COPY.benchmark()))
          .filter(f -> f.parameter("set").equals(set.name()))
          .forEach(f -> slopes.put(set.title(), Figure.median(Table.COPY.values(f))));
    }
    return slopes;
  }

  static List<Point> points(List<Subject> subjects, List<Figure> figures) {
    List<Point> points = new ArrayList<>();
    for (Subject subject : subjects) {
      Optional<Figure> ours = subject.ours(figures);
      if (ours.isPresent() && subject.threads() == 1) {
        point(subject, ours.get()).ifPresent(points::add);
      }
    }
    return points;
  }

  private static Optional<Point> point(Subject subject, Figure figure) {
    double nanos = Figure.median(figure.nanos());
    return switch (subject.table()) {
      case PRODUCT -> {
        Form form = Form.valueOf(figure.parameter("form"));
        String text = figure.parameter("size");
        ProductSize size = ProductSize.of(form, text);
        boolean square = !text.contains("x");
        Kind kind = square ? Kind.valueOf(form.name()) : Kind.SKINNY;
        String label = square ? (form == Form.NN ? text : "") : text + " " + form;
        yield Optional.of(
            new Point(kind, label, size.flops() / size.bytes(), size.flops() / nanos));
      }
      case TRAINING -> {
        Net net = Net.valueOf(figure.parameter("net"));
        yield Optional.of(
            new Point(Kind.TRAINING, net.title(), net.flops() / net.bytes(), net.flops() / nanos));
      }
      case ELEMENTWISE -> {
        Operation operation = Operation.valueOf(figure.parameter("operation"));
        double flops = (double) subject.table().elements(figure) * operation.flops();
        yield operation.flops() == 0
            ? Optional.empty()
            : Optional.of(
                new Point(
                    Kind.ELEMENTWISE,
                    subject.name() + " " + subject.size(),
                    (double) operation.flops() / operation.bytes(),
                    flops / nanos));
      }
      case FMA, COPY, DENSE, THREADS, GROWTH, PHASE, LENGTH, ACTIVATION, ROWS, DRAW, FILL ->
          Optional.empty();
    };
  }
}
