package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

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
   * A parameter of unknown class makes C2 ask the JDK's profiles, which every width in the process
   * shares; the code that it makes of the method can then be too big to inline (InlineSmallCode).
   */
  @Test
  void parametersThatAreVectorsAreCastToTheirClassFirst() throws IOException, URISyntaxException {
    for (MethodModel method : methodsWithVectors()) {
      int slot = 0;
      for (ClassDesc type : method.methodTypeSymbol().parameterList()) {
        if (VectorFlow.isVector(type)) {
          int parameter = slot;
          assertEquals(
              "cast",
              firstUse(method, slot),
              () -> name(method) + ", parameter in slot " + parameter);
        }
        slot += TypeKind.from(type).slotSize();
      }
    }
  }

  /**
   * The same is true of what the API makes without naming its class, in the shortest loop: the
   * slope of ReLU left an array for each of its vectors in every second process that had used
   * another width before.
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

  /** What is found where the rule is broken: this method breaks it. */
  @Test
  void callsOnVectorsOfUnknownClassAreFound() throws IOException {
    try (InputStream in = InliningTests.class.getResourceAsStream("InliningTests.class")) {
      ClassModel type = ClassFile.of().parse(in.readAllBytes());
      Set<String> found = new TreeSet<>();
      for (MethodModel method : type.methods()) {
        found.addAll(VectorFlow.callsOnUnknown(method));
      }
      assertEquals(
          Set.of("fromArray.mul", "broadcast.fma", "zero.add", "fromArray is returned"), found);
    }
  }

  static FloatVector careless(float[] x, int n) {
    VectorSpecies<Float> s = FloatVector.SPECIES_128;
    FloatVector factor = FloatVector.broadcast(s, 2f);
    FloatVector sum = FloatVector.zero(s);
    for (int i = 0; i < n; i += s.length()) {
      FloatVector v = FloatVector.fromArray(s, x, i).mul(FloatVector.fromArray(s, x, i));
      sum = sum.add(factor.fma(v, FloatVector.SPECIES_128.vectorType().cast(v)));
    }
    return n > 100 ? FloatVector.fromArray(s, x, 0) : sum;
  }

  /** All rules would hold of nothing at all. */
  @Test
  void thereAreMethodsWithVectors() throws IOException, URISyntaxException {
    assertFalse(methodsWithVectors().isEmpty());
  }

  private static String firstUse(MethodModel method, int slot) {
    List<Instruction> instructions = new ArrayList<>();
    for (CodeElement element : code(method)) {
      if (element instanceof Instruction instruction) {
        instructions.add(instruction);
      }
    }
    for (int i = 0; i < instructions.size() - 1; i++) {
      if (instructions.get(i) instanceof LoadInstruction load && load.slot() == slot) {
        return instructions.get(i + 1) instanceof InvokeInstruction call
            ? call.name().stringValue()
            : instructions.get(i + 1).toString();
      }
    }
    return "nothing";
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
