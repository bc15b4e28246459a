package dev.incipit.lab.plot;

import dev.incipit.init.theory.Criticality;
import dev.incipit.lab.experiment.Advice;
import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The boundary between order and chaos in the plane of weight and bias deviations. */
public final class BoundaryPlot {

  private BoundaryPlot() {}

  /**
   * Draw the boundary of an activation.
   *
   * @param file PNG file to write
   * @param advice its boundary and critical points
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, Advice advice) throws IOException {
    List<Criticality.Point> boundary = advice.boundary();
    boolean point = advice.isPoint();
    boolean leans =
        !boundary.isEmpty() && boundary.getLast().sigmaW() < boundary.getFirst().sigmaW();
    XYChart chart =
        ChartStyle.chart(
            "%s: order left of the %s, chaos right of it"
                .formatted(advice.activation(), point ? "point" : "curve"),
            "sigma_w: deviation of a weight times the root of the fan in",
            "sigma_b: deviation of a bias",
            leans ? LegendPosition.InsideNE : LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    if (point) {
      chart
          .getStyler()
          .setYAxisMax(1.0)
          .setXAxisMin(0.0)
          .setXAxisMax(2 * boundary.getFirst().sigmaW());
    } else if (!boundary.isEmpty()) {
      BasicStroke stroke = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
      String name =
          "chi_1 = 1, q* from %s to %s"
              .formatted(boundary.getFirst().variance(), boundary.getLast().variance());
      ChartStyle.line(chart, name, weights(boundary), biases(boundary), stroke)
          .setLineColor(ChartStyle.BLUE);
    }
    if (!advice.critical().isEmpty()) {
      XYSeries points =
          chart.addSeries(
              "critical in variance too", weights(advice.critical()), biases(advice.critical()));
      points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
      points.setMarker(SeriesMarkers.CIRCLE);
      points.setMarkerColor(ChartStyle.RED);
    }
    ChartStyle.write(file, chart);
  }

  private static double[] weights(List<Criticality.Point> points) {
    return points.stream().mapToDouble(Criticality.Point::sigmaW).toArray();
  }

  private static double[] biases(List<Criticality.Point> points) {
    return points.stream().mapToDouble(Criticality.Point::sigmaB).toArray();
  }
}
