package dev.incipit.bench.scoreboard;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The peers' times over ours, as bars from 1: to the right we lead, to the left the peer does.
 *
 * <p>The axis is logarithmic, so that twice as fast and half as fast are bars of one length.
 */
final class Bars {

  private static final int WIDTH = 1200;
  private static final int ROW = 30;
  private static final int HEAD = 130;
  private static final double LEAST = 0.25;

  private record Bar(String label, List<Row> rows) {}

  private Bars() {}

  /**
   * Draw the picture.
   *
   * @param machine the processor's name
   * @param rows the scoreboard's, of which those of the quick one with a peer's figure are drawn
   */
  static BufferedImage of(String machine, List<Row> rows) {
    List<Bar> bars = bars(rows);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException(
          "bars: a peer must have a figure, but none has; see the notes");
    }
    double most = 2;
    double least = LEAST;
    for (Bar bar : bars) {
      for (Row row : bar.rows()) {
        most = Math.max(most, ratio(row));
        least = Math.min(least, ratio(row) / 1.5);
      }
    }
    XYChart chart =
        Picture.chart(
            WIDTH,
            HEAD + ROW * bars.size(),
            "The peers' time over ours: " + machine,
            "times as long as Incipit (logarithmic; right of 1 Incipit is faster)",
            "");
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setXAxisMin(least / 12)
        .setXAxisMax(most * 2)
        .setYAxisMin(-0.6)
        .setYAxisMax(bars.size() - 0.4)
        .setYAxisTicksVisible(false)
        .setPlotGridHorizontalLinesVisible(false)
        .setXAxisDecimalPattern("#,##0.##")
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal);
    draw(chart, bars);
    double[] ones = {1, 1};
    double[] whole = {-0.6, bars.size() - 0.4};
    Picture.line(chart, "1", ones, whole, Picture.INK, new BasicStroke(1.5f));
    BufferedImage image = Picture.paint(chart);
    label(chart, image, bars, least / 12);
    return image;
  }

  private static List<Bar> bars(List<Row> rows) {
    List<Bar> bars = new ArrayList<>();
    Set<Subject> subjects = new LinkedHashSet<>();
    rows.stream().map(Row::subject).filter(Subject::quick).forEach(subjects::add);
    for (Subject subject : subjects) {
      List<Row> mine =
          rows.stream()
              .filter(row -> row.subject().equals(subject) && row.peerRatio() != null)
              .toList();
      if (!mine.isEmpty()) {
        bars.add(new Bar(subject.title(), mine));
      }
    }
    return bars.reversed();
  }

  private static double ratio(Row row) {
    return row.peerRatio() == null ? 1 : row.peerRatio().median();
  }

  private static void draw(XYChart chart, List<Bar> bars) {
    Set<Peer> named = new LinkedHashSet<>();
    for (int i = 0; i < bars.size(); i++) {
      List<Row> rows = bars.get(i).rows();
      double pitch = 0.86 / rows.size();
      for (int j = 0; j < rows.size(); j++) {
        Row row = rows.get(j);
        Peer peer = row.peer();
        if (peer != null) {
          double y = i + 0.43 - pitch * (j + 0.5);
          double[] x = {1, ratio(row)};
          double[] ys = {y, y};
          float thickness = (float) (ROW * pitch - 1);
          BasicStroke stroke =
              new BasicStroke(thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
          boolean first = named.add(peer);
          String name = first ? peer.title() : peer.title() + " " + row.subject().title();
          Picture.line(chart, name, x, ys, colour(peer), stroke).setShowInLegend(first);
        }
      }
    }
  }

  private static void label(XYChart chart, BufferedImage image, List<Bar> bars, double left) {
    Graphics2D pen = Picture.pen(image);
    double x = chart.getScreenXFromChart(left);
    for (int i = 0; i < bars.size(); i++) {
      double y = chart.getScreenYFromChart(i);
      pen.setFont(Picture.FONT);
      pen.setColor(Picture.INK);
      pen.drawString(bars.get(i).label(), (float) x + 4, (float) y + 5);
      List<Row> rows = bars.get(i).rows();
      double pitch = 0.86 / rows.size();
      pen.setFont(Picture.FONT.deriveFont((float) Math.min(12, ROW * pitch + 3)));
      for (int j = 0; j < rows.size(); j++) {
        double ratio = ratio(rows.get(j));
        double at = chart.getScreenXFromChart(Math.max(1, ratio));
        double middle = chart.getScreenYFromChart(i + 0.43 - pitch * (j + 0.5));
        pen.drawString(
            String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio),
            (float) at + 4,
            (float) middle + pen.getFontMetrics().getAscent() / 2f - 1);
      }
    }
    pen.dispose();
  }

  private static Color colour(Peer peer) {
    return switch (peer) {
      case PYTORCH -> Picture.ORANGE;
      case DJL -> Picture.BROWN;
      case OPENBLAS -> Picture.BLUE;
      case ND4J -> Picture.GREEN;
      case DL4J -> Picture.TEAL;
      case VECTOR_BLAS -> Picture.VIOLET;
      case JDK -> Picture.RED;
    };
  }
}
