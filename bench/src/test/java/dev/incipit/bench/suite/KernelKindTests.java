package dev.incipit.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class KernelKindTests {

  @Test
  void measuresAvx2WhereThereIsMore() {
    assertEquals(
        List.of("plain", "scalar", "128", "avx2", "256", "512"), KernelKind.all(512, "amd64"));
    assertEquals(List.of("plain", "scalar", "128", "256"), KernelKind.all(256, "amd64"));
    assertEquals(List.of("plain", "scalar", "128", "256", "512"), KernelKind.all(512, "aarch64"));
    assertEquals(List.of("plain", "scalar"), KernelKind.all(32, "amd64"));
  }

  @Test
  void knowsWidths() {
    assertEquals(
        List.of(32, 32, 128, 256, 256, 512),
        KernelKind.all(512, "x86_64").stream().map(KernelKind::bits).toList());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> KernelKind.of("AVX2"));
    assertEquals(
        "kernels: the kind must be one of plain, scalar, 128, avx2, 256, 512, but got AVX2;"
            + " correct -p kernels=...",
        e.getMessage());
  }

  @Test
  void refusesAJvmWithoutItsFlag() {
    assertEquals("256", KernelKind.property("256"));
    Exception e = assertThrows(IllegalStateException.class, () -> KernelKind.property("avx2"));
    assertEquals(
        "benchmark: avx2 kernels need a JVM with -XX:UseAVX=2, but it has none; add"
            + " -jvmArgsAppend -XX:UseAVX=2",
        e.getMessage());
  }
}
