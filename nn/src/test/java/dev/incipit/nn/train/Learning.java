package dev.incipit.nn.train;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Values;

/** Small problems to learn, drawn from a key. */
final class Learning {

  private Learning() {}

  /** Return points [n, 2] on three arms of a spiral, each a class, with a little noise. */
  static Dataset spirals(int n, RandomKey key) {
    Tensor noise = Tensor.zeros(n);
    key.fillNormal(noise, 0, 0.1f);
    Tensor points = Tensor.zeros(n, 2);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 3;
      int place = i / 3;
      double radius = 0.1 + 0.9 * place / (n / 3.0);
      double angle = 4 * radius + labels[i] * 2 * Math.PI / 3 + noise.get(i);
      points.set((float) (radius * StrictMath.cos(angle)), i, 0);
      points.set((float) (radius * StrictMath.sin(angle)), i, 1);
    }
    return Dataset.of(points, labels, 3);
  }

  /** Return points [n, 2] in the unit square, and the wave over them that is to be learnt. */
  static Dataset wave(int n, RandomKey key) {
    Tensor points = Tensor.zeros(n, 2);
    key.fillUniform(points, -1, 1);
    Tensor heights = Tensor.zeros(n, 1);
    for (int i = 0; i < n; i++) {
      heights.set((float) StrictMath.sin(2 * points.get(i, 0) + points.get(i, 1)), i, 0);
    }
    return Dataset.of(points, new Values(heights));
  }
}
