package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.incipit.architecture.HouseRules;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Init keeps the rules of the house. */
final class ArchitectureTests {

  private static final JavaClasses INIT = HouseRules.classesOf(Path.of(""));

  static Stream<ArchRule> rules() {
    return Stream.concat(HouseRules.everywhere().stream(), HouseRules.library().stream());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void initKeeps(ArchRule rule) {
    rule.check(INIT);
  }

  @Test
  void theClassesWereFound() {
    assertTrue(INIT.contain("dev.incipit.init.VarianceScaling"));
    assertFalse(INIT.contain(ArchitectureTests.class));
  }
}
