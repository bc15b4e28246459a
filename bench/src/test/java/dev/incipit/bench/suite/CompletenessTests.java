package dev.incipit.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.incipit.core.kernel.Kernels;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CompletenessTests {

  /** Where kernels are called to prepare or to check what is timed, not to be timed. */
  private static final Set<String> UNTIMED =
      Set.of("setup", "check", "requireOrthogonal", "<init>");

  @Test
  void everyKernelHasABenchmark() {
    JavaClasses suite = new ClassFileImporter().importPackages("dev.incipit.bench.suite");
    Set<String> timed =
        suite.stream()
            .filter(type -> !type.getName().contains("jmh_generated"))
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(Kernels.class))
            .filter(call -> !UNTIMED.contains(call.getOrigin().getName()))
            .map(JavaMethodCall::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> kernels =
        Arrays.stream(Kernels.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.equals("vectorBits"))
            .collect(Collectors.toCollection(TreeSet::new));
    kernels.removeAll(timed);
    assertEquals(Set.of(), kernels, "kernels without a benchmark in dev.incipit.bench.suite");
  }
}
