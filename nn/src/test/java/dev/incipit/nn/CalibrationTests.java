package dev.incipit.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.autograd.Variable;
import dev.incipit.core.kernel.Workers;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.stats.Moments;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.init.Normal;
import dev.incipit.init.calibrate.BetweenLayer;
import dev.incipit.init.calibrate.Calibration;
import dev.incipit.init.calibrate.Lsuv;
import dev.incipit.init.calibrate.Stage;
import dev.incipit.init.calibrate.Weighted;
import dev.incipit.init.calibrate.WithinLayer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold that data-dependent initialization takes networks as they are. */
final class CalibrationTests {

  private static final RandomKey KEY = RandomKey.of(2016);

  private static final int THREADS = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(THREADS);
  }

  private static Tensor batch(int rows, int width) {
    Tensor x = Tensor.zeros(rows, width);
    KEY.split("batch").fillNormal(x, 0.2f, 1f);
    return x;
  }

  private static Dense dense(String name, int in, int out, Activation f) {
    return Dense.create(name, in, out, f, Normal.of(0.01), Constant.of(1), KEY.split(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "tanh", "leaky-relu(0.1)", "gelu", "sigmoid", "selu", "mish"})
  void lsuvGivesEveryLayerOfAPerceptronVarianceOne(String activation) {
    Sequential net =
        Mlp.of(30, 40, 50, 40, 30, 20, 10)
            .withActivation(Activation.parse(activation))
            .withWeights(Normal.of(0.01))
            .build(KEY);
    Lsuv.of().apply(net, batch(100, 30), KEY);
    assertVarianceOne(net, batch(100, 30), 6);
  }

  /** Networks in networks, activations as layers, slopes that learn, a layer of one's own. */
  @Test
  void lsuvTakesAnyMixtureOfLayers() {
    Prelu prelu = Prelu.create("slope");
    Sequential inner =
        Sequential.of(dense("b", 40, 50, Activation.identity()), prelu, x -> x.mul(5f));
    Sequential net =
        Sequential.of(
            x -> x.add(3f),
            dense("a", 30, 40, Activation.identity()),
            Activation.softplus(),
            Sequential.of(inner, dense("c", 50, 20, Activation.tanh())),
            dense("d", 20, 5, Activation.identity()));
    Lsuv.Report report = Lsuv.of().apply(net, batch(64, 30), KEY);
    assertVarianceOne(net, batch(64, 30), 4);
    assertEquals(
        List.of("a.weight", "b.weight", "c.weight", "d.weight"),
        report.layers().stream().map(Lsuv.Layer::name).toList());
    assertEquals(Prelu.INITIAL_SLOPE, prelu.slope().value().item());
  }

  /** Pre-trained layers keep their weights; the head is scaled to what they put out. */
  @Test
  void lsuvLeavesFrozenLayersAlone() {
    Sequential body = Sequential.of(dense("a", 30, 40, Activation.relu()));
    Sequential net = Sequential.of(body.frozen(), dense("head", 40, 5, Activation.identity()));
    Tensor before = body.parameters().get(0).value().copy();
    Lsuv.Report report = Lsuv.of().apply(net, batch(64, 30), KEY);
    assertTrue(before.bitEquals(body.parameters().get(0).value()));
    assertEquals(List.of("head.weight"), report.layers().stream().map(Lsuv.Layer::name).toList());
    assertVarianceOne(net, batch(64, 30), 1);
  }

  private static void assertVarianceOne(Sequential net, Tensor batch, int layers) {
    Variable x = Variable.constant(batch);
    int seen = 0;
    for (Stage stage : net.stages()) {
      if (stage instanceof Weighted weighted) {
        seen++;
        double variance = Moments.of(weighted.preactivation(x).value()).variance();
        assertEquals(1, variance, 0.1, () -> weighted.weight().name());
      }
      x = stage.forward(x);
    }
    assertEquals(layers, seen);
    assertTrue(x.value().bitEquals(net.predict(batch)), "stages are what forward applies");
  }

  /** A deep relu network after Krahenbuhl's two steps learns at one rate and computes the same. */
  @Test
  void betweenLayerEqualizesADeepReluNetworkAfterWithinLayer() {
    int[] sizes = new int[13];
    Arrays.fill(sizes, 40);
    Sequential net = Mlp.of(sizes).withWeights(He.normal()).build(KEY);
    Tensor batch = batch(128, 40);
    new WithinLayer().apply(net, batch, KEY);
    Tensor before = net.predict(batch);
    BetweenLayer.Report report = BetweenLayer.of().apply(net, batch, KEY);
    Tensor after = net.predict(batch);
    double size = Moments.of(before).deviation();
    for (int i = 0; i < before.size(); i++) {
      assertEquals(before.array()[i], after.array()[i], 1e-4 * size);
    }
    double first = report.layers().get(0).after();
    report.layers().forEach(row -> assertEquals(first, row.after(), 0.0202 * first));
    assertTrue(
        report.layers().stream().anyMatch(row -> Math.abs(Math.log(row.before() / first)) > 0.1),
        "there was something to do");
  }

  /** Law 1: the bits of networks that all three methods have calibrated. */
  @Tag("width")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void givesTheSameBitsEverywhere(int threads) throws NoSuchAlgorithmException {
    Workers.setThreads(threads);
    Sequential net =
        Sequential.of(
            dense("a", 30, 131, Activation.relu()),
            dense("b", 131, 77, Activation.gelu()),
            dense("c", 77, 10, Activation.identity()));
    Tensor batch = batch(200, 30);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String method : List.of("lsuv", "within-layer", "between-layer")) {
      Calibration.parse(method).apply(net, batch, KEY.split(method));
      for (Parameter parameter : net.parameters()) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameter.value().size());
        bytes.asFloatBuffer().put(parameter.value().toArray());
        digest.update(bytes.array());
      }
    }
    assertEquals(
        "0e21d384abb4ed0f2198209e658d711da392cf1168c879e99621541a2d9f1607",
        HexFormat.of().formatHex(digest.digest()));
  }
}
