package dev.incipit.core.kernel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Chooses the kernels of the process once, and remembers why. */
final class KernelChoice {

  static final String PROPERTY = "dev.incipit.kernels";

  private static final String MODULE = "jdk.incubator.vector";

  static final Kernels ACTIVE;
  static final String REASON;

  static {
    String asked = System.getProperty(PROPERTY, "auto");
    switch (asked) {
      case "auto" -> {
        String obstacle = obstacle();
        ACTIVE = obstacle == null ? VectorKernels.INSTANCE : ScalarKernels.INSTANCE;
        REASON = obstacle == null ? "the widest vectors of this machine" : obstacle;
        if (obstacle != null) {
          logger().log(Level.WARNING, "scalar kernels in use: " + obstacle);
        }
      }
      case "scalar" -> {
        ACTIVE = ScalarKernels.INSTANCE;
        REASON = "-D" + PROPERTY + "=scalar";
      }
      case "128", "256", "512" -> {
        if (!moduleIsPresent()) {
          throw new IllegalStateException(
              "kernels: -D%s=%s needs module %s, but it is not in the boot layer; %s"
                  .formatted(PROPERTY, asked, MODULE, remedy()));
        }
        ACTIVE = VectorKernels.INSTANCE;
        REASON = "-D" + PROPERTY + "=" + asked;
        if (Lanes.preferredBits() < ACTIVE.vectorBits()) {
          logger()
              .log(
                  Level.WARNING,
                  "kernels: {0} bits asked, but this machine has {1}; expect slow emulation",
                  ACTIVE.vectorBits(),
                  Lanes.preferredBits());
        }
      }
      default ->
          throw new IllegalArgumentException(
              "kernels: -D%s must be auto, scalar, 128, 256 or 512, but got %s; correct the flag"
                  .formatted(PROPERTY, asked));
    }
  }

  private KernelChoice() {}

  /** Return what speaks against vector kernels here, or null. */
  private static @org.jspecify.annotations.Nullable String obstacle() {
    if (!moduleIsPresent()) {
      return "module " + MODULE + " is absent; " + remedy();
    }
    // Without C2 the Vector API runs a hundred times slower than plain loops.
    String info = System.getProperty("java.vm.info", "");
    String name = System.getProperty("java.vm.name", "");
    if (info.contains("interpreted") || !name.matches(".*(HotSpot|OpenJDK).*")) {
      return "this virtual machine (" + name + ", " + info + ") does not compile vector code";
    }
    if (Lanes.preferredBits() < 128) {
      return "this machine has no vectors of 128 bits or more";
    }
    return null;
  }

  private static boolean moduleIsPresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static String remedy() {
    return "add --add-modules " + MODULE + " to the java command for speed";
  }

  private static Logger logger() {
    return System.getLogger("dev.incipit.core.kernel");
  }
}
