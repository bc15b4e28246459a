package dev.incipit.bench.suite;

import dev.incipit.bench.Flags;
import dev.incipit.core.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.VectorShape;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every benchmark shares: JMH's settings, and the choice of kernels as a parameter.
 *
 * <p>The kernels are a constant of the process, chosen when first used. JMH gives each value of a
 * parameter a process of its own, so {@link #activate()} sets the choice there before any kernel is
 * touched, and fails where it came too late or the process got other kernels than it asked for.
 *
 * <p>Until C2 has compiled them, vector operations allocate and take a microsecond each; that was
 * seen to last for some 1.2 seconds, hence the long warm-up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsPrepend = {Flags.MODULE, Flags.COLLECTOR, Flags.HEAP, Flags.SAFEPOINTS, Flags.STRIPS})
@Warmup(iterations = 6, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {

  private static final String PROPERTY = "dev.incipit.kernels";

  /** Which kernels, as {@link KernelKind} has it. */
  @Param({"scalar", "128", "256", "512"})
  public String kernels = "";

  /** Make the asked kernels the process's own, and return them. */
  final Kernels activate() {
    choose();
    Kernels active = Kernels.active();
    int bits = KernelKind.bits(kernels);
    if (active.vectorBits() != bits) {
      throw new IllegalStateException(
          "benchmark: %s kernels asked, but the process has %d bits (%s); run with forks"
              .formatted(kernels, active.vectorBits(), Kernels.reason()));
    }
    return active;
  }

  /** Set the choice of kernels, for those who use no kernel. */
  final void choose() {
    System.setProperty(PROPERTY, KernelKind.property(kernels));
  }

  /** Return the width in bits of the widest vectors that machine and library have. */
  public static int widest() {
    return Math.min(512, VectorShape.preferredShape().vectorBitSize());
  }

  /** Return the chosen width in bits, for the probes. */
  static int chosenBits() {
    return Integer.getInteger(PROPERTY, 0);
  }
}
