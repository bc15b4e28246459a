package dev.incipit.lab.plot;

import dev.incipit.lab.experiment.Contestant;
import dev.incipit.lab.experiment.DepthResult;
import dev.incipit.lab.experiment.Run;
import dev.incipit.lab.experiment.Setup;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The picture of He et al.: error on held-out images against epoch, He red, Xavier blue.
 *
 * <p>A bold line is the mean over seeds, its band one standard deviation to each side, thin lines
 * are the seeds.
 */
public final class ErrorPlot {

  private static final double CHANCE_ERROR = 0.9;

  private ErrorPlot() {}

  /**
   * Draw one depth.
   *
   * @param file PNG file to write
   * @param result the runs
   * @param setup their settings, of which the picture names the ones that matter
   * @param images number of held-out images
   * @throws IOException if the file cannot be written
   */
  public static void write(Path file, DepthResult result, Setup setup, int images)
      throws IOException {
    XYChart chart =
        ChartStyle.chart(
            "%d-layer ReLU network, width %d: He against Xavier, %d seed%s"
                .formatted(
                    result.depth(), setup.width(), setup.seeds(), setup.seeds() == 1 ? "" : "s"),
            "epoch",
            "error on %,d held-out images".formatted(images),
            LegendPosition.InsideSW);
    style(chart, setup);
    // The band lies under every line.
    for (Contestant contestant : Contestant.values()) {
      band(chart, result.runs(contestant), contestant);
    }
    for (Contestant contestant : Contestant.values()) {
      for (Run run : result.runs(contestant)) {
        String name = contestant.id() + " seed " + run.seed();
        XYSeries series =
            ChartStyle.line(chart, name, epochs(run), errors(run), new BasicStroke(1f));
        series.setLineColor(ChartStyle.transparent(colour(contestant), 90));
        series.setShowInLegend(false);
      }
    }
    for (Contestant contestant : Contestant.values()) {
      List<Run> runs = result.runs(contestant);
      XYSeries mean =
          ChartStyle.line(
              chart,
              contestant.title() + ", mean and deviation",
              epochs(runs.getFirst()),
              means(runs, 0),
              new BasicStroke(3.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      mean.setLineColor(colour(contestant));
    }
    XYSeries chance =
        ChartStyle.line(
            chart,
            "chance",
            new double[] {0, setup.epochs()},
            new double[] {CHANCE_ERROR, CHANCE_ERROR},
            SeriesLines.DASH_DASH);
    chance.setLineColor(ChartStyle.GREY);
    ChartStyle.write(file, chart);
  }

  private static void style(XYChart chart, Setup setup) {
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisMax((double) setup.epochs())
        .setYAxisMin(0.0)
        .setYAxisMax(1.0)
        .setYAxisDecimalPattern("0.0")
        .setXAxisDecimalPattern(setup.epochs() <= 4 ? "0.0" : "0");
  }

  /** Draw one deviation to each side of the mean as a closed figure: there and back again. */
  private static void band(XYChart chart, List<Run> runs, Contestant contestant) {
    if (runs.size() < 2) {
      return;
    }
    double[] x = epochs(runs.getFirst());
    double[] above = means(runs, 1);
    double[] below = means(runs, -1);
    List<Double> xs = new ArrayList<>();
    List<Double> ys = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      xs.add(x[i]);
      ys.add(Math.min(1, above[i]));
    }
    for (int i = x.length - 1; i >= 0; i--) {
      xs.add(x[i]);
      ys.add(Math.max(0, below[i]));
    }
    XYSeries series = chart.addSeries(contestant.id() + " band", xs, ys);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(ChartStyle.transparent(colour(contestant), 0));
    series.setFillColor(ChartStyle.transparent(colour(contestant), 40));
    series.setShowInLegend(false);
  }

  private static Color colour(Contestant contestant) {
    return switch (contestant) {
      case HE -> ChartStyle.RED;
      case XAVIER -> ChartStyle.BLUE;
    };
  }

  private static double[] epochs(Run run) {
    return run.points().stream().mapToDouble(Run.Point::epoch).toArray();
  }

  private static double[] errors(Run run) {
    return run.points().stream().mapToDouble(Run.Point::validationError).toArray();
  }

  /** Return at each point the mean over seeds plus so many standard deviations. */
  private static double[] means(List<Run> runs, int deviations) {
    double[] result = new double[runs.getFirst().points().size()];
    for (int i = 0; i < result.length; i++) {
      int at = i;
      double[] y =
          runs.stream().mapToDouble(run -> run.points().get(at).validationError()).toArray();
      double mean = Arrays.stream(y).average().orElseThrow();
      double squares = 0;
      for (double value : y) {
        squares += (value - mean) * (value - mean);
      }
      result[i] = mean + deviations * Math.sqrt(squares / Math.max(1, y.length - 1));
    }
    return result;
  }
}
