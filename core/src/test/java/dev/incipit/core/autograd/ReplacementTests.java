package dev.incipit.core.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.incipit.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hold a part of a computation constant without computing it again. */
final class ReplacementTests {

  @Test
  void holdsAParameterConstant() {
    Parameter a = new Parameter("a", Tensor.vector(2, 3));
    Parameter b = new Parameter("b", Tensor.vector(5, 7));
    Variable loss = a.mul(b).add(b).sum();
    Variable held = loss.replacing(Map.of(b, Variable.constant(b.value())));
    assertSame(loss.value(), held.value());
    held.backward();
    assertEquals("[5.0, 7.0]", Arrays.toString(a.gradient().toArray()));
    assertEquals("[0.0, 0.0]", Arrays.toString(b.gradient().toArray()));
    loss.backward();
    assertEquals("[3.0, 4.0]", Arrays.toString(b.gradient().toArray()));
  }

  @Test
  void readsTheNumbersOfTheMomentWhenRepeated() {
    Parameter a = new Parameter("a", Tensor.vector(2));
    Parameter b = new Parameter("b", Tensor.vector(5));
    Graph graph = Graph.of(a.mul(b).sum().replacing(Map.of(b, Variable.constant(b.value()))));
    b.value().fill(11);
    graph.forward();
    graph.backward();
    assertEquals(22, graph.result().value().item());
    assertEquals(11, a.gradient().item());
  }

  @Test
  void withoutParametersNothingIsDifferentiable() {
    Parameter a = new Parameter("a", Tensor.vector(2));
    Variable held = a.mul(3).sum().replacing(Map.of(a, Variable.constant(a.value())));
    assertEquals(false, held.isDifferentiable());
  }

  @Test
  void leavesWhatItDoesNotTouch() {
    Parameter a = new Parameter("a", Tensor.vector(2));
    Parameter other = new Parameter("b", Tensor.vector(2));
    Variable loss = a.mul(a).sum();
    assertSame(loss, loss.replacing(Map.of(other, Variable.constant(other.value()))));
  }

  @Test
  void refusesAnotherTensor() {
    Parameter a = new Parameter("a", Tensor.vector(2));
    Variable other = Variable.constant(Tensor.vector(2));
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> a.sum().replacing(Map.of(a, other)));
    assertEquals(
        "replacing: a variable and its replacement must share one tensor, but got [1] and another"
            + " [1]; wrap the value of the first",
        e.getMessage());
  }
}
