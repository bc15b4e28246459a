package dev.incipit.init;

import static dev.incipit.init.Family.Parameter.optional;
import static dev.incipit.init.Family.Parameter.required;

import dev.incipit.init.text.Arguments;
import dev.incipit.init.text.Names;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/** The one table of names: what each means, where it comes from, and how it is made. */
final class Catalogue {

  static final String GLOROT =
      "Glorot and Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html";
  static final String HE = "He et al. 2015, https://arxiv.org/abs/1502.01852";
  static final String LECUN = "LeCun et al. 1998, https://doi.org/10.1007/3-540-49430-8_2";
  private static final String CUSTOMARY = "customary";

  /** A family and the way to make a member of it. */
  private record Entry(Family family, Function<Arguments, Initializer> maker) {
    Names.Entry<Initializer> named() {
      return new Names.Entry<>(family.name(), family.signature(), family.fallbacks(), maker);
    }
  }

  private static final List<Entry> ENTRIES =
      List.of(
          entry("zeros", List.of(), "0", CUSTOMARY + " for biases", a -> Constant.zeros()),
          entry("ones", List.of(), "1", CUSTOMARY, a -> Constant.ones()),
          entry(
              "constant",
              List.of(required("c")),
              "c",
              CUSTOMARY + "; 1 for some biases of Krizhevsky et al. 2012",
              a -> Constant.of(a.number("c"))),
          entry(
              "normal",
              List.of(optional("mean", "0"), optional("std", "0.01")),
              "normal, variance std^2",
              "Krizhevsky et al. 2012, https://doi.org/10.1145/3065386",
              a -> new Normal(a.number("mean"), a.number("std"))),
          entry(
              "truncated-normal",
              List.of(required("std"), optional("cut", "2")),
              "normal cut at +-cut deviations, rescaled to variance std^2",
              CUSTOMARY + "; here with the variance that the cut takes away restored",
              a -> new TruncatedNormal(a.number("std"), a.number("cut"))),
          entry(
              "uniform",
              List.of(required("low"), required("high")),
              "uniform, variance (high - low)^2 / 12",
              CUSTOMARY,
              a -> new Uniform(a.number("low"), a.number("high"))),
          entry(
              "fan-in-uniform",
              List.of(),
              "uniform, ends +-1 / sqrt(fan-in), variance 1 / (3 fan-in)",
              "the common heuristic in " + GLOROT,
              a -> VarianceScaling.fanInUniform()),
          entry(
              "xavier-normal",
              List.of(optional("gain", "1")),
              "normal, variance gain^2 2 / (fan-in + fan-out)",
              GLOROT,
              a -> Xavier.normal(a.number("gain"))),
          entry(
              "xavier-uniform",
              List.of(optional("gain", "1")),
              "uniform, ends +-gain sqrt(6 / (fan-in + fan-out))",
              GLOROT,
              a -> Xavier.uniform(a.number("gain"))),
          entry(
              "he-normal",
              List.of(optional("slope", "0"), optional("mode", "fan-in")),
              "normal, variance 2 / ((1 + slope^2) fan)",
              HE,
              a -> He.normal(a.number("slope"), a.choice("mode", FanMode.values()))),
          entry(
              "he-uniform",
              List.of(optional("slope", "0"), optional("mode", "fan-in")),
              "uniform, ends +-sqrt(6 / ((1 + slope^2) fan))",
              HE,
              a -> He.uniform(a.number("slope"), a.choice("mode", FanMode.values()))),
          entry(
              "lecun-normal", List.of(), "normal, variance 1 / fan-in", LECUN, a -> LeCun.normal()),
          entry(
              "lecun-uniform",
              List.of(),
              "uniform, ends +-sqrt(3 / fan-in)",
              LECUN,
              a -> LeCun.uniform()),
          entry(
              "variance-scaling",
              List.of(required("scale"), required("mode"), required("distribution")),
              "normal, uniform or truncated-normal, variance scale / fan",
              "the formula that the six above share",
              a ->
                  new VarianceScaling(
                      a.number("scale"),
                      a.choice("mode", FanMode.values()),
                      a.choice("distribution", Distribution.values()))),
          entry(
              "orthogonal",
              List.of(optional("gain", "1")),
              "uniform (Haar) with orthonormal rows or columns, variance gain^2 / max(in, out)",
              "Saxe et al. 2014, https://arxiv.org/abs/1312.6120",
              a -> new Orthogonal(a.number("gain"))),
          entry(
              "identity",
              List.of(optional("gain", "1"), optional("shift", "0")),
              "gain on one diagonal, 0 elsewhere",
              "Le et al. 2015, https://arxiv.org/abs/1504.00941",
              a -> new Identity(a.number("gain"), a.whole("shift"))),
          entry(
              "sparse",
              List.of(optional("k", "15"), optional("std", "1")),
              "k incoming weights a unit normal, variance std^2, the others 0",
              "Martens 2010, https://www.cs.toronto.edu/~jmartens/docs/Deep_HessianFree.pdf",
              a -> new Sparse(a.whole("k"), a.number("std"))),
          entry(
              "nguyen-widrow",
              List.of(),
              "uniform, each unit's weights scaled to length 0.7 units^(1 / fan-in)",
              "Nguyen and Widrow 1990, https://doi.org/10.1109/IJCNN.1990.137819",
              a -> new NguyenWidrow()));

  private static final Names<Initializer> OWN = names(ENTRIES);

  private Catalogue() {}

  /** Make what a text says: of the library's own families, else of one that is provided. */
  static Initializer parse(String text) {
    // Providers are not even loaded for the library's own names, which none of them can disturb.
    return (OWN.know(text) ? OWN : names(all())).parse(text);
  }

  /** Return what is said about every family, provided ones last. */
  static List<Family> families() {
    return all().stream().map(Entry::family).toList();
  }

  private static Names<Initializer> names(List<Entry> entries) {
    return new Names<>("initializer", entries.stream().map(Entry::named).toList());
  }

  private static List<Entry> all() {
    Stream<Entry> provided =
        ServiceLoader.load(FamilyProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .map(provider -> new Entry(provider.family(), provider::make))
            .filter(entry -> !OWN.know(entry.family().name()));
    return Stream.concat(ENTRIES.stream(), provided).toList();
  }

  private static Entry entry(
      String name,
      List<Family.Parameter> parameters,
      String formula,
      String source,
      Function<Arguments, Initializer> maker) {
    return new Entry(new Family(name, parameters, formula, source), maker);
  }
}
