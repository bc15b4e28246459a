package dev.incipit.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** Stands in the scoreboard's package, whose programme no one else may see. */
final class PeerProgrammeTests {

  @Test
  void everyPeersWorkHasItsBenchmark() throws ClassNotFoundException {
    for (Subject subject : Programme.of(2, false)) {
      if (subject.peers().isEmpty()) {
        continue;
      }
      Class<?> benchmark = Class.forName("dev.incipit.bench.peers." + subject.peerBenchmark());
      Set<String> parameters =
          Stream.of(benchmark.getFields())
              .filter(field -> field.isAnnotationPresent(Param.class))
              .map(field -> field.getName())
              .collect(Collectors.toCollection(TreeSet::new));
      parameters.remove("peer");
      assertEquals(parameters, new TreeSet<>(subject.parameters().keySet()), subject.title());
    }
  }
}
