package dev.incipit.bench.peers;

import dev.incipit.bench.suite.ProductSize;
import dev.incipit.core.kernel.Form;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Times the peers' matrix product on one thread. */
public class PeerProductBenchmark extends PeerBenchmark {

  /** Which operands are read transposed. */
  @Param public Form form = Form.NN;

  /** A {@link ProductSize}. */
  @Param("512")
  public String size = "";

  private @Nullable Work work;

  /** Draw the operands and check the product. */
  @Setup
  public void setup() {
    Products products = new Products(form, ProductSize.of(form, size));
    work =
        switch (peer) {
          case PYTORCH -> products.pytorch(1);
          case OPENBLAS -> products.openblas(1);
          case ND4J -> products.nd4j(1);
          case VECTOR_BLAS -> products.vectorBlas();
          case DJL, DL4J, JDK -> throw unknown();
        };
    products.check(work);
  }

  /** Multiply. */
  @Benchmark
  public void multiply() {
    Objects.requireNonNull(work).run();
  }
}
