package dev.incipit.nn.health;

import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.theory.DrawNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides what is wrong; {@link InitReport} states the rules. */
final class Judge {

  private static final double MOST_SATURATED = 0.5;

  private final List<Block> blocks;
  private final Measurement measured;
  private final Optional<Expectation> theory;
  private final List<Finding> findings = new ArrayList<>();

  Judge(Measurement measured, Optional<Expectation> theory) {
    this.blocks = measured.blocks();
    this.measured = measured;
    this.theory = theory;
  }

  List<Finding> findings() {
    Symmetry.find(blocks).ifPresent(findings::add);
    if (notFinite().map(findings::add).orElse(false) || noSignal()) {
      return findings;
    }
    activations();
    gradients();
    dead();
    bounded();
    return findings;
  }

  private Optional<Finding> notFinite() {
    for (int k = 0; k < blocks.size(); k++) {
      Block block = blocks.get(k);
      boolean own =
          isFinite(block.layer().weight().value()) && isFinite(block.layer().bias().value());
      if (!own) {
        return Optional.of(
            finding(
                Ailment.NOT_FINITE,
                k,
                "weights or biases hold NaN or infinity: draw them anew, or look where they come"
                    + " from"));
      }
      if (!isFinite(measured.layers().get(k).z()) || !isFinite(measured.layers().get(k).h())) {
        return Optional.of(
            finding(
                Ailment.NOT_FINITE,
                k,
                "values leave the range of float: " + new Cause(block).sentence()));
      }
    }
    for (int k = blocks.size() - 1; k >= 0; k--) {
      if (!isFinite(measured.layers().get(k).gradient())) {
        Cause cause = new Cause(blocks.get(Math.min(k + 1, blocks.size() - 1)));
        return Optional.of(
            finding(
                Ailment.NOT_FINITE, k, "gradients leave the range of float: " + cause.sentence()));
      }
    }
    return Optional.empty();
  }

  private static boolean isFinite(Tensor x) {
    return isFinite(Moments.of(x));
  }

  private static boolean isFinite(Moments moments) {
    return Double.isFinite(moments.min()) && Double.isFinite(moments.max());
  }

  /** Tell whether some layer gets, or puts out, nothing but zeros, so that no way can be judged. */
  private boolean noSignal() {
    for (int k = 0; k < blocks.size(); k++) {
      boolean zeros = Expectation.scale(blocks.get(k)) == 0;
      if (zeros && blocks.size() == 1) {
        // A single layer learns from zeros: its gradient is that of its outputs times its inputs.
        return true;
      }
      if (zeros || measured.layers().get(k).h().meanSquare() == 0) {
        String why =
            zeros
                ? "all weights are 0, so nothing passes, forward or back; "
                    + new Cause(blocks.get(k)).remedy()
                : measured.layers().get(k).dead() == 1 && entering(k) > 0
                    ? "all units give 0 for every row: dead units: "
                        + new Cause(blocks.get(k)).sentence()
                    : "nothing arrives; look at the input and the layers before";
        findings.add(finding(Ailment.NO_SIGNAL, k, why));
        return true;
      }
    }
    if (measured.layers().getLast().gradientLength() == 0) {
      findings.add(
          finding(
              Ailment.NO_SIGNAL,
              blocks.size() - 1,
              "the loss has no gradient at the outputs; pass inputs and targets it can learn from"));
      return true;
    }
    return false;
  }

  private double entering(int k) {
    return k == 0 ? measured.input().meanSquare() : measured.layers().get(k - 1).h().meanSquare();
  }

  /** Judge the way of the signal, from the input to each layer's preactivation. */
  private void activations() {
    double input = StrictMath.log(measured.input().meanSquare());
    List<Double> path = new ArrayList<>(List.of(input));
    for (Measurement.At at : measured.layers()) {
      path.add(StrictMath.log(at.z().meanSquare()));
    }
    double expected = theory.map(t -> t.layers().getLast().signal() - input).orElse(0.0);
    double noise = theory.map(t -> t.layers().getLast().noise()).orElse(reluNoise());
    double steady =
        theory
            .filter(_ -> blocks.size() > 1)
            .map(t -> t.layers().getFirst().signal() - input)
            .orElse(0.0);
    judge(
        new Change(path, expected, noise, steady),
        Ailment.SHRINKING_ACTIVATIONS,
        Ailment.GROWING_ACTIVATIONS,
        "activations");
  }

