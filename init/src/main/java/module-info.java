/** Weight initializers with their theory. */
module dev.incipit.init {
  requires transitive dev.incipit.core;
  requires static transitive org.jspecify;

  exports dev.incipit.init;
  exports dev.incipit.init.calibrate;
  exports dev.incipit.init.text;
  exports dev.incipit.init.theory;

  uses dev.incipit.init.FamilyProvider;
}
