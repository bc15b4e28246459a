package dev.incipit.init.calibrate;

import dev.incipit.init.Family;
import dev.incipit.init.text.Arguments;
import dev.incipit.init.text.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The one table of calibrations: what each does, where it comes from, and how it is made. */
final class Methods {

  private static final String KRAHENBUHL =
      "Krahenbuhl et al. 2016, https://arxiv.org/abs/1511.06856";

  /** A method and the way to make it. */
  private record Entry(Family family, Function<Arguments, Calibration> maker) {
    Names.Entry<Calibration> named() {
      return new Names.Entry<>(family.name(), family.signature(), family.fallbacks(), maker);
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              new Family(
                  "lsuv",
                  parameters("tol=0.1", "max-tries=10", "mean-fix=false"),
                  "orthogonal, then layer by layer W /= sqrt(Var(x W + b)) on a batch until"
                      + " |Var - 1| < tol",
                  "Mishkin and Matas 2016, https://arxiv.org/abs/1511.06422"),
              a -> new Lsuv(a.number("tol"), a.whole("max-tries"), a.flag("mean-fix"))),
          new Entry(
              new Family(
                  "within-layer",
                  List.of(),
                  "for each unit of mean mu and deviation sigma on a batch: W /= sigma,"
                      + " b = (b - mu) / sigma",
                  KRAHENBUHL),
              a -> new WithinLayer()),
          new Entry(
              new Family(
                  "between-layer",
                  parameters("damping=0.25", "tol=0.01", "max-rounds=200"),
                  "W *= (C / mean C)^(damping / 2) until |ln(C / mean C)| < tol, C = rms gradient /"
                      + " rms weight of a layer, mean C their geometric mean",
                  KRAHENBUHL),
              a -> new BetweenLayer(a.number("damping"), a.number("tol"), a.whole("max-rounds"))));

  static final List<Family> FAMILIES = ENTRIES.stream().map(Entry::family).toList();

  static final Names<Calibration> NAMES =
      new Names<>("calibration", ENTRIES.stream().map(Entry::named).toList());

  private Methods() {}

  private static List<Family.Parameter> parameters(String... defaults) {
    return Arrays.stream(defaults)
        .map(text -> text.split("="))
        .map(parts -> new Family.Parameter(parts[0], Optional.of(parts[1])))
        .toList();
  }

  /** Check a tolerance, which NaN fails too. */
  static double tolerance(String method, double tol, double most) {
    if (!(tol > 0 && tol <= most)) {
      throw new IllegalArgumentException(
          "%s: tol must be positive and at most %s, but got %s; leave it out for the customary one"
              .formatted(method, most, tol));
    }
    return tol;
  }

  /** Check how often something may be tried. */
  static int count(String method, String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "%s: %s must be at least 1, but got %s; leave it out for the customary number"
              .formatted(method, name, count));
    }
    return count;
  }
}
