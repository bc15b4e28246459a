/** Tensors, SIMD kernels, random keys and autograd. */
module dev.incipit.core {
  requires jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports dev.incipit.core.autograd;
  exports dev.incipit.core.kernel;
  exports dev.incipit.core.linalg;
  exports dev.incipit.core.random;
  exports dev.incipit.core.stats;
  exports dev.incipit.core.tensor;
}
