/** Layers, losses, optimizers, training and data. */
module dev.incipit.nn {
  requires transitive dev.incipit.core;
  requires static transitive org.jspecify;

  exports dev.incipit.nn.data;
}
