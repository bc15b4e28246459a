package dev.incipit.bench.scoreboard;

import dev.incipit.bench.Table;
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
  private static final int BAR = 17;
  private static final int HEAD = 130;

  /** Heights in bars: the gap between two subjects. */
  private static final double GAP = 0.7;

  /** The share of the width that the subjects' names take. */
  private static final double NAMES = 0.28;

  /** A subject's bars, the first of them at some height, counted downwards. */
  private record Group(String label, double top, List<Row> rows) {

    double middle(int bar) {
      return -top - bar - 0.5;
    }
  }

  private Bars() {}

  /**
   * Draw the picture.
   *
   * @param machine the processor's name
   * @param rows the scoreboard's, of which those of the quick one, and the fills, are drawn where a
   *     peer has a figure
   */
  static BufferedImage of(String machine, List<Row> rows) {
    List<Group> groups = groups(rows);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "bars: a peer must have a figure, but none has; see the notes");
    }
    Group last = groups.getLast();
    double height = last.top() + last.rows().size() + GAP;
    double most = 2;
    double least = 0.7;
    for (Group group : groups) {
      for (Row row : group.rows()) {
        most = Math.max(most, 1.5 * ratio(row));
        least = Math.min(least, ratio(row) / 1.3);
      }
    }
    double left = Math.pow(least / Math.pow(most, NAMES), 1 / (1 - NAMES));
    XYChart chart =
        Picture.chart(
            WIDTH,
            (int) (HEAD + BAR * height),
            "The peers' time over ours: " + machine,
            "times as long as Incipit (logarithmic; right of 1 Incipit is faster)",
            "");
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setXAxisMin(left)
        .setXAxisMax(most)
        .setYAxisMin(-height)
        .setYAxisMax(0.0)
        .setYAxisTicksVisible(false)
        .setPlotGridHorizontalLinesVisible(false)
        .setXAxisDecimalPattern("#,##0.##")
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal);
    draw(chart, groups);
    double[] ones = {1, 1};
    double[] whole = {-height, 0};
    Picture.line(chart, "1", ones, whole, Picture.INK, new BasicStroke(1.5f));
    BufferedImage image = Picture.paint(chart);
    label(chart, image, groups, left);
    return image;
  }

  private static List<Group> groups(List<Row> rows) {
    List<Group> groups = new ArrayList<>();
    Set<Subject> subjects = new LinkedHashSet<>();
    rows.stream()
        .map(Row::subject)
        .filter(subject -> subject.quick() || subject.table() == Table.FILL)
        .forEach(subjects::add);
    double top = GAP;
    for (Subject subject : subjects) {
      List<Row> mine =
          rows.stream()
              .filter(row -> row.subject().equals(subject) && row.peerRatio() != null)
              .toList();
      if (!mine.isEmpty()) {
        groups.add(new Group(subject.title(), top, mine));
        top += mine.size() + GAP;
      }
    }
    return groups;
  }

  private static double ratio(Row row) {
    return row.peerRatio() == null ? 1 : row.peerRatio().median();
  }

  private static void draw(XYChart chart, List<Group> groups) {
    Set<Peer> named = new LinkedHashSet<>();
    BasicStroke stroke = new BasicStroke(BAR - 3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);
    for (Group group : groups) {
      for (int bar = 0; bar < group.rows().size(); bar++) {
        Row row = group.rows().get(bar);
        Peer peer = row.peer();
        if (peer != null) {
          double[] x = {1, ratio(row)};
          double[] y = {group.middle(bar), group.middle(bar)};
          boolean first = named.add(peer);
          String name = first ? peer.title() : peer.title() + " " + row.subject().title();
          Picture.line(chart, name, x, y, colour(peer), stroke).setShowInLegend(first);
        }
      }
    }
  }

  private static void label(XYChart chart, BufferedImage image, List<Group> groups, double left) {
    Graphics2D pen = Picture.pen(image);
    double x = chart.getScreenXFromChart(left);
    for (Group group : groups) {
      pen.setFont(Picture.FONT);
      double name = chart.getScreenYFromChart(group.middle(0));
      pen.drawString(group.label(), (float) x + 4, (float) name + 5);
      pen.setFont(Picture.FONT.deriveFont(12f));
      for (int bar = 0; bar < group.rows().size(); bar++) {
        double ratio = ratio(group.rows().get(bar));
        String text = String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
        double end = chart.getScreenXFromChart(ratio);
        int width = pen.getFontMetrics().stringWidth(text);
        double y = chart.getScreenYFromChart(group.middle(bar));
        pen.drawString(text, (float) (ratio < 1 ? end - width - 4 : end + 4), (float) y + 4);
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
