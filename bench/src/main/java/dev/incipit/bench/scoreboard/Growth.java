package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Environment;
import dev.incipit.bench.Figure;
import dev.incipit.bench.Results;
import dev.incipit.bench.Table;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.openjdk.jmh.runner.RunnerException;

/**
 * How a training step's cost grows with width, depth, batch and threads, one varied at a time, with
 * the law that each should follow.
 *
 * <p>The law is drawn through the costliest point, where what does not grow weighs least; below it,
 * a point above the line shows overhead that does not grow.
 */
final class Growth {

  /** What is varied: the law's exponent, the values, and what the others are meanwhile. */
  enum Axis {
    WIDTH("width", 2, "width^2", List.of(32, 64, 128, 256, 512, 1024)),
    DEPTH("depth", 1, "depth", List.of(1, 2, 4, 8, 16, 32)),
    BATCH("batch", 1, "batch", List.of(1, 8, 32, 128, 512)),
    THREADS("threads", -1, "1 / threads", List.of());

    private final String parameter;
    private final int exponent;
    private final String law;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Integer> values;

    Axis(String parameter, int exponent, String law, List<Integer> values) {
      this.parameter = parameter;
      this.exponent = exponent;
      this.law = law;
      this.values = values;
    }

    /** Return the values, of threads the powers of two up to some number and that number. */
    List<Integer> values(int threads) {
      if (this != THREADS) {
        return values;
      }
      List<Integer> counts = new ArrayList<>();
      for (int n = 1; n < threads; n *= 2) {
        counts.add(n);
      }
      counts.add(threads);
      return counts;
    }
  }

  /** The network that is varied; with threads, one that has something to share. */
  private static final Map<String, Integer> BASE =
      Map.of("width", 256, "depth", 4, "batch", 128, "threads", 1);

  private static final int WIDTH_OF_THREADS = 512;

  private static final int HEAD = 40;
  private static final int PANEL_WIDTH = 600;
  private static final int PANEL_HEIGHT = 420;

  /** A measured step: what was varied, to what, and microseconds. */
  record Point(Axis axis, int value, Range micros) {}

  private Growth() {}

  /** Measure, write the files, and return the table. */
  static String run(Path out, int threads, boolean quick, int rounds, PrintWriter err)
      throws IOException, RunnerException {
    List<Subject> subjects = subjects(threads);
    String kernels = Scoreboard.kernels();
    Environment environment = new Environment(List.of(kernels));
    Sitting sitting = new Sitting(subjects, kernels, quick, rounds, environment, null);
    Results results;
    try (Progress progress = new Progress(sitting.forks(), err)) {
      results = sitting.run(progress, found -> found.write(out.resolve("growth-runs.json")));
    }
    return write(out, results, threads);
  }

  private static String write(Path out, Results results, int threads) throws IOException {
    List<Point> points = points(results.figures(), threads);
    Files.writeString(out.resolve("growth.csv"), csv(points));
    String machine = results.environment().getOrDefault("cpu", "unknown").replaceFirst(",.*", "");
    Picture.write(out.resolve("growth.png"), picture(machine, points));
    return csv(points) + "Written: " + out.resolve("growth.csv") + " and growth.png\n";
  }

  private static List<Subject> subjects(int threads) {
    Map<Map<String, String>, Subject> subjects = new LinkedHashMap<>();
    for (Axis axis : Axis.values()) {
      for (int value : axis.values(threads)) {
        Subject subject = subject(axis, value);
        subjects.putIfAbsent(subject.parameters(), subject);
      }
    }
    return List.copyOf(subjects.values());
  }

  static Subject subject(Axis axis, int value) {
    Map<String, String> parameters = new LinkedHashMap<>();
    BASE.forEach((name, base) -> parameters.put(name, String.valueOf(base)));
    if (axis == Axis.THREADS) {
      parameters.put("width", String.valueOf(WIDTH_OF_THREADS));
    }
    parameters.put(axis.parameter, String.valueOf(value));
    String size = axis.parameter + " " + value;
    return new Subject("training step", size, Table.GROWTH, parameters, List.of(), true);
  }

