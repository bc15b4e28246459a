package dev.incipit.lab.plot;

import dev.incipit.lab.experiment.Draw;
import dev.incipit.lab.experiment.Histogram;
import dev.incipit.lab.experiment.Marginal;
import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A histogram of weights with the theoretical density over it. */
public final class DensityPlot {

  private static final int LEAST_BINS = 10;
  private static final int MOST_BINS = 100;
  private static final int POINTS = 500;

  private DensityPlot() {}

  /**
   * Draw the weights of a draw that have a density.
   *
   * @param file PNG file to write
   * @param draw the draw, which the title names
   * @param marginal that of the draw
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Draw draw, Marginal marginal) throws IOException {
    // Rice's rule: bins narrow enough to show the form, wide enough to be smooth.
    int bins = Math.clamp((int) (2 * Math.cbrt(marginal.count())), LEAST_BINS, MOST_BINS);
    // An odd number, so that the middle of a symmetric range is the middle of a bin.
    Histogram histogram = Histogram.of(marginal, bins | 1);
    int zeros = draw.weights().size() - marginal.count();
    XYChart chart =
        ChartStyle.chart(
            "%s, shape %s, seed %d".formatted(draw.initializer(), draw.shape(), draw.seed()),
            "weight",
            "density",
            LegendPosition.InsideNE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.25 * highest(histogram));
    bars(chart, histogram, marginal.count(), zeros);
    histogram.density().ifPresent(density -> curve(chart, histogram, density));
    ChartStyle.write(file, chart);
  }

  private static double highest(Histogram histogram) {
    double highest = 0;
    for (int bin = 0; bin < histogram.bins(); bin++) {
      highest = Math.max(highest, histogram.height(bin));
    }
    return highest;
  }

  /** Draw the bars as one closed figure: up and down along the bins, and back along the axis. */
  private static void bars(XYChart chart, Histogram histogram, int count, int zeros) {
    int bins = histogram.bins();
    double[] x = new double[2 * bins + 2];
    double[] y = new double[2 * bins + 2];
    x[0] = histogram.edge(0);
    for (int bin = 0; bin < bins; bin++) {
      x[2 * bin + 1] = histogram.edge(bin);
      x[2 * bin + 2] = histogram.edge(bin + 1);
      y[2 * bin + 1] = histogram.height(bin);
      y[2 * bin + 2] = histogram.height(bin);
    }
    x[2 * bins + 1] = histogram.edge(bins);
    String name =
        zeros == 0
            ? "%,d weights".formatted(count)
            : "%,d weights; %,d zeros are left out".formatted(count, zeros);
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(ChartStyle.transparent(ChartStyle.BLUE, 160));
    series.setLineWidth(1f);
    series.setFillColor(ChartStyle.transparent(ChartStyle.BLUE, 70));
  }

  private static void curve(XYChart chart, Histogram histogram, DoubleUnaryOperator density) {
    double low = histogram.edge(0);
    double width = histogram.edge(histogram.bins()) - low;
    // A density may be infinite at the ends of its support.
    double most = 1.25 * highest(histogram);
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = low + width * i / (POINTS - 1);
      y[i] = Math.min(most, density.applyAsDouble(x[i]));
    }
    BasicStroke stroke = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    ChartStyle.line(chart, "density by theory", x, y, stroke).setLineColor(ChartStyle.RED);
  }
}
