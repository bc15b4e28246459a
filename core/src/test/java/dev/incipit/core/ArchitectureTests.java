package dev.incipit.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.incipit.architecture.HouseRules;
import java.nio.file.Path;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Core keeps the rules of the house. */
final class ArchitectureTests {

  private static final JavaClasses CORE = HouseRules.classesOf(Path.of(""));

  static Stream<ArchRule> rules() {
    return Stream.of(
            HouseRules.everywhere().stream(),
            HouseRules.library().stream(),
            Stream.of(HouseRules.coreArrows()))
        .flatMap(rules -> rules);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void coreKeeps(ArchRule rule) {
    rule.check(CORE);
  }

  @Test
  void theClassesWereFound() {
    assertTrue(CORE.contain("dev.incipit.core.kernel.Kernels"));
    assertFalse(CORE.contain(ArchitectureTests.class));
  }

  /** A class that breaks rules, so that each is seen to bite. */
  @SuppressWarnings("unused")
  private static final class OffenderImpl {
    private final Random random = new Random(1);

    double offend(RandomGenerator generator) {
      System.out.println(Math.random());
      return Math.exp(random.nextDouble() + generator.nextDouble());
    }
  }

  @ParameterizedTest
  @MethodSource("rulesThatTheOffenderBreaks")
  void anOffenderIsCaught(ArchRule rule) {
    JavaClasses offender = new ClassFileImporter().importClasses(OffenderImpl.class);
    assertThrows(AssertionError.class, () -> rule.check(offender));
  }

  /** All but cycles, arrows and modules, which one class inside core cannot break. */
  static Stream<ArchRule> rulesThatTheOffenderBreaks() {
    return rules()
        .filter(
            rule ->
                !rule.getDescription()
                    .matches(
                        ".*(cycles|Vector API|System.Logger|arrows|core <-|kernel <-|package-info).*"));
  }
}
