package dev.incipit.nn.health;

import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Shape;
import dev.incipit.init.He;
import dev.incipit.init.Initializer;
import dev.incipit.init.LeCun;
import dev.incipit.init.Normal;
import dev.incipit.init.VarianceScaling;
import dev.incipit.init.Xavier;
import dev.incipit.init.theory.Nonlinearity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Recognizes by their variance how a layer's weights were drawn, and names what they should be. */
final class Cause {

  /** How far the logarithm of a variance may be off beside the noise of its estimate. */
  private static final double SLACK = 0.02;

  private static final double SIGMAS = 4;

  private static final Map<String, Initializer> KNOWN = known();

  private final Block block;
  private final Moments weights;
  private final Moments biases;

  Cause(Block block) {
    this.block = block;
    this.weights = Moments.of(block.layer().weight().value());
    this.biases = Moments.of(block.layer().bias().value());
  }

  private static Map<String, Initializer> known() {
    Map<String, Initializer> known = new LinkedHashMap<>();
    known.put("Xavier", Xavier.normal());
    known.put("He", He.normal());
    known.put("LeCun", LeCun.normal());
    known.put("fan-in-uniform", VarianceScaling.fanInUniform());
    known.put("N(0, 0.01^2)", Normal.of(0.01));
    return known;
  }

  /** Return the likes of {@code Xavier under relu; use he-normal}. */
  String sentence() {
    String under = description() + " under " + block.functionName();
    return under + bias() + "; " + remedy();
  }

  private String description() {
    return nearest()
        .orElseGet(() -> "weights of deviation %.2g".formatted(Math.sqrt(weights.meanSquare())));
  }

  private Optional<String> nearest() {
    Optional<String> nearest = Optional.empty();
    double distance = SLACK + SIGMAS * Math.sqrt(2.0 / weights.count());
    for (Map.Entry<String, Initializer> entry : KNOWN.entrySet()) {
      double off = distance(entry.getValue());
      if (off < distance) {
        distance = off;
        nearest = Optional.of(entry.getKey());
      }
    }
    return nearest;
  }

  private double distance(Initializer initializer) {
    double variance = initializer.theory(shape()).variance();
    return Math.abs(StrictMath.log(weights.meanSquare() / variance));
  }

  private Shape shape() {
    return block.layer().weight().shape();
  }

  private String bias() {
    return biases.meanSquare() > weights.meanSquare() * block.fanIn()
        ? ", whose biases of mean %.2g outweigh the signal".formatted(biases.mean())
        : "";
  }

  /** Return what to use instead, or, where that is in use already, what else can be done. */
  String remedy() {
    if (block.f().isEmpty()) {
      return "calibrate with lsuv";
    }
    Nonlinearity f = block.f().orElseThrow();
    Initializer recommended = Initializer.recommendedFor(f);
    boolean used = distance(recommended) < SLACK + SIGMAS * Math.sqrt(2.0 / weights.count());
    if (used && biases.meanSquare() == 0) {
      return "use fewer layers, or tanh or relu, or calibrate with lsuv";
    }
    return "use " + recommended + (biases.meanSquare() > 0 ? " and biases of 0" : "");
  }
}
