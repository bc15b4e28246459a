package dev.incipit.bench.peers;

import dev.incipit.bench.suite.ProductSize;
import dev.incipit.core.kernel.Form;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the peers' matrix product on threads. */
public class PeerThreadsBenchmark extends PeerBenchmark {

  /** Threads that share the work. */
  @Param("2")
  public int threads;

  /** A {@link ProductSize}. */
  @Param("512")
  public String size = "";

  private @Nullable Work work;

  /** Draw the operands and check the product. */
  @Setup
  public void setup() {
    Products products = new Products(Form.NN, ProductSize.of(Form.NN, size));
    work =
        switch (peer) {
          case PYTORCH -> products.pytorch(threads);
          case OPENBLAS -> products.openblas(threads);
          case ND4J -> products.nd4j(threads);
          case VECTOR_BLAS, DJL, DL4J, JDK -> throw unknown();
        };
    products.check(work);
  }

  /** Multiply. */
  @Benchmark
  public void multiply() {
    Objects.requireNonNull(work).run();
  }
}
