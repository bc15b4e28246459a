package dev.incipit.bench.scoreboard;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What the pictures share: fonts, colours, lines and points. */
final class Picture {

  static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Color INK = new Color(0x33, 0x33, 0x33);
  static final Color GREY = new Color(0x75, 0x75, 0x75);
  static final Color FAINT = new Color(0xE4, 0xE4, 0xE4);
  static final Color BLUE = new Color(0x15, 0x65, 0xC0);
  static final Color RED = new Color(0xC6, 0x28, 0x28);
  static final Color GREEN = new Color(0x2E, 0x7D, 0x32);
  static final Color ORANGE = new Color(0xEF, 0x6C, 0x00);
  static final Color VIOLET = new Color(0x6A, 0x1B, 0x9A);
  static final Color TEAL = new Color(0x00, 0x83, 0x8F);
  static final Color BROWN = new Color(0x6D, 0x4C, 0x41);

  private Picture() {}

  static XYChart chart(int width, int height, String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart
        .getStyler()
        .setLegendFont(FONT)
        .setLegendBorderColor(Color.LIGHT_GRAY)
        .setChartTitleFont(FONT.deriveFont(Font.BOLD, 17f))
        .setChartTitleBoxVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setPlotContentSize(1.0)
        .setMarkerSize(9);
    chart
        .getStyler()
        .setAxisTitleFont(FONT)
        .setAxisTickLabelsFont(FONT)
        .setPlotGridLinesColor(FAINT);
    return chart;
  }

  /** Draw a line without markers that the legend does not name. */
  static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color colour, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(colour);
    series.setLineStyle(stroke);
    series.setLineWidth(stroke.getLineWidth());
    series.setShowInLegend(false);
    return series;
  }

  /** Draw points that the legend names. */
  static XYSeries points(
      XYChart chart, String name, double[] x, double[] y, Color colour, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    series.setMarker(marker);
    series.setMarkerColor(colour);
    return series;
  }

  static BufferedImage paint(XYChart chart) {
    return BitmapEncoder.getBufferedImage(chart);
  }

  /** Return a pen for writing on a painted chart. */
  static Graphics2D pen(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(INK);
    return graphics;
  }

  static void write(Path file, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file.toFile());
  }
}
