package dev.incipit.bench.peers;

import ai.djl.ndarray.NDManager;
import dev.incipit.bench.suite.Operation;
import dev.incipit.bench.suite.WorkingSet;
import dev.incipit.core.kernel.Binary;
import dev.incipit.core.kernel.Kernels;
import dev.incipit.core.kernel.Unary;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the peers' functions of one element at a time, and their sum. */
public class PeerElementwiseBenchmark extends PeerBenchmark {

  /** What to compute. */
  @Param public Operation operation = Operation.RELU;

  /** Where the numbers lie. */
  @Param public WorkingSet set = WorkingSet.L1;

  private @Nullable Work work;

  /** Draw the operands, the same as ours, and check the operation. */
  @Setup
  public void setup() {
    int n = set.length(operation.arrays());
    float[] x = new float[n];
    float[] y = new float[operation.arrays() > 2 ? n : 1];
    Kernels.active().uniform(1, 0, 0, operation == Operation.LOG ? 0.01f : -4f, 4f, x, 0, n);
    Kernels.active().uniform(1, 1, 0, -4f, 4f, y, 0, y.length);
    work =
        switch (peer) {
          case PYTORCH -> pytorch(x, y);
          case JDK -> new JdkFunctions(operation, x);
          case DJL, OPENBLAS, ND4J, DL4J, VECTOR_BLAS -> throw unknown();
        };
    check(work, x, y);
  }

  private Work pytorch(float[] x, float[] y) {
    NDManager manager = TorchScript.start(1);
    String line =
        switch (operation) {
          case ADD -> "_1 = torch.add(x, y, alpha=1, out=z)";
          case RELU -> "_1 = torch.clamp_min(x, 0, out=z)";
          case SUM -> "_1 = torch.sum(x, [0], False, dtype=None, out=z)";
          case EXP -> "_1 = torch.exp(x, out=z)";
          case LOG -> "_1 = torch.log(x, out=z)";
          case TANH -> "_1 = torch.tanh(x, out=z)";
          case SIGMOID -> "_1 = torch.sigmoid(x, out=z)";
          default -> throw unknown();
        };
    float[] z = new float[operation == Operation.SUM ? 1 : x.length];
    return new TorchScript(
        manager,
        List.of("x", "y", "z"),
        List.of(line),
        "z",
        TorchScript.tensor(manager, x, x.length),
        TorchScript.tensor(manager, y, y.length),
        operation == Operation.SUM ? manager.create(0f) : TorchScript.tensor(manager, z, z.length));
  }

  /** Require our numbers: a sum within n 2^-24 of the sum of sizes, a function within 8 ulps. */
  private void check(Work work, float[] x, float[] y) {
    work.run();
    float[] theirs = work.result();
    int n = x.length;
    float[] ours = new float[operation == Operation.SUM ? 1 : n];
    double tolerance = 0;
    Kernels by = Kernels.active();
    switch (operation) {
      case ADD -> by.binary(Binary.ADD, x, 0, y, 0, ours, 0, n);
      case SUM -> {
        ours[0] = by.sum(x, 0, n);
        tolerance = n * 0x1p-24 * 4 * n;
      }
      default -> by.map(Unary.valueOf(operation.name()), 0f, x, 0, ours, 0, n);
    }
    for (int i = 0; i < ours.length; i++) {
      // Logarithms near 1 are small differences, so that 8 ulps are of 1 there.
      double bound = Math.max(tolerance, 8 * Math.ulp(Math.max(1f, Math.abs(ours[i]))));
      if (!(Math.abs(theirs[i] - ours[i]) <= bound)) {
        throw new IllegalStateException(
            "element %d of %s must be %s, but is %s".formatted(i, operation, ours[i], theirs[i]));
      }
    }
  }

  /** Compute. */
  @Benchmark
  public void apply() {
    Objects.requireNonNull(work).run();
  }
}
