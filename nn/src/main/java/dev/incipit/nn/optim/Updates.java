package dev.incipit.nn.optim;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.kernel.Share;
import dev.incipit.core.kernel.Workers;
import java.util.List;

/** Runs updates on as many threads as they are worth, and as computed the gradients. */
final class Updates {

  /** Numbers whose update takes one thread a microsecond or two: as long as it takes to call. */
  private static final long LEAST = 1L << 14;

  private Updates() {}

  /**
   * Run an update of some parameters: with the team, or alone where there are few numbers or one
   * thread computed all gradients.
   */
  static void run(Workers.Task update, List<Parameter> parameters) {
    long numbers = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      numbers += parameter.isDivided() ? parameter.value().size() : 0;
    }
    if (numbers < LEAST) {
      update.run(Share.WHOLE);
    } else {
      Workers.run(update);
    }
  }
}
