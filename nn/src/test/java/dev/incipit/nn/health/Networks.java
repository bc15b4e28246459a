package dev.incipit.nn.health;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Sequential;
import java.util.Arrays;

/** Networks and data to examine. */
final class Networks {

  static final int INPUTS = 100;

  private static final int OUTPUTS = 10;

  private Networks() {}

  static Sequential of(
      int depth, int width, String activation, String weights, String biases, RandomKey key) {
    int[] sizes = new int[depth + 1];
    Arrays.fill(sizes, width);
    sizes[0] = INPUTS;
    sizes[depth] = OUTPUTS;
    return Mlp.of(sizes)
        .withActivation(Activation.parse(activation))
        .withWeights(Initializer.parse(weights))
        .withBiases(Initializer.parse(biases))
        .build(key);
  }

  /** Draw independent normal numbers. */
  static Tensor noise(RandomKey key) {
    Tensor x = Tensor.zeros(32, INPUTS);
    key.split("noise").fillNormal(x, 0f, 1f);
    return x;
  }

  /**
   * Draw what standardized images are like: brightness between 0 and 1 from a common picture, eight
   * patterns and some noise, then brought to mean 0 and deviation 1 over all pixels together.
   */
  static Tensor images(RandomKey key) {
    Tensor patterns = Tensor.zeros(8, INPUTS);
    Tensor strengths = Tensor.zeros(32, 8);
    Tensor common = Tensor.zeros(1, INPUTS);
    key.split("patterns").fillNormal(patterns, 0f, 1f);
    key.split("strengths").fillNormal(strengths, 0f, 0.6f);
    key.split("common").fillNormal(common, 0f, 1f);
    Tensor x = strengths.matmul(patterns).add(common).add(noise(key).mul(0.3f)).sigmoid();
    Moments moments = Moments.of(x);
    return x.add((float) -moments.mean()).mul((float) (1 / moments.deviation()));
  }
}
