/** Command line, experiments, plots and bundled data. */
module dev.incipit.lab {
  requires dev.incipit.nn;
  requires static org.jspecify;
}
