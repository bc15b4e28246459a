package dev.incipit.bench.suite;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times element-wise functions and sums in each level of the memory hierarchy. */
public class ElementwiseBenchmark extends KernelBenchmark {

  /** What to compute. */
  @Param public Operation operation = Operation.RELU;

  /** Where the numbers lie. */
  @Param public WorkingSet set = WorkingSet.L1;

  private @Nullable Operands operands;

  /** Draw the operands and check the operation. */
  @Setup
  public void setup() {
    operands = new Operands(activate(), operation, 0, set.length(operation.arrays()));
  }

  /** Compute. */
  @Benchmark
  public Object apply() {
    return Objects.requireNonNull(operands).apply();
  }
}
