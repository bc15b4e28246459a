/** Command line, experiments, plots and bundled data. */
module dev.incipit.lab {
  requires dev.incipit.nn;
  requires static org.jspecify;
  requires info.picocli;
  requires java.desktop;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.inference;
  requires xchart;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;

  opens dev.incipit.lab.command to
      info.picocli;
  opens dev.incipit.lab.experiment to
      tools.jackson.databind;
  opens dev.incipit.lab.report to
      tools.jackson.databind;
}
