package dev.incipit.lab;

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

/** The lab keeps the rules of the house. */
final class ArchitectureTests {

  private static final JavaClasses LAB = HouseRules.classesOf(Path.of(""));

  static Stream<ArchRule> rules() {
    return HouseRules.everywhere().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void labKeeps(ArchRule rule) {
    rule.check(LAB);
  }

  @Test
  void theClassesWereFound() {
    assertTrue(LAB.contain("dev.incipit.lab.command.Incipit"));
    assertFalse(LAB.contain(ArchitectureTests.class));
  }
}
