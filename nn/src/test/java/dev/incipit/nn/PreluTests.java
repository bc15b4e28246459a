package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A PReLU has one slope, of any sign, and learns it. */
final class PreluTests {

  @Test
  void learnsItsSlope() {
    Prelu layer = Prelu.create("p");
    assertEquals(List.of(layer.slope()), layer.parameters());
    assertEquals("p.slope", layer.slope().name());
    assertEquals("prelu(0.25)", layer.toString());
    Variable y = layer.forward(Variable.constant(Tensor.vector(-2f, 3f, -4f)));
    assertEquals(List.of(-0.5f, 3f, -1f), numbers(y.value()));
    y.sum().backward();
    assertEquals(List.of(-6f), numbers(layer.slope().gradient()));
  }

  @Test
  void allowsANegativeSlope() {
    Parameter x = new Parameter("x", Tensor.vector(-2f, 3f, 0f));
    Prelu layer = new Prelu(new Parameter("slope", Tensor.vector(-0.5f)));
    Variable y = layer.forward(x);
    assertEquals(List.of(1f, 3f, -0f), numbers(y.value()));
    y.sum().backward();
    assertEquals(List.of(-0.5f, 1f, -0.5f), numbers(x.gradient()));
  }

  @Test
  void refusesSeveralSlopes() {
    Parameter slopes = new Parameter("slope", Tensor.vector(0.1f, 0.2f));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Prelu(slopes));
    assertEquals(
        "prelu: the slope must be one number, but got shape [2]; pass one of shape [1]",
        refused.getMessage());
    Variable x = Variable.constant(Tensor.vector(1f));
    assertEquals(
        refused.getMessage(),
        assertThrows(IllegalArgumentException.class, () -> x.prelu(slopes)).getMessage());
  }

  private static List<Float> numbers(Tensor tensor) {
    float[] array = tensor.toArray();
    return IntStream.range(0, array.length).mapToObj(i -> array[i]).toList();
  }
}