  /** Judge the way of the gradient, from the output to the input. */
  private void gradients() {
    List<Double> path = new ArrayList<>();
    for (Measurement.At at : measured.layers().reversed()) {
      path.add(StrictMath.log(at.gradientLength()));
    }
    path.add(StrictMath.log(measured.inputGradient()));
    double expected =
        theory.stream()
            .flatMap(t -> t.layers().stream())
            .mapToDouble(Expectation.At::gradientRate)
            .sum();
    double noise = theory.map(Expectation::gradientNoise).orElse(reluNoise());
    judge(
        new Change(path, expected, noise, 0),
        Ailment.SHRINKING_GRADIENTS,
        Ailment.GROWING_GRADIENTS,
        "gradients");
  }

  private double reluNoise() {
    return DrawNoise.ofRelu(blocks.stream().map(Block::units).toList()).logDeviation();
  }

  private void judge(Change change, Ailment shrinking, Ailment growing, String what) {
    if (!change.isSick()) {
      return;
    }
    boolean forward = what.equals("activations");
    boolean down = change.total() < 0;
    int layer = forward ? change.onset() - 1 : blocks.size() - change.onset();
    String sentence =
        String.format(
            Locale.ROOT,
            "%s %s by %.2g a layer%s, %.2g in all: %s",
            what,
            down ? "shrink" : "grow",
            change.factor(),
            forward ? "" : " towards the input",
            StrictMath.exp(change.total() / 2),
            new Cause(typical()).sentence());
    findings.add(finding(down ? shrinking : growing, Math.max(0, layer), sentence));
  }

  /** Return the block in the middle, which first and last layers' own ways do not touch. */
  private Block typical() {
    return blocks.get((blocks.size() - 1) / 2);
  }

  private void dead() {
    for (int k = 0; k < blocks.size() - 1; k++) {
      Measurement.At at = measured.layers().get(k);
      double chance = 0.5 + Change.SIGMAS * Math.sqrt(0.25 / blocks.get(k).units());
      if (at.dead() > Math.min(chance, 1 - 1e-9) && blocks.get(k).units() > 1) {
        boolean off = at.h().meanSquare() < 0.25 * at.z().meanSquare();
        findings.add(
            finding(
                Ailment.DEAD_UNITS,
                k,
                String.format(
                    Locale.ROOT,
                    "%.0f %% of the units give one number for every row: %s: %s",
                    100 * at.dead(),
                    off ? "they are off" : "they are stuck, and rows cannot be told apart",
                    new Cause(blocks.get(k)).sentence())));
        return;
      }
    }
  }

  /** Judge bounded activations: at their ends, or all on their straight middle. */
  private void bounded() {
    for (int k = 0; k < blocks.size() - 1; k++) {
      Measurement.At at = measured.layers().get(k);
      if (at.saturated() > MOST_SATURATED) {
        findings.add(
            finding(
                Ailment.SATURATION,
                k,
                String.format(
                    Locale.ROOT,
                    "%.0f %% of the outputs lie at the ends of %s, where it is flat: %s",
                    100 * at.saturated(),
                    blocks.get(k).functionName(),
                    new Cause(blocks.get(k)).sentence())));
        break;
      }
    }
    if (blocks.size() > 1) {
      Linearity.find(measured).ifPresent(findings::add);
    }
  }

  private Finding finding(Ailment ailment, int k, String sentence) {
    return finding(blocks, ailment, k, sentence);
  }

  static Finding finding(List<Block> blocks, Ailment ailment, int k, String sentence) {
    return new Finding(
        ailment, k + 1, "layer " + (k + 1) + " (" + blocks.get(k).name() + "): " + sentence);
  }
}
