package dev.incipit.lab.experiment;

import dev.incipit.init.Gain;
import dev.incipit.init.Recommendation;
import dev.incipit.init.theory.Criticality;
import dev.incipit.init.theory.Nonlinearity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What theory knows of the weights before an activation.
 *
 * @param activation the activation
 * @param initializer text of the recommended initializer
 * @param reason why this one
 * @param source where it comes from
 * @param gain the gain by definition
 * @param customaryGain the gain of custom; null if there is none
 * @param customaryReason where that comes from; null if there is none
 * @param chi the factor by which, under the gain by definition, a layer changes the gradient's mean
 *     square
 * @param critical points of the boundary between order and chaos where the variance is critical too
 * @param boundary the boundary as a curve
 */
public record Advice(
    String activation,
    String initializer,
    String reason,
    String source,
    double gain,
    @Nullable Double customaryGain,
    @Nullable String customaryReason,
    double chi,
    List<Criticality.Point> critical,
    List<Criticality.Point> boundary) {

  private static final double LEAST_VARIANCE = 1e-3;
  private static final double MOST_VARIANCE = 1e3;
  private static final int POINTS = 61;

  /** Deviations closer than this differ by rounding. */
  private static final double SAME = 1e-9;

  /** Copy the lists. */
  public Advice {
    critical = List.copyOf(critical);
    boundary = List.copyOf(boundary);
  }

  /**
   * Collect what theory knows.
   *
   * @throws IllegalArgumentException if the activation has no gain
   */
  public static Advice of(Nonlinearity f) {
    Recommendation recommendation = Recommendation.of(f);
    Optional<Gain.Customary> customary = Gain.customary(f);
    return new Advice(
        f.toString(),
        recommendation.initializer().toString(),
        recommendation.reason(),
        recommendation.source(),
        Gain.of(f),
        customary.map(Gain.Customary::value).orElse(null),
        customary.map(Gain.Customary::reason).orElse(null),
        Gain.chi(f),
        Criticality.ofVariance(f),
        Criticality.boundary(f, LEAST_VARIANCE, MOST_VARIANCE, POINTS));
  }

  /** Tell whether the boundary is a single point, as that of the rectifiers is. */
  public boolean isPoint() {
    return !boundary.isEmpty()
        && Math.abs(boundary.getLast().sigmaW() - boundary.getFirst().sigmaW()) < SAME;
  }
}
