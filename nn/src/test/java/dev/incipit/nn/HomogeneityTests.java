package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Unary;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.He;
import dev.incipit.init.Initializer;
import dev.incipit.init.Normal;
import dev.incipit.init.Xavier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hold the law behind He against Xavier, without noise: weights c times as large make the logits of
 * L relu layers without biases c^L times as large.
 */
final class HomogeneityTests {

  private static final int LAYERS = 12;
  private static final int WIDTH = 40;
  private static final RandomKey KEY = RandomKey.of(2015);

  private static Tensor logits(Initializer weights) {
    int[] sizes = new int[LAYERS + 1];
    Arrays.fill(sizes, WIDTH);
    Tensor x = Normal.of(1).initialize(Shape.of(30, WIDTH), KEY.split("x"));
    return Mlp.of(sizes).withWeights(weights).build(KEY.split("net")).predict(x);
  }

  /** A power of two scales without rounding, so the law holds in every bit. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 0.5, 2, 4})
  void logitsScaleByThePowerInEveryBit(double c) {
    Tensor from = logits(Normal.of(0.25));
    Tensor to = logits(Normal.of(0.25 * c));
    assertTrue(to.bitEquals(from.mul((float) Math.pow(c, LAYERS))));
    assertTrue(from.map(Unary.ABS).max() > 0);
  }

  /**
   * Between layers of one width Xavier's deviation is He's over sqrt(2): a factor of 64 over 12
   * layers. A layer's rounding is below {@code WIDTH 2^-24} of its output's length.
   */
  @Test
  void xavierLosesAFactorOfRootTwoALayer() {
    Tensor he = logits(He.normal());
    Tensor xavier = logits(Xavier.normal());
    Tensor difference = xavier.mul((float) Math.pow(2, 0.5 * LAYERS)).sub(he);
    double relative = Math.sqrt(difference.mul(difference).sum() / he.mul(he).sum());
    assertEquals(0, relative, 2 * LAYERS * WIDTH * 0x1p-24);
  }
}
