package dev.incipit.nn.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Initializer;
import dev.incipit.init.calibrate.Lsuv;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Sequential;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A correct network of 30 layers is called healthy: of 200 draws at most 1 % alarm.
 *
 * <p>A report that ignored the noise of a draw would call nearly all of them sick.
 */
final class FalseAlarmTests {

  private static final int DEPTH = 30;

  private static final String CORRECT =
      """
      relu            | he-normal
      leaky-relu(0.1) | he-uniform(0.1)
      tanh            | xavier-normal
      tanh            | xavier-uniform(1.6666666666666667)
      selu            | lecun-normal
      gelu            | recommended
      relu            | orthogonal(1.4142135623730951)
      tanh            | orthogonal
      relu            | lsuv
      tanh            | lsuv
      gelu            | lsuv
      selu            | lsuv
      """;

  private static int alarms(String activation, String method, int width, int seeds) {
    return (int)
        IntStream.range(0, seeds)
            .filter(seed -> !report(activation, method, width, seed).healthy())
            .count();
  }

  private static InitReport report(String activation, String method, int width, int seed) {
    RandomKey key = RandomKey.of(seed);
    Tensor x = seed % 2 == 0 ? Networks.noise(key) : Networks.images(key);
    boolean lsuv = method.equals("lsuv");
    String weights =
        lsuv
            ? "zeros"
            : method.equals("recommended")
                ? Initializer.recommendedFor(Activation.parse(activation)).toString()
                : method;
    Sequential net = Networks.of(DEPTH, width, activation, weights, "zeros", key);
    if (lsuv) {
      Lsuv.of().apply(net, x, key.split("lsuv"));
    }
    return InitReport.of(net, x);
  }

  /**
   * Two hundred draws of the network that the theory is about: they alarm rarely, and they stray as
   * far as theory says. A normal number is beyond half a deviation in 62 % of draws and beyond 3.5
   * in 0.05 %; a right library with another seed fails here once in ten thousand.
   */
  @Test
  void heUnderReluStraysAsTheorySaysAndHardlyEverAlarms() {
    int alarms = 0;
    int outside = 0;
    int farOutside = 0;
    for (int seed = 0; seed < 200; seed++) {
      InitReport report = report("relu", "he-normal", 100, seed);
      InitReport.Row last = report.layers().getLast();
      double off = Math.log(last.preactivation() / last.expected()) / last.noise();
      alarms += report.healthy() ? 0 : 1;
      outside += Math.abs(off) > 0.5 ? 1 : 0;
      farOutside += Math.abs(off) > 3.5 ? 1 : 0;
    }
    assertTrue(alarms <= 2, alarms + " alarms of 200");
    assertTrue(outside >= 90, "noise overstated: " + outside + " of 200 beyond half a deviation");
    assertTrue(farOutside <= 3, "noise understated: " + farOutside + " of 200 beyond 3.5");
  }

  /** Five draws of each, for every build; the proof below takes them all. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = CORRECT)
  void otherCorrectNetworksAreHealthy(String activation, String method) {
    assertEquals(0, alarms(activation, method, 100, 5));
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = CORRECT)
  void everyCorrectNetworkHasAtMostOnePercentOfAlarms(String activation, String method) {
    for (int width : new int[] {100, 256}) {
      int alarms = alarms(activation, method, width, 200);
      assertTrue(alarms <= 2, () -> alarms + " alarms of 200 at width " + width);
    }
  }

  /** A layer that nobody knows leaves no theory, and still no alarm without need. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void anUnknownLayerAmongThemChangesNothing(int seed) {
    RandomKey key = RandomKey.of(seed);
    Sequential net = Networks.of(DEPTH, 100, "relu", "he-normal", "zeros", key);
    InitReport report =
        InitReport.of(
            Sequential.of(
                net.first(7), x -> x.mul(1f), new Sequential(net.layers().subList(7, DEPTH))),
            Networks.images(key));
    assertTrue(report.healthy(), report::toString);
    assertTrue(Double.isNaN(report.layers().getFirst().expected()));
  }
}
