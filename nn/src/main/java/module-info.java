/** Layers, losses, optimizers, training and data. */
module dev.incipit.nn {
  requires transitive dev.incipit.init;
  requires static transitive org.jspecify;

  exports dev.incipit.nn;
  exports dev.incipit.nn.data;
  exports dev.incipit.nn.loss;
  exports dev.incipit.nn.optim;
  exports dev.incipit.nn.train;
}
