package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Use initializers as a reader of their documentation would. */
final class InitializerTests {

  @Test
  void exampleOfTheDocumentationRuns() {
    RandomKey key = RandomKey.of(42);
    Tensor w = He.normal().initialize(Shape.of(784, 256), key.split("dense1"));
    Initializer same = Initializer.parse("he-normal");
    assertTrue(w.bitEquals(same.initialize(Shape.of(784, 256), key.split("dense1"))));
  }

  @Test
  void biasesOfRankOneTakeInitializersWithoutFan() {
    assertEquals(7f, Constant.ones().initialize(Shape.of(7), RandomKey.of(0)).sum());
    assertEquals(7, Normal.of(1).initialize(Shape.of(7), RandomKey.of(0)).size());
  }

  @Test
  void takesInitializersFromOutside() {
    record Checkers(double size) implements CustomInitializer {
      @Override
      public void fill(Tensor out, RandomKey key) {
        for (int i = 0; i < out.size(); i++) {
          out.array()[out.offset() + i] = (float) (i % 2 == 0 ? size : -size);
        }
      }

      @Override
      public Theory theory(Shape shape) {
        return new Theory.Moments(0, size * size, -size, size, OptionalDouble.of(-2));
      }
    }

    Initializer own = new Checkers(0.5);
    assertEquals(
        Tensor.matrix(new float[] {0.5f, -0.5f}).toString(),
        own.initialize(Shape.of(1, 2), RandomKey.of(0)).toString());
    assertEquals(0.5, own.theory(Shape.of(1, 2)).std());
  }
}
