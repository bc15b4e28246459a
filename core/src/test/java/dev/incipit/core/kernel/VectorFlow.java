package dev.incipit.core.kernel;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows vectors through the class file of a method, from the call that made them, over variables,
 * to what is called on them.
 *
 * <p>Of most operations the compiler knows which class of vector they return; of some it does not:
 * those that are static, and those that change the type of the elements.
 */
final class VectorFlow {

  private static final String API = "jdk.incubator.vector";

  private static final Set<String> UNKNOWN =
      Set.of("reinterpretAsInts", "reinterpretAsFloats", "convert");

  private final List<CodeElement> code = new ArrayList<>();
  private final Set<String> calls = new TreeSet<>();

  private VectorFlow(MethodModel method) {
    method.code().orElseThrow().forEach(code::add);
  }

  /** Return what a method calls on vectors whose class the compiler does not know. */
  static Set<String> callsOnUnknown(MethodModel method) {
    VectorFlow flow = new VectorFlow(method);
    for (int i = 0; i < flow.code.size(); i++) {
      if (flow.code.get(i) instanceof InvokeInstruction call && isUnknown(call)) {
        flow.follow(i + 1, call.name().stringValue());
      }
    }
    return flow.calls;
  }

  private static boolean isUnknown(InvokeInstruction call) {
    return call.owner().asSymbol().packageName().equals(API)
        && (call.opcode() == Opcode.INVOKESTATIC
            ? isVector(call.typeSymbol().returnType())
            : UNKNOWN.contains(call.name().stringValue()));
  }

  static boolean isVector(ClassDesc type) {
    return type.packageName().equals(API)
        && (type.displayName().equals("FloatVector") || type.displayName().equals("IntVector"));
  }

  /**
   * Follow the value on top of the stack, from an instruction on, until something takes it.
   *
   * @param from index of the instruction
   * @param maker name of the method that returned the value
   */
  private void follow(int from, String maker) {
    int above = 0;
    for (int i = from; ; i++) {
      CodeElement next = code.get(i);
      if (next instanceof InvokeInstruction call && above <= taken(call) - 1) {
        boolean receiver = call.opcode() != Opcode.INVOKESTATIC && above == taken(call) - 1;
        if (receiver) {
          calls.add(maker + "." + call.name().stringValue());
        }
        return;
      }
      if (above == 0 && next instanceof StoreInstruction store) {
        followVariable(i + 1, store.slot(), maker);
        return;
      }
      if (above == 0 && next instanceof ReturnInstruction) {
        calls.add(maker + " is returned");
        return;
      }
      if (next instanceof BranchInstruction branch && branch.opcode() == Opcode.GOTO) {
        i = indexOf(branch.target());
      } else if (next instanceof Instruction instruction) {
        above += effect(instruction);
      }
    }
  }

  private void followVariable(int from, int slot, String maker) {
    for (int i = from; i < code.size(); i++) {
      if (code.get(i) instanceof StoreInstruction store && store.slot() == slot) {
        return;
      }
      if (code.get(i) instanceof LoadInstruction load && load.slot() == slot) {
        follow(i + 1, maker);
      }
    }
  }

  private int indexOf(Label label) {
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i) instanceof LabelTarget target && target.label().equals(label)) {
        return i;
      }
    }
    throw new IllegalStateException("no such label");
  }

  /** Return how many slots a call takes from the stack. */
  private static int taken(InvokeInstruction call) {
    int slots = call.opcode() == Opcode.INVOKESTATIC ? 0 : 1;
    for (ClassDesc type : call.typeSymbol().parameterList()) {
      slots += TypeKind.from(type).slotSize();
    }
    return slots;
  }

  /** Return by how many slots an instruction lets the stack grow. */
  private static int effect(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction load -> load.typeKind().slotSize();
      case ConstantInstruction constant -> constant.typeKind().slotSize();
      case FieldInstruction field when field.opcode() == Opcode.GETSTATIC ->
          TypeKind.from(field.typeSymbol()).slotSize();
      case FieldInstruction field when field.opcode() == Opcode.GETFIELD ->
          TypeKind.from(field.typeSymbol()).slotSize() - 1;
      case ArrayLoadInstruction load -> load.typeKind().slotSize() - 2;
      case OperatorInstruction operator ->
          switch (operator.opcode()) {
            case INEG, FNEG, ARRAYLENGTH -> 0;
            default -> -operator.typeKind().slotSize();
          };
      case ConvertInstruction convert ->
          convert.toType().slotSize() - convert.fromType().slotSize();
      case TypeCheckInstruction check -> 0;
      case IncrementInstruction increment -> 0;
      case InvokeInstruction call ->
          TypeKind.from(call.typeSymbol().returnType()).slotSize() - taken(call);
      default -> throw new IllegalStateException("not foreseen: " + instruction);
    };
  }
}