  static List<Point> points(List<Figure> figures, int threads) {
    List<Point> points = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      for (int value : axis.values(threads)) {
        subject(axis, value)
            .ours(figures)
            .ifPresent(f -> points.add(new Point(axis, value, Range.of(Table.GROWTH.values(f)))));
      }
    }
    return points;
  }

  /** Return the points as text, with the law's prediction. */
  static String csv(List<Point> points) {
    StringBuilder text = new StringBuilder("varied,value,micros,spread_percent,law_micros\n");
    for (Point point : points) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%.2f,%.1f,%.2f%n",
              point.axis().parameter,
              point.value(),
              point.micros().median(),
              point.micros().spread(),
              law(costliest(points, point.axis()), point.value())));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private static Point costliest(List<Point> points, Axis axis) {
    return points.stream()
        .filter(point -> point.axis() == axis)
        .max(Comparator.comparingDouble(point -> point.micros().median()))
        .orElseThrow();
  }

  private static double law(Point through, double value) {
    return through.micros().median() * Math.pow(value / through.value(), through.axis().exponent);
  }

  /** Draw one panel for each axis. */
  static BufferedImage picture(String machine, List<Point> points) {
    BufferedImage whole =
        new BufferedImage(2 * PANEL_WIDTH, HEAD + 2 * PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = Picture.pen(whole);
    graphics.setBackground(Color.WHITE);
    graphics.clearRect(0, 0, whole.getWidth(), whole.getHeight());
    graphics.setFont(Picture.FONT.deriveFont(Font.BOLD, 17f));
    graphics.drawString("How the cost of a training step grows: " + machine, 16, HEAD - 10);
    int panels = 0;
    for (Axis axis : Axis.values()) {
      int x = panels % 2 * PANEL_WIDTH;
      int y = panels / 2 * PANEL_HEIGHT;
      graphics.drawImage(panel(axis, points), x, HEAD + y, null);
      panels++;
    }
    graphics.dispose();
    return whole;
  }

  private static BufferedImage panel(Axis axis, List<Point> points) {
    List<Point> mine = points.stream().filter(point -> point.axis() == axis).toList();
    Point through = costliest(points, axis);
    double[] x = mine.stream().mapToDouble(Point::value).toArray();
    double[] y = mine.stream().mapToDouble(point -> point.micros().median()).toArray();
    double[] law = mine.stream().mapToDouble(point -> law(through, point.value())).toArray();
    // A logarithmic axis labels powers of ten only.
    boolean isLong = x[x.length - 1] >= 10 * x[0];
    XYChart chart =
        Picture.chart(PANEL_WIDTH, PANEL_HEIGHT, title(axis), axis.parameter, "us a step");
    chart
        .getStyler()
        .setXAxisLogarithmic(isLong)
        .setYAxisLogarithmic(isLong)
        .setXAxisMin(isLong ? x[0] / 1.3 : 0)
        .setXAxisMax(isLong ? x[x.length - 1] * 1.3 : x[x.length - 1] + 1)
        .setYAxisMin(isLong ? Math.min(least(y), least(law)) / 1.5 : 0)
        .setYAxisMax(through.micros().median() * 1.5)
        .setXAxisDecimalPattern(isLong ? "#,##0" : "0.#")
        .setYAxisDecimalPattern("#,##0")
        .setLegendPosition(
            axis == Axis.THREADS ? LegendPosition.InsideNE : LegendPosition.InsideNW);
    BasicStroke dashed =
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {7, 5}, 0);
    Picture.line(chart, "law: " + axis.law, x, law, Picture.GREY, dashed).setShowInLegend(true);
    Picture.points(chart, "measured", x, y, Picture.BLUE, SeriesMarkers.CIRCLE);
    return Picture.paint(chart);
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static String title(Axis axis) {
    List<String> others = new ArrayList<>();
    for (Axis other : Axis.values()) {
      if (other != axis) {
        boolean wide = axis == Axis.THREADS && other == Axis.WIDTH;
        others.add(other.parameter + " " + (wide ? WIDTH_OF_THREADS : BASE.get(other.parameter)));
      }
    }
    return String.join(", ", others);
  }
}
