package dev.incipit.lab.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code incipit}: without a subcommand it prints help. */
@Command(
    name = "incipit",
    mixinStandardHelpOptions = true,
    version = "incipit 0.1.0-SNAPSHOT",
    description = "A laboratory of neural-network initialization.",
    subcommands = {Info.class, HeVsXavier.class, Init.class, Scoreboard.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is well", "1:a verdict fails, or data is bad", "2:wrong usage"})
public final class Incipit implements Runnable {

  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @CommandLine.Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  private boolean verbose;

  private Incipit() {}

  /**
   * Run one command.
   *
   * @param arguments command and options
   * @return the exit code
   */
  public static int run(String... arguments) {
    return run(
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        arguments);
  }

  /** Run one command that speaks to the given writers. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Incipit incipit = new Incipit();
    CommandLine line = new CommandLine(incipit).setOut(out).setErr(err);
    line.setParameterExceptionHandler((e, rest) -> wrongUsage(e));
    line.setExecutionExceptionHandler((e, command, result) -> incipit.failed(e));
    return line.execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int wrongUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(e.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
    return WRONG_USAGE;
  }

  private int failed(Exception e) {
    if (verbose) {
      e.printStackTrace(spec.commandLine().getErr());
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    // A file system's exceptions carry the bare path as their message.
    boolean bare = e instanceof IOException && !message.contains(" ");
    spec.commandLine()
        .getErr()
        .println(
            "incipit: "
                + (bare ? e.getClass().getSimpleName() + ": " : "")
                + message.lines().collect(Collectors.joining(" ")));
    return FAILED;
  }
}
