package dev.incipit.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.kernel.Workers;
import dev.incipit.lab.data.FashionMnist;
import dev.incipit.nn.data.Split;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeAgainstXavierTests {

  private static final Setup SMALL = new Setup(List.of(3, 6), 24, 2, 7, 2, 100, 0.01, 0.9, 1.5, 2);
  private static final int THREADS = Workers.threads();

  private static Split data;

  @BeforeAll
  static void load() throws Exception {
    Split all = FashionMnist.find(FashionMnist.BUNDLED, null).load();
    data = new Split(all.train().take(500), all.validation().take(200)).standardized();
  }

  @AfterEach
  void restoreThreads() {
    Workers.setThreads(THREADS);
  }

  @Test
  void threadsShowInNoBitOfTheResults() throws Exception {
    Workers.setThreads(1);
    List<DepthResult> alone = HeAgainstXavier.run(SMALL, data, layers -> {});
    Workers.setThreads(3);
    List<DepthResult> together = HeAgainstXavier.run(SMALL, data, layers -> {});
    assertEquals(alone, together);
    assertEquals(3, Workers.threads(), "the caller's number of threads is restored");
  }

  @Test
  void everyDepthContestantAndSeedHasItsCurve() throws Exception {
    AtomicLong work = new AtomicLong();
    List<DepthResult> results = HeAgainstXavier.run(SMALL, data, work::addAndGet);
    assertEquals(HeAgainstXavier.work(SMALL, 500), work.get());
    assertEquals(List.of(3, 6), results.stream().map(DepthResult::depth).toList());
    for (DepthResult result : results) {
      for (Contestant contestant : Contestant.values()) {
        List<Run> runs = result.runs(contestant);
        assertEquals(List.of(7L, 8L), runs.stream().map(Run::seed).toList());
        for (Run run : runs) {
          assertEquals(contestant, run.contestant());
          assertEquals(result.depth(), run.depth());
          // Five batches an epoch, two evaluations an epoch, two epochs, and the start.
          assertEquals(
              List.of(0, 3, 5, 8, 10), run.points().stream().map(Run.Point::step).toList());
          assertEquals(10, run.losses().size());
        }
      }
    }
  }

  @Test
  void heTrainsWhereXavierStandsStill() throws Exception {
    Setup deep = new Setup(List.of(20), 64, 2, 0, 12, 50, 0.005, 0.9, 1.5, 1);
    DepthResult result = HeAgainstXavier.run(deep, data, layers -> {}).getFirst();
    assertTrue(
        result.finalLoss(Contestant.HE) < 1.5, () -> "He: " + result.finalLoss(Contestant.HE));
    assertTrue(
        result.finalLoss(Contestant.XAVIER) > 2.2,
        () -> "Xavier: " + result.finalLoss(Contestant.XAVIER));
  }
}
