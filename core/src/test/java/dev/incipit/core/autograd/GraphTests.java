package dev.incipit.core.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.core.kernel.Unary;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Shape;
import dev.incipit.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold gradients that run through whole computations, once and again. */
final class GraphTests {

  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  @Test
  void exampleOfTheDocumentationRuns() {
    Parameter w = new Parameter("w", Tensor.vector(1f, 2f, 3f));
    Variable loss = w.mul(w).sum();
    loss.backward();
    assertEquals(14f, loss.value().item());
    assertEquals("[2.0, 4.0, 6.0]", Arrays.toString(w.gradient().toArray()));
  }

  @Test
  void everyUseOfAVariableAddsToItsGradient() {
    Parameter x = parameter("x", 2f);
    x.add(x).sum().backward();
    assertEquals(2f, x.gradient().item());
    // x^3, used three times by two operations.
    x.mul(x).mul(x).backward();
    assertEquals(12f, x.gradient().item());
    // 2x + 3x + 5x, each use an operation of its own.
    x.mul(2f).add(x.mul(3f)).add(x.mul(5f)).backward();
    assertEquals(10f, x.gradient().item());
    // The same for a result in between: y = x^2, y y y, 6 x^5.
    Variable y = x.mul(x);
    y.mul(y).mul(y).backward();
    assertEquals(192f, x.gradient().item());
  }

  @Test
  void aBackwardPassOverwritesWhatTheLastOneLeft() {
    Parameter x = parameter("x", 3f);
    Variable loss = x.mul(x);
    loss.backward();
    loss.backward();
    assertEquals(6f, x.gradient().item());
  }

  @Test
  void bothArmsOfADiamondArrive() {
    Parameter x = parameter("x", 0.5f);
    Variable top = x.mul(4f);
    Variable left = top.map(Unary.SQUARE);
    Variable right = top.mul(3f);
    left.mul(right).backward();
    // (4x)^2 * 12x = 192 x^3, whose derivative is 576 x^2.
    assertEquals(144f, x.gradient().item());
  }

  @Test
  void tiedWeightsGatherFromEveryLayer() {
    // Values within 0.6, products of 3 terms, two layers: see FLOAT_DIFFERENCES of OpTests.
    GradientCheck.of(
            inputs -> {
              Variable x = inputs.get(0);
              Variable w = inputs.get(1);
              return Variable.apply(new Dense(Unary.TANH, 0f), x.matmul(w).tanh(), w, inputs.get(2))
                  .softmax();
            },
            uniform("x", 4, 3),
            uniform("w", 3, 3),
            uniform("b", 3))
        .orElseThrow(1e-3);
  }

  @Test
  void aChainOfTenThousandOperationsNeedsNoStack() {
    Parameter x = parameter("x", 0.25f);
    Variable y = x;
    for (int i = 0; i < 10_000; i++) {
      y = y.add(x);
    }
    Variable loss = y;
    loss.backward();
    assertEquals(10_001f, x.gradient().item());
    assertEquals(1, Graph.of(loss).parameters().size());
  }

  @Test
  void parametersComeInTheOrderOfTheComputation() {
    Parameter a = parameter("a", 1f);
    Parameter b = parameter("b", 2f);
    Parameter unused = parameter("unused", 3f);
    Variable loss = a.mul(b).add(a);
    Graph graph = Graph.of(loss);
    assertEquals(List.of(a, b), graph.parameters());
    assertSame(loss, graph.result());
    graph.backward();
    assertEquals(0f, unused.gradient().item());
    assertEquals("a []", a.toString());
  }

  @Test
  void constantsGetNoGradient() {
    Variable c = Variable.constant(Tensor.vector(2f, 3f));
    Parameter x = new Parameter("x", Tensor.vector(5f, 7f));
    assertFalse(c.isDifferentiable());
    assertFalse(c.mul(c).exp().isDifferentiable());
    assertTrue(c.mul(x).isDifferentiable());
    Seen seen = new Seen();
    Variable.apply(seen, c, x).sum().backward();
    assertEquals(Arrays.asList(false, true), seen.asked);
    assertEquals("[2.0, 2.0]", Arrays.toString(x.gradient().toArray()));
  }

  /** x0 + 2 x1, which notes what gradients it is asked for. */
  private static final class Seen implements CustomOp {
    private List<Boolean> asked = List.of();

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(List<Tensor> inputs, Tensor output) {
      output.copyFrom(inputs.get(0).add(inputs.get(1).mul(2f)));
    }

    @Override
    public void backward(
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        List<@Nullable Tensor> inputGradients) {
      asked = inputGradients.stream().map(gradient -> gradient != null).toList();
      Tensor dx = inputGradients.get(1);
      if (dx != null) {
        dx.copyFrom(outputGradient.mul(2f));
      }
    }
  }

