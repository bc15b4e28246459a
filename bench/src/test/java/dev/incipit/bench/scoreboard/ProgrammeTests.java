package dev.incipit.bench.scoreboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

final class ProgrammeTests {

  @Test
  void namesBenchmarksOfTheSuiteWithAllTheirParameters() throws ClassNotFoundException {
    for (Subject subject : Programme.of(2, false)) {
      Class<?> benchmark = Class.forName("dev.incipit.bench.suite." + subject.benchmark());
      Set<String> expected =
          Stream.of(benchmark.getFields())
              .filter(field -> field.isAnnotationPresent(Param.class))
              .map(field -> field.getName())
              .collect(Collectors.toCollection(TreeSet::new));
      expected.remove("kernels");
      assertEquals(expected, new TreeSet<>(subject.parameters().keySet()), subject.title());
      assertTrue(subject.work() > 0, subject.title());
    }
  }

  @Test
  void measuresNothingTwice() {
    List<Subject> subjects = Programme.of(2, false);
    Set<Object> seen = new HashSet<>();
    for (Subject subject : subjects) {
      assertTrue(seen.add(subject.title()), subject.title());
      assertTrue(seen.add(List.of(subject.table(), subject.parameters())), subject.title());
    }
  }

  @Test
  void leavesThreadsOutWhereThereIsOne() {
    assertTrue(Programme.of(1, false).stream().allMatch(subject -> subject.threads() == 1));
    assertTrue(Programme.of(4, true).stream().anyMatch(subject -> subject.threads() == 4));
  }
}
