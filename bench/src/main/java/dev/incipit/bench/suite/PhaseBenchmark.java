package dev.incipit.bench.suite;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Times element-wise functions on and off the cache line and the lane count, in the first-level
 * cache.
 *
 * <p>The numbers of an array start 16 bytes into the object, so element 12 is the first that begins
 * a cache line where the object does.
 */
public class PhaseBenchmark extends KernelBenchmark {

  /** What to compute. */
  @Param({"RELU", "ADD", "SUM", "EXP"})
  public Operation operation = Operation.RELU;

  /** Index of the first element. */
  @Param({"0", "1", "12"})
  public int offset;

  /** Elements beyond a multiple of 64, the lanes of a sum. */
  @Param({"0", "13"})
  public int extra;

  private @Nullable Operands operands;

  /** Draw the operands and check the operation. */
  @Setup
  public void setup() {
    int n = WorkingSet.L1.length(operation.arrays()) + extra;
    operands = new Operands(activate(), operation, offset, n);
  }

  /** Compute. */
  @Benchmark
  public Object apply() {
    return Objects.requireNonNull(operands).apply();
  }
}
