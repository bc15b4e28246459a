package dev.incipit.core.kernel;
final class VectorRandom {
  private VectorRandom() {}
  static void bits(long a, long b, long s, int[] x, int xo, int n) {}
  static void uniform(long a, long b, long s, float l, float h, float[] x, int xo, int n) {}
  static void normal(long a, long b, long s, float l, float h, float[] x, int xo, int n) {}
}
