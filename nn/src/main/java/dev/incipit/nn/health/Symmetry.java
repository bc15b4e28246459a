package dev.incipit.nn.health;

import dev.incipit.core.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds units of a hidden layer that are one unit several times.
 *
 * <p>Units with equal incoming weights and biases put out the same; with equal outgoing weights
 * they also get the same gradient, and so stay equal for ever.
 */
final class Symmetry {

  private Symmetry() {}

  static Optional<Finding> find(List<Block> blocks) {
    for (int k = 0; k < blocks.size() - 1; k++) {
      int units = blocks.get(k).units();
      if (blocks.get(k + 1).fanIn() != units) {
        continue;
      }
      int copies = units - distinct(blocks.get(k), blocks.get(k + 1));
      if (copies > 0) {
        return Optional.of(
            Judge.finding(
                blocks,
                Ailment.SYMMETRY,
                k,
                "%d of %d units are copies of others, in and out, and will learn the same; %s"
                    .formatted(copies, units, new Cause(blocks.get(k)).remedy())));
      }
    }
    return Optional.empty();
  }

  private static int distinct(Block block, Block next) {
    Tensor in = block.layer().weight().value();
    Tensor bias = block.layer().bias().value();
    Tensor out = next.layer().weight().value();
    Map<Long, Integer> kinds = new HashMap<>();
    for (int j = 0; j < block.units(); j++) {
      long hash = mix(0, bias.get(j));
      for (int i = 0; i < block.fanIn(); i++) {
        hash = mix(hash, in.array()[in.offset() + i * block.units() + j]);
      }
      for (int i = 0; i < next.units(); i++) {
        hash = mix(hash, out.array()[out.offset() + j * next.units() + i]);
      }
      kinds.merge(hash, 1, Integer::sum);
    }
    return kinds.size();
  }

  /** Add a number to a hash of 64 bits: of a million units no two agree by chance. */
  private static long mix(long hash, float value) {
    // Adding 0 makes one number of -0 and 0.
    long z = (hash ^ Float.floatToIntBits(value + 0f)) + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
