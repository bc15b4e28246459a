package dev.incipit.bench.suite;

/** Compares what is about to be timed with what it should compute. */
final class Check {

  private Check() {}

  /** Require the same bits, all NaNs counting as one. */
  static void same(String what, float[] expected, int eo, float[] actual, int ao, int n) {
    for (int i = 0; i < n; i++) {
      float e = expected[eo + i];
      float a = actual[ao + i];
      if (Float.floatToIntBits(e) != Float.floatToIntBits(a)) {
        throw new IllegalStateException(
            "%s: the kernels must agree with the scalar ones, but element %d is %s, not %s; run"
                    .formatted(what, i, a, e)
                + " the parity tests");
      }
    }
  }
}
