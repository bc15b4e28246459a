package dev.incipit.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Fail when a family exists that the tests' table, or the catalogue, does not know. */
final class CompletenessTests {

  @Test
  void everyRecordOfTheFamilyIsInTheTable() {
    Set<Class<?>> permitted =
        new HashSet<>(Arrays.asList(Initializer.class.getPermittedSubclasses()));
    assertTrue(permitted.remove(CustomInitializer.class));
    assertTrue(permitted.stream().allMatch(Class::isRecord), "initializers are values");
    assertEquals(
        permitted,
        Table.ROWS.stream().map(row -> row.initializer().getClass()).collect(Collectors.toSet()));
  }

  @Test
  void everyNameOfTheCatalogueIsInTheTable() {
    assertEquals(
        Initializer.catalogue().stream().map(Family::name).collect(Collectors.toSet()),
        Table.ROWS.stream()
            .map(row -> row.text().replaceFirst("\\(.*", ""))
            .collect(Collectors.toSet()));
  }

  @Test
  void everyModeAndDistributionIsInTheTable() {
    Set<FanMode> modes = EnumSet.noneOf(FanMode.class);
    Set<Distribution> distributions = EnumSet.noneOf(Distribution.class);
    for (Table.Row row : Table.ROWS) {
      if (row.initializer() instanceof VarianceScaling scaling) {
        modes.add(scaling.mode());
        distributions.add(scaling.distribution());
      }
    }
    assertEquals(EnumSet.allOf(FanMode.class), modes);
    assertEquals(EnumSet.allOf(Distribution.class), distributions);
  }

  @Test
  void catalogueHasEachNameOnceWithFormulaAndSource() {
    Set<String> names = new HashSet<>();
    for (Family family : Initializer.catalogue()) {
      assertTrue(names.add(family.name()), family.name());
      assertFalse(family.formula().isBlank());
      assertFalse(family.source().isBlank());
    }
  }

  @Test
  void signaturesShowParametersAndFallbacks() {
    assertEquals(
        "zeros, ones, constant(c), normal(mean=0, std=0.01), "
            + "truncated-normal(std, cut=2), uniform(low, high), fan-in-uniform, "
            + "xavier-normal(gain=1), xavier-uniform(gain=1), he-normal(slope=0, mode=fan-in), "
            + "he-uniform(slope=0, mode=fan-in), lecun-normal, lecun-uniform, "
            + "variance-scaling(scale, mode, distribution), orthogonal(gain=1), "
            + "identity(gain=1, shift=0), sparse(k=15, std=1), nguyen-widrow",
        Initializer.catalogue().stream().map(Family::signature).collect(Collectors.joining(", ")));
  }
}
