package dev.incipit.core.kernel;

import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
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
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows vectors through the class file of a method, on all ways and over variables, from where
 * they come from to what is called on them.
 *
 * <p>Of most operations the compiler knows which class of vector they return; of some it does not:
 * those that are static, and those that change the type of the elements. Nor does it of parameters,
 * nor of the sums of a loop when it comes to what stores them.
 */
final class VectorFlow {

  private static final String API = "jdk.incubator.vector";
  private static final String STORE = "intoArray";

  private static final Set<String> UNKNOWN =
      Set.of("reinterpretAsInts", "reinterpretAsFloats", "convert");

  /** Slot of what lies on the stack. */
  private static final int STACK = -1;

  /**
   * Where a vector is.
   *
   * @param index of the next instruction
   * @param slot of the variable that holds the vector, or {@link #STACK}
   * @param above slots of the stack above it, where it lies there
   */
  private record Place(int index, int slot, int above) {}

  private final MethodModel method;
  private final List<CodeElement> code = new ArrayList<>();
  private final Map<Label, Integer> labels = new HashMap<>();
  private final Set<String> calls = new TreeSet<>();
  private final Deque<Place> open = new ArrayDeque<>();
  private final Set<Place> seen = new HashSet<>();

  private VectorFlow(MethodModel method) {
    this.method = method;
    for (CodeElement element : method.code().orElseThrow()) {
      if (element instanceof LabelTarget target) {
        labels.put(target.label(), code.size());
      }
      code.add(element);
    }
  }

  /**
   * Return what a method calls on vectors whose class the compiler does not know, each as {@code
   * source.call}.
   */
  static Set<String> callsOnUnknown(MethodModel method) {
    VectorFlow flow = new VectorFlow(method);
    int slot = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
    for (ClassDesc type : method.methodTypeSymbol().parameterList()) {
      if (isVector(type)) {
        flow.follow(new Place(0, slot, 0), "parameter", true);
      }
      slot += TypeKind.from(type).slotSize();
    }
    for (int i = 0; i < flow.code.size(); i++) {
      if (flow.code.get(i) instanceof InvokeInstruction call
          && isVector(call.typeSymbol().returnType())) {
        flow.follow(new Place(i + 1, STACK, 0), call.name().stringValue(), isUnknown(call));
      }
    }
    return flow.calls;
  }

  /** Return whether a type is a vector of the API. */
  static boolean isVector(ClassDesc type) {
    return type.isClassOrInterface()
        && type.packageName().equals(API)
        && type.displayName().endsWith("Vector");
  }

  /**
   * Ours return what an operation of theirs returned, and are inlined before the question comes.
   */
  private static boolean isUnknown(InvokeInstruction call) {
    ClassDesc owner = call.owner().asSymbol();
    return owner.packageName().equals(API)
        && (call.opcode() == Opcode.INVOKESTATIC
            || !isVector(owner)
            || UNKNOWN.contains(call.name().stringValue()));
  }

  /**
   * Follow a vector until nothing holds it.
   *
   * @param source what it came from
   * @param unknown whether nothing may be called on it; else it only may not be stored
   */
  private void follow(Place start, String source, boolean unknown) {
    seen.clear();
    enter(start);
    while (!open.isEmpty()) {
      Place place = open.pop();
      CodeElement next = code.get(place.index());
      if (next instanceof Instruction instruction) {
        step(place, instruction, source, unknown);
      } else {
        enter(new Place(place.index() + 1, place.slot(), place.above()));
      }
    }
  }

  private void enter(Place place) {
    if (seen.add(place)) {
      open.push(place);
    }
  }

  private void step(Place place, Instruction next, String source, boolean unknown) {
    boolean onStack = place.slot() == STACK;
    int above = place.above();
    if (onStack && next instanceof InvokeInstruction call && above < taken(call)) {
      boolean receiver = call.opcode() != Opcode.INVOKESTATIC && above == taken(call) - 1;
      if (receiver && (unknown || call.name().equalsString(STORE))) {
        calls.add(source + "." + call.name().stringValue());
      }
      return;
    }
    if (next instanceof ReturnInstruction || next.opcode() == Opcode.ATHROW) {
      if (onStack && above == 0 && unknown && next.opcode() == Opcode.ARETURN) {
        calls.add(source + ".return");
      }
      return;
    }
    if (next instanceof StoreInstruction store) {
      if (onStack && above == 0) {
        enter(new Place(place.index() + 1, store.slot(), 0));
        return;
      }
      if (store.slot() == place.slot()) {
        return;
      }
    }
    if (next instanceof LoadInstruction load && load.slot() == place.slot()) {
      enter(new Place(place.index() + 1, STACK, 0));
    }
    int then = onStack ? above + effect(next) : 0;
    if (then < 0) {
      throw new IllegalStateException("not foreseen: " + next + " in " + method.methodName());
    }
    if (next instanceof BranchInstruction branch) {
      int target = labels.getOrDefault(branch.target(), code.size());
      enter(new Place(target, place.slot(), then));
      if (branch.opcode() == Opcode.GOTO || branch.opcode() == Opcode.GOTO_W) {
        return;
      }
    }
    enter(new Place(place.index() + 1, place.slot(), then));
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
  private int effect(Instruction instruction) {
    return switch (instruction) {
      case LoadInstruction load -> load.typeKind().slotSize();
      case StoreInstruction store -> -store.typeKind().slotSize();
      case ConstantInstruction constant -> constant.typeKind().slotSize();
      case ArrayLoadInstruction load -> load.typeKind().slotSize() - 2;
      case ArrayStoreInstruction store -> -store.typeKind().slotSize() - 2;
      case FieldInstruction field -> effect(field);
      case OperatorInstruction operator -> effect(operator.opcode());
      case ConvertInstruction convert ->
          convert.toType().slotSize() - convert.fromType().slotSize();
      case InvokeInstruction call ->
          TypeKind.from(call.typeSymbol().returnType()).slotSize() - taken(call);
      case BranchInstruction branch -> effect(branch.opcode());
      case TypeCheckInstruction check -> 0;
      case IncrementInstruction increment -> 0;
      default ->
          throw new IllegalStateException(
              "not foreseen: " + instruction + " in " + method.methodName());
    };
  }

  private static int effect(FieldInstruction field) {
    int size = TypeKind.from(field.typeSymbol()).slotSize();
    return switch (field.opcode()) {
      case GETSTATIC -> size;
      case PUTSTATIC -> -size;
      case GETFIELD -> size - 1;
      default -> -size - 1;
    };
  }

  private static int effect(Opcode opcode) {
    return switch (opcode) {
      case INEG, LNEG, FNEG, DNEG, ARRAYLENGTH, GOTO, GOTO_W -> 0;
      case LADD, LSUB, LMUL, LDIV, LREM, LAND, LOR, LXOR, DADD, DSUB, DMUL, DDIV, DREM -> -2;
      case LCMP, DCMPL, DCMPG -> -3;
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> -2;
      case IF_ACMPEQ, IF_ACMPNE -> -2;
      default -> -1;
    };
  }
}
