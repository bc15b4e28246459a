/** Layers, losses, optimizers, training, data and files of weights. */
module dev.incipit.nn {
  requires transitive dev.incipit.init;
  requires static transitive org.jspecify;
  requires tools.jackson.core;

  exports dev.incipit.nn;
  exports dev.incipit.nn.data;
  exports dev.incipit.nn.health;
  exports dev.incipit.nn.io;
  exports dev.incipit.nn.loss;
  exports dev.incipit.nn.optim;
  exports dev.incipit.nn.train;

  provides dev.incipit.init.FamilyProvider with
      dev.incipit.nn.io.PretrainedFamily;
}
