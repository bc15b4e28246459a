package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Methods that take or return vectors are written so that C2 inlines them wherever they are called;
 * one that it does not inline gets its vectors in boxes.
 *
 * <p>This can go unseen for weeks: it depends on what else the process has run, and when.
 */
final class InliningTests {

  /** C2's FreqInlineSize: no method with more bytes of bytecode is inlined, however hot. */
  private static final int LIMIT = 325;

  /** What is longer than the limit is called, and keeps its boxes. */
  @Test
  void methodsWithVectorsAreShortEnoughToInline() throws IOException, URISyntaxException {
    for (MethodModel method : methodsWithVectors()) {
      int length = code(method).codeLength();
      assertTrue(length <= LIMIT, () -> name(method) + " has " + length + " bytes of bytecode");
    }
  }

  /**
   * On a vector of unknown class C2 asks the JDK's profiles, which every width in the process
   * shares. The code that it makes of a method can then be too big to inline (InlineSmallCode), and
   * even of the shortest loop some vectors stay in boxes: the slope of ReLU left an array for each,
   * in every second process that had used another width before.
   */
  @Test
  void vectorsOfUnknownClassAreCastBeforeAnythingIsCalledOnThem()
      throws IOException, URISyntaxException {
    for (ClassModel type : kernelClasses()) {
      for (MethodModel method : type.methods()) {
        if (method.code().isPresent()) {
          assertEquals(Set.of(), VectorFlow.callsOnUnknown(method), () -> name(method));
        }
      }
    }
  }

  /** What is found where the rule is broken: these methods break it. */
  @ParameterizedTest
  @CsvSource({
    "line, fromArray.mul broadcast.fma add.intoArray",
    "returned, fromArray.return",
    "choice, fromArray.add",
    "loop, zero.add fromArray.add",
    "alias, broadcast.neg",
    "parameter, parameter.add parameter.mul",
    "elements, fromArray.reinterpretAsInts reinterpretAsInts.lanewise",
    "cast, ''"
  })
  void callsOnVectorsOfUnknownClassAreFound(String name, String found) throws IOException {
    try (InputStream in = Careless.class.getResourceAsStream("InliningTests$Careless.class")) {
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        if (method.methodName().equalsString(name)) {
          Set<String> expected = found.isEmpty() ? Set.of() : Set.of(found.split(" "));
          assertEquals(expected, VectorFlow.callsOnUnknown(method));
          return;
        }
      }
    }
    fail("no method " + name);
  }

  /** Methods that break the rule, and one that keeps it. */
  static final class Careless {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_128;
    private static final Class<? extends FloatVector> V =
        S.vectorType().asSubclass(FloatVector.class);

    static void line(float[] x, long shift) {
      FloatVector factor = FloatVector.broadcast(S, (float) (int) (shift >>> 32));
      FloatVector v = FloatVector.fromArray(S, x, 0).mul((float) (int) (shift >>> 32));
      factor.fma(v, v).add(v).intoArray(x, 0);
    }

    static FloatVector returned(float[] x) {
      return FloatVector.fromArray(S, x, 0);
    }

    static void choice(float[] x, boolean whole) {
      FloatVector v;
      if (whole) {
        v = FloatVector.fromArray(S, x, 0);
      } else {
        v = V.cast(FloatVector.fromArray(S, x, 4));
      }
      V.cast(v.add(v)).intoArray(x, 0);
    }

    static void loop(float[] x) {
      FloatVector sum = FloatVector.zero(S);
      FloatVector next = V.cast(FloatVector.fromArray(S, x, 0));
      for (int i = 4; i < x.length; i += 4) {
        sum = sum.add(next).add(next.add(1f));
        next = FloatVector.fromArray(S, x, i);
      }
      V.cast(sum).intoArray(x, 0);
    }

    static void alias(float[] x) {
      FloatVector v = FloatVector.broadcast(S, x[0]);
      FloatVector w = v;
      V.cast(w.neg()).intoArray(x, 0);
    }

    static FloatVector parameter(FloatVector x) {
      FloatVector y = V.cast(x).add(1f);
      return y.add(x.mul(x.add(y)));
    }

    static FloatVector elements(float[] x) {
      return V.cast(
          FloatVector.fromArray(S, x, 0)
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 1)
              .reinterpretAsFloats());
    }

    static void cast(float[] x) {
      FloatVector sum = V.cast(FloatVector.zero(S));
      for (int i = 0; i < x.length; i += 4) {
        FloatVector v = V.cast(FloatVector.fromArray(S, x, i));
        sum = v.fma(FloatVector.broadcast(S, i > 100 ? 2f : 1f), sum);
      }
      V.cast(sum).intoArray(x, 0);
    }
  }

  /** Both rules would hold of nothing at all. */
  @Test
  void thereAreMethodsWithVectors() throws IOException, URISyntaxException {
    assertFalse(methodsWithVectors().isEmpty());
  }

  private static List<MethodModel> methodsWithVectors() throws IOException, URISyntaxException {
    List<MethodModel> found = new ArrayList<>();
    for (ClassModel type : kernelClasses()) {
      for (MethodModel method : type.methods()) {
        if (method.flags().has(AccessFlag.STATIC)
            && !method.flags().has(AccessFlag.SYNTHETIC)
            && Stream.concat(
                    Stream.of(method.methodTypeSymbol().returnType()),
                    method.methodTypeSymbol().parameterList().stream())
                .anyMatch(VectorFlow::isVector)) {
          found.add(method);
        }
      }
    }
    return found;
  }

  private static List<ClassModel> kernelClasses() throws IOException, URISyntaxException {
    URI room = VectorFunctions.class.getResource("VectorFunctions.class").toURI();
    List<ClassModel> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(room).getParent())) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          models.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
    }
    return models;
  }

  private static CodeAttribute code(MethodModel method) {
    return (CodeAttribute) method.code().orElseThrow();
  }

  private static String name(MethodModel method) {
    return method.parent().orElseThrow().thisClass().asInternalName()
        + "."
        + method.methodName().stringValue();
  }
}
