package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which kernels a process gets, and what it says about them. */
final class KernelChoiceTests {

  /** Without this, tests that mean to check SIMD could pass on scalar code. */
  @Test
  @Tag("width")
  void theseTestsRunAtTheWidthTheyWereAskedToRunAt() {
    String asked = System.getProperty(KernelChoice.PROPERTY, "auto");
    int expected =
        switch (asked) {
          case "auto" -> Lanes.preferredBits();
          case "scalar" -> Float.SIZE;
          default -> Integer.parseInt(asked);
        };
    assertEquals(expected, Kernels.active().vectorBits(), Kernels.reason());
  }

  @Test
  void scalarKernelsServeWithoutTheVectorModuleAndSayWhatToAdd() throws Exception {
    Run run = run(List.of());
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().contains("bits 32"), run.output());
    assertTrue(
        run.output()
            .contains(
                "scalar kernels in use: module jdk.incubator.vector is absent;"
                    + " add --add-modules jdk.incubator.vector to the java command for speed"),
        run.output());
  }

  @Test
  void scalarKernelsServeWhereNothingIsCompiled() throws Exception {
    Run run = run(List.of("--add-modules", "jdk.incubator.vector", "-Xint"));
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().contains("bits 32"), run.output());
    assertTrue(run.output().contains("does not compile vector code"), run.output());
  }

  @Test
  void vectorKernelsServeWithTheModuleAndSayNothing() throws Exception {
    Run run = run(List.of("--add-modules", "jdk.incubator.vector"));
    assertEquals(0, run.exit(), run.output());
    assertTrue(run.output().contains("bits " + Lanes.preferredBits()), run.output());
    assertTrue(!run.output().contains("in use"), run.output());
  }

  @Test
  void aWidthThatCannotBeHadIsRefused() throws Exception {
    Run run = run(List.of("-Ddev.incipit.kernels=256"));
    assertNotEquals(0, run.exit());
    assertTrue(
        run.output()
            .contains(
                "kernels: -Ddev.incipit.kernels=256 needs module jdk.incubator.vector, but it is"
                    + " not in the boot layer; add --add-modules jdk.incubator.vector to the java"
                    + " command for speed"),
        run.output());
  }

  @Test
  void anUnknownChoiceIsRefused() throws Exception {
    Run run = run(List.of("-Ddev.incipit.kernels=1024"));
    assertNotEquals(0, run.exit());
    assertTrue(
        run.output()
            .contains(
                "kernels: -Ddev.incipit.kernels must be auto, scalar, 128, 256 or 512, but got"
                    + " 1024; correct the flag"),
        run.output());
  }

  private record Run(int exit, String output) {}

  /** Start a process that prints its kernels. */
  private static Run run(List<String> flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, "target/classes", "target/test-classes"));
    command.add(PrintKernels.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  /** The process's main class. */
  static final class PrintKernels {
    private PrintKernels() {}

    public static void main(String[] args) {
      System.out.println("bits " + Kernels.active().vectorBits());
    }
  }
}