  @Test
  void refusesToGoBackwardFromSeveralNumbers() {
    Parameter x = new Parameter("x", Tensor.vector(1f, 2f));
    assertEquals(
        "backward: the result must be a single number computed from a parameter, but got shape"
            + " [2]; reduce it with sum() or mean()",
        assertThrows(IllegalArgumentException.class, () -> x.mul(2f).backward()).getMessage());
  }

  @Test
  void refusesToGoBackwardWithoutAParameter() {
    Variable loss = Variable.constant(Tensor.vector(1f, 2f)).sum();
    assertEquals(
        "backward: the result must be a single number computed from a parameter, but got shape"
            + " [] without a parameter; reduce it with sum() or mean()",
        assertThrows(IllegalArgumentException.class, loss::backward).getMessage());
    assertThrows(IllegalArgumentException.class, parameter("x", 1f)::backward);
  }

  /** A computation with every kind of sharing, on inputs that can be replaced. */
  private static final class Example {
    final Tensor x;
    final Tensor targets;
    final Parameter w1;
    final Parameter w2;
    final Parameter bias;
    final Graph graph;

    Example(Tensor x, Tensor targets, Tensor w1, Tensor w2, Tensor bias) {
      this.x = x;
      this.targets = targets;
      this.w1 = new Parameter("w1", w1);
      this.w2 = new Parameter("w2", w2);
      this.bias = new Parameter("bias", bias);
      List<Parameter> parameters = List.of(this.w1, this.w2, this.bias);
      graph = Graph.of(loss(Variable.constant(x), Variable.constant(targets), parameters));
    }

    static Variable loss(Variable x, Variable targets, List<? extends Variable> p) {
      Variable h = Variable.apply(new Dense(Unary.TANH, 0f), x, p.get(0), p.get(2));
      // Residual and tied: h flows on twice, w2 and bias serve twice.
      for (int i = 0; i < 2; i++) {
        Variable z = Variable.apply(new Dense(Unary.SIGMOID, 0f), h, p.get(1), p.get(2));
        h = h.add(z).mul(z.add(p.get(2)));
      }
      Variable logits = h.matmul(p.get(1)).sub(h.mean()).mul(h.sum().mul(0.01f));
      return logits.crossEntropy(targets).mean().add(h.softmax().map(Unary.SQUARE).mean());
    }

    static Example drawn(int seed, int rows, int in, int out) {
      RandomKey key = RandomKey.of(seed);
      return new Example(
          uniform(key, "x", rows, in),
          uniform(key, "t", rows, out).softmax(),
          uniform(key, "w1", in, out).mul(2f / in),
          uniform(key, "w2", out, out).mul(2f / out),
          uniform(key, "b", out));
    }

    List<Tensor> results() {
      return List.of(graph.result().value(), w1.gradient(), w2.gradient(), bias.gradient());
    }

    List<Tensor> inputs() {
      return List.of(x, targets, w1.value(), w2.value(), bias.value());
    }
  }

  /** A dense layer applies the slope of the one below it; apart they give the same bits. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aChainOfDenseLayersEqualsItsPartsInEveryBit(int threads) {
    Workers.setThreads(threads);
    for (Unary function : Unary.values()) {
      if (function.gradientAtOutput()) {
        List<Tensor> chained = gradientsOfAChain(function, true);
        List<Tensor> apart = gradientsOfAChain(function, false);
        for (int i = 0; i < chained.size(); i++) {
          assertTrue(chained.get(i).bitEquals(apart.get(i)), function + ", parameter " + i);
        }
      }
    }
  }

  private static List<Tensor> gradientsOfAChain(Unary function, boolean fused) {
    RandomKey key = RandomKey.of(11);
    int[] sizes = {61, 100, 90, 3};
    Variable x = Variable.constant(uniform(key, "x", 70, sizes[0]));
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      Parameter w =
          new Parameter("w", uniform(key, "w" + i, sizes[i - 1], sizes[i]).mul(2f / sizes[i - 1]));
      Parameter b = new Parameter("b", uniform(key, "b" + i, sizes[i]));
      if (fused) {
        x = Variable.apply(new Dense(function, 0.25f), x, w, b);
      } else {
        x = Variable.apply(new Dense(Unary.IDENTITY, 0f), x, w, b);
        x = Variable.apply(new Map(function, 0.25f), x);
      }
      parameters.addAll(List.of(w, b));
    }
    x.map(Unary.SQUARE).mean().backward();
    return parameters.stream().map(Parameter::gradient).toList();
  }

  @Test
  void gradientsThatShareMemoryStayWhole() {
    // A fault of sharing would show as a gradient that contradicts the numeric one.
    Example example = Example.drawn(1, 3, 4, 5);
    GradientCheck.of(
            inputs ->
                Example.loss(
                    Variable.constant(example.x), Variable.constant(example.targets), inputs),
            example.w1.value(),
            example.w2.value(),
            example.bias.value())
        .orElseThrow(1e-3);
  }

  @Test
  void replayOnNewNumbersGivesTheBitsOfAFreshGraph() {
    Example replayed = Example.drawn(1, 3, 4, 5);
    replayed.graph.forward();
    replayed.graph.backward();
    for (int seed = 2; seed < 5; seed++) {
      Example fresh = Example.drawn(seed, 3, 4, 5);
      for (int i = 0; i < fresh.inputs().size(); i++) {
        replayed.inputs().get(i).copyFrom(fresh.inputs().get(i));
      }
      fresh.graph.backward();
      replayed.graph.forward();
      replayed.graph.backward();
      assertSameBits(fresh, replayed, "seed " + seed);
    }
  }

  @Test
  void theNumberOfThreadsShowsInNoBit() {
    // Products above 2^20 multiplications, so that threads really share them.
    Workers.setThreads(1);
    Example alone = Example.drawn(1, 131, 97, 103);
    alone.graph.backward();
    for (int threads = 2; threads <= 4; threads++) {
      Workers.setThreads(threads);
      Example together = Example.drawn(1, 131, 97, 103);
      together.graph.backward();
      assertSameBits(alone, together, threads + " threads");
    }
  }

  private static void assertSameBits(Example expected, Example actual, String when) {
    for (int i = 0; i < expected.results().size(); i++) {
      assertTrue(
          expected.results().get(i).bitEquals(actual.results().get(i)), when + ", result " + i);
    }
  }

  /** The identity, until it is told to fail. */
  private static final class Failing implements CustomOp {
    private boolean forwardFails;
    private boolean backwardFails = true;

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(List<Tensor> inputs, Tensor output) {
      if (forwardFails) {
        throw new IllegalStateException("forward fails");
      }
      output.copyFrom(inputs.get(0));
    }

