package dev.incipit.bench.suite;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times element-wise functions on arrays shorter than a vector, as long, and longer by one. */
public class LengthBenchmark extends KernelBenchmark {

  /** What to compute. */
  @Param({"RELU", "ADD", "SUM", "EXP"})
  public Operation operation = Operation.RELU;

  /** Elements. */
  @Param({"0", "1", "3", "4", "5", "7", "8", "9", "15", "16", "17", "31", "63", "64", "65", "1000"})
  public int n;

  private @Nullable Operands operands;

  /** Draw the operands and check the operation. */
  @Setup
  public void setup() {
    operands = new Operands(activate(), operation, 0, n);
  }

  /** Compute. */
  @Benchmark
  public Object apply() {
    return Objects.requireNonNull(operands).apply();
  }
}
