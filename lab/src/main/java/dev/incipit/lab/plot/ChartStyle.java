package dev.incipit.lab.plot;

import dev.incipit.lab.report.WholeFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look that pictures share. */
final class ChartStyle {

  static final Color RED = new Color(0xC6, 0x28, 0x28);
  static final Color BLUE = new Color(0x15, 0x65, 0xC0);
  static final Color GREY = new Color(0x75, 0x75, 0x75);

  private static final int WIDTH = 1100;
  private static final int HEIGHT = 720;

  private ChartStyle() {}

  static XYChart chart(String title, String x, String y, LegendPosition legend) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 16);
    chart
        .getStyler()
        .setLegendPosition(legend)
        .setLegendFont(font)
        .setLegendBorderColor(Color.LIGHT_GRAY)
        .setChartTitleFont(font.deriveFont(Font.BOLD, 19f))
        .setChartTitleBoxVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setAxisTitleFont(font)
        .setAxisTickLabelsFont(font)
        .setPlotGridLinesColor(new Color(0xE0, 0xE0, 0xE0))
        .setDecimalPattern("0.######");
    return chart;
  }

  static XYSeries line(XYChart chart, String name, double[] x, double[] y, BasicStroke stroke) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    series.setLineStyle(stroke);
    series.setLineWidth(stroke.getLineWidth());
    return series;
  }

  static Color transparent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  static void write(Path file, XYChart chart) throws IOException {
    WholeFile.write(
        file, part -> ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", part.toFile()));
  }
}
