package dev.incipit.lab.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stand in help for the command that the launcher sends to the benchmarks, not to the lab. */
@Command(
    name = "scoreboard",
    description =
        "Measure kernels and training steps against the machine's limit and other libraries.")
final class Scoreboard implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "scoreboard: it must be started by the launcher, but was by the lab itself (%s); run"
                .formatted(String.join(" ", arguments))
            + " ./incipit scoreboard");
  }
}
