package dev.incipit.nn.health;

import dev.incipit.init.Initializer;
import dev.incipit.init.theory.MeanField;
import dev.incipit.init.theory.Nonlinearity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds bounded activations that see so little that they are straight lines. */
final class Linearity {

  /** Share of the mean square under the recommended initializer below which a signal is small. */
  private static final double SMALL = 0.1;

  /** Squared correlation from which on a curve counts as a line. */
  private static final double STRAIGHT = 0.999;

  private Linearity() {}

  static Optional<Finding> find(Measurement measured) {
    List<Block> blocks = measured.blocks();
    double square = measured.input().meanSquare();
    for (int k = 0; k < blocks.size() - 1; k++) {
      Block block = blocks.get(k);
      if (block.range().isEmpty()) {
        return Optional.empty();
      }
      Nonlinearity f = block.f().orElseThrow();
      double weight =
          Initializer.recommendedFor(f).theory(block.layer().weight().shape()).variance();
      double usual = block.fanIn() * weight * square;
      Measurement.At at = measured.layers().get(k);
      if (at.z().meanSquare() < SMALL * usual && at.straightness() > STRAIGHT) {
        return Optional.of(
            Judge.finding(
                blocks,
                Ailment.LINEARITY,
                k,
                String.format(
                    Locale.ROOT,
                    "%s sees numbers of deviation %.2g, where it is a straight line: %s",
                    f,
                    Math.sqrt(at.z().meanSquare()),
                    new Cause(block).sentence())));
      }
      square = usual > 0 ? new MeanField(f, 1, 0).variance(usual) : 0;
    }
    return Optional.empty();
  }
}
