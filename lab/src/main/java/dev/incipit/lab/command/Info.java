package dev.incipit.lab.command;

import dev.incipit.lab.report.Environment;
import dev.incipit.lab.report.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tell what the library runs on. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Tell JDK, processor, kernels in use and why, vector width and threads.")
final class Info implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the same as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    Environment here = Environment.here();
    var out = spec.commandLine().getOut();
    out.println("JDK       " + here.java());
    out.println("system    " + here.system());
    out.println("processor " + here.processor());
    out.println("kernels   " + here.kernels() + " (" + here.reason() + ")");
    out.println("threads   " + here.threads());
    out.flush();
    if (json != null) {
      Json.write(json, here);
    }
    return 0;
  }
}