    @Override
    public void backward(
        List<Tensor> inputs,
        Tensor output,
        Tensor outputGradient,
        List<@Nullable Tensor> inputGradients) {
      if (backwardFails) {
        throw new IllegalStateException("backward fails");
      }
      Tensor dx = inputGradients.get(0);
      if (dx != null) {
        dx.copyFrom(outputGradient);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anOperationThatFailsLeavesTheRestUsable(int threads) {
    Workers.setThreads(threads);
    Failing failing = new Failing();
    Parameter x = parameter("x", 3f);
    Graph graph = Graph.of(Variable.apply(failing, x.mul(x)).mul(2f));
    for (int i = 0; i < 20; i++) {
      assertEquals(
          "backward fails",
          assertThrows(IllegalStateException.class, graph::backward).getMessage());
      failing.forwardFails = true;
      assertEquals(
          "forward fails", assertThrows(IllegalStateException.class, graph::forward).getMessage());
      failing.forwardFails = false;
      failing.backwardFails = false;
      graph.forward();
      graph.backward();
      assertEquals(12f, x.gradient().item());
      assertEquals(18f, graph.result().value().item());
      failing.backwardFails = true;
    }
  }

  /**
   * Replay until all is compiled, and count.
   *
   * <p>Interpreted vector code boxes every vector, so the count falls until the compiler has come
   * round to all, and then stays: here at 3.4 kB, the shapes and views that 30 operations check and
   * pass on. The bound is some twice that, and a sixteenth of the smallest of the 20 matrices of 64
   * kB that a replay writes: one buffer made anew, or one loop that boxes, shows.
   */
  @Test
  void replayAllocatesNothingThatGrows() {
    Workers.setThreads(1);
    Example example = Example.drawn(1, 64, 256, 256);
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < 400 && bytes > 8192; round++) {
      bytes = Math.min(bytes, Allocation.bytesOf(() -> replay(example.graph, 50)) / 50);
    }
    assertTrue(bytes <= 8192, "a replay allocates " + bytes + " bytes after 20,000 of them");
  }

  private static void replay(Graph graph, int times) {
    for (int i = 0; i < times; i++) {
      graph.forward();
      graph.backward();
    }
  }

  @Test
  void resultsRememberHowTheyWereComputed() {
    Parameter x = parameter("x", 3f);
    Variable y = x.exp();
    assertEquals(new Map(Unary.EXP, 0f), y.op());
    assertEquals(List.of(x), y.inputs());
    assertEquals(new ArrayList<>(), x.inputs());
  }

  private static Parameter parameter(String name, float value) {
    return new Parameter(name, Tensor.scalar(value));
  }

  private static Tensor uniform(String name, int... extents) {
    return uniform(RandomKey.of(9), name, extents);
  }

  private static Tensor uniform(RandomKey key, String name, int... extents) {
    Tensor result = Tensor.zeros(extents);
    key.split(name).fillUniform(result, -0.6f, 0.6f);
    return result;
  }
}
