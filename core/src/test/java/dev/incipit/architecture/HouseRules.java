package dev.incipit.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The rules of the house, for the architecture tests of every module.
 *
 * <p>Published as core's test jar. A module's {@code ArchitectureTests} imports its own classes
 * with {@link #classesOf} and checks {@link #everywhere()}, {@link #library()} where it computes
 * results, and the arrows.
 */
public final class HouseRules {

  private HouseRules() {}

  /** Import the compiled classes of one module, its tests left out. */
  public static JavaClasses classesOf(Path module) {
    return new ClassFileImporter().importPath(module.resolve("target").resolve("classes"));
  }

  /** Return the rules that hold in every module. */
  public static List<ArchRule> everywhere() {
    return List.of(
        noPackageCycles(),
        moduleArrows(),
        vectorApiOnlyInKernels(),
        systemLoggerOnly(),
        noHiddenRandomness(),
        generatorsOnlyFromKeys(),
        plainNames(),
        documentedPackages());
  }

  /** Return the rules for what computes results: core, init and nn, but not lab and bench. */
  public static List<ArchRule> library() {
    return List.of(noStandardStreams(), noInexactMathematics());
  }

  /** Forbid cycles among packages, at every depth. */
  static ArchRule noPackageCycles() {
    return slices().matching("dev.incipit.(**)").should().beFreeOfCycles();
  }

  /** Hold core <- init <- nn <- lab, and keep lab and bench apart. */
  static ArchRule moduleArrows() {
    return classes()
        .should(
            dependOnlyDownwards(
                List.of(
                    new Room("core", List.of("core")),
                    new Room("init", List.of("init", "core")),
                    new Room("nn", List.of("nn", "init", "core")),
                    new Room("lab", List.of("lab", "nn", "init", "core")),
                    new Room("bench", List.of("bench", "nn", "init", "core")))))
        .because("core <- init <- nn <- {lab, bench}");
  }

  /** Hold kernel <- tensor <- {random, linalg, stats, autograd}. */
  public static ArchRule coreArrows() {
    return classes()
        .should(
            dependOnlyDownwards(
                List.of(
                    new Room("core.kernel", List.of("core.kernel")),
                    new Room("core.tensor", List.of("core.tensor", "core.kernel")),
                    onTensors("core.random"),
                    onTensors("core.linalg"),
                    onTensors("core.stats"),
                    // GradientCheck draws the direction in which it checks.
                    new Room(
                        "core.autograd", List.of("core.autograd", "core.tensor", "core.kernel")))))
        .because("kernel <- tensor <- {random, linalg, stats, autograd}");
  }

  private static Room onTensors(String name) {
    return new Room(name, List.of(name, "core.tensor", "core.kernel"));
  }

  /** A package with all below it, and those of our packages that it may name. */
  private record Room(String name, List<String> mayUse) {

    private static final String HOUSE = "dev.incipit.";

    private static boolean holds(String room, JavaClass type) {
      return (type.getPackageName() + ".").startsWith(HOUSE + room + ".");
    }

    boolean holds(JavaClass type) {
      return holds(name, type);
    }

    boolean mayUse(JavaClass type) {
      return !type.getPackageName().startsWith(HOUSE)
          || mayUse.stream().anyMatch(room -> holds(room, type));
    }
  }

  private static ArchCondition<JavaClass> dependOnlyDownwards(List<Room> rooms) {
    return new ArchCondition<>("follow the arrows") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        List<Room> home = rooms.stream().filter(room -> room.holds(type)).toList();
        if (home.isEmpty()) {
          events.add(
              SimpleConditionEvent.violated(
                  type, type.getName() + " lies in no known room; add its arrows to HouseRules"));
        }
        for (Room room : home) {
          type.getDirectDependenciesFromSelf().stream()
              .filter(dependency -> !room.mayUse(dependency.getTargetClass()))
              .forEach(
                  dependency ->
                      events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
        }
      }
    };
  }

  static ArchRule vectorApiOnlyInKernels() {
    return noClasses()
        .that()
        .resideOutsideOfPackages("dev.incipit.core.kernel..", "dev.incipit.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .allowEmptyShould(true)
        .because("core.kernel alone speaks the Vector API (bench measures the machine with it)");
  }

  static ArchRule systemLoggerOnly() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("libraries log through System.Logger");
  }

  static ArchRule noHiddenRandomness() {
    return noClasses()
        .should()
        .dependOnClassesThat(
            nameMatching(
                "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.util\\.random\\.RandomGeneratorFactory|java\\.security\\.SecureRandom"))
        .orShould()
        .accessTargetWhere(target(named("java.lang.Math", "random")))
        .because("randomness is an argument: a RandomKey");
  }

  static ArchRule generatorsOnlyFromKeys() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("dev.incipit.core.random")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.random..")
        .allowEmptyShould(true)
        .because("generators serve users of the JDK's interfaces; the library draws from keys");
  }

  static ArchRule noStandardStreams() {
    return noClasses()
        .should()
        .accessTargetWhere(target(named("java.lang.System", "out|err|in")))
        .orShould()
        .accessTargetWhere(target(nameMatching("printStackTrace")))
        .because("standard streams belong to lab and bench");
  }

  static ArchRule noInexactMathematics() {
    String functions =
        "exp|expm1|log|log10|log1p|pow|cbrt|hypot|a?sin|a?cos|a?tan|atan2|sinh|cosh|tanh";
    return noClasses()
        .should()
        .accessTargetWhere(target(named("java.lang.Math", functions)))
        .orShould()
        .accessTargetWhere(
            target(
                named("jdk.incubator.vector.VectorOperators", functions.toUpperCase(Locale.ROOT))))
        .because("their results differ between machines; use StrictMath or Unary");
  }

  private static DescribedPredicate<AccessTarget> named(String owner, String members) {
    return DescribedPredicate.describe(
        owner + "." + members,
        member -> member.getOwner().getName().equals(owner) && member.getName().matches(members));
  }

  static ArchRule plainNames() {
    return noClasses()
        .should()
        .haveNameMatching(".*[.$](\\w*(Impl|Manager|Helper|Utils?)|Abstract[A-Z]\\w*)")
        .orShould()
        .haveNameMatching(".*[.$]I[A-Z][a-z]\\w*")
        .because("a name says what a thing is");
  }

  static ArchRule documentedPackages() {
    return classes().should(lieInAMarkedPackage());
  }

  private static ArchCondition<JavaClass> lieInAMarkedPackage() {
    return new ArchCondition<>("lie in a package with a package-info.java marked @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        JavaPackage home = type.getPackage();
        boolean marked =
            home.tryGetPackageInfo().isPresent()
                && home.isAnnotatedWith("org.jspecify.annotations.NullMarked");
        if (!marked) {
          events.add(
              SimpleConditionEvent.violated(
                  type, home.getName() + " has no package-info.java with @NullMarked"));
        }
      }
    };
  }
}
