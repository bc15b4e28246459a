package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.architecture.Allocation;
import dev.incipit.architecture.ForeignVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Law 5 for every kernel by itself: compiled, it allocates nothing, whatever its arguments and
 * whatever other vectors the process uses.
 *
 * <p>A quarter of a minute for each vector width, therefore in the profile {@code exhaustive} only.
 */
@Tag("width")
@Tag("exhaustive")
final class KernelAllocationTests {

  /** Calls between two counts. */
  private static final int CALLS = 200;

  /** Counts before a kernel that still allocates is given up. */
  private static final int ROUNDS = 150;

  /** Bytes a call may differ by: half the smallest array of a boxed vector's lanes. */
  private static final long BOUND = 16;

  /** No multiple of any vector's lanes. */
  private static final int LENGTH = 1003;

  @BeforeAll
  static void shareTheProcess() {
    String kernels = System.getProperty(KernelChoice.PROPERTY, "auto");
    if (kernels.matches("\\d+")) {
      assertTrue(Float.isFinite(ForeignVectors.use(Integer.parseInt(kernels))));
    }
  }

  @Test
  void compiledKernelsAllocateNothing() {
    List<String> allocating = new ArrayList<>();
    LongSupplier counter = Allocation.counter();
    for (KernelCase kernel : KernelCase.TABLE) {
      long least = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS && least > BOUND; round++) {
        least = Math.min(least, bytesBeyondTheDraws(kernel, counter));
      }
      if (least > BOUND) {
        allocating.add(kernel.method() + " " + kernel.variant() + ": " + least + " bytes a call");
      }
    }
    assertEquals(List.of(), allocating);
  }

  /** Drawing the arguments allocates; the scalar kernels, on the same draws, nothing else. */
  private static long bytesBeyondTheDraws(KernelCase kernel, LongSupplier counter) {
    long before = counter.getAsLong();
    call(kernel, Kernels.active());
    long between = counter.getAsLong();
    call(kernel, Kernels.scalar());
    long after = counter.getAsLong();
    return ((between - before) - (after - between)) / CALLS;
  }

  private static void call(KernelCase kernel, Kernels kernels) {
    for (int i = 0; i < CALLS; i++) {
      kernel.call().run(kernels, new Draw(i % 3, LENGTH));
    }
  }
}
