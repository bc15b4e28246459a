package dev.incipit.init;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;

/** One row for every family of initializers, and more where parameters change the code's path. */
final class Table {

  /** An initializer, and the text that it prints and is parsed from. */
  record Row(String text, Initializer initializer) {}

  static final List<Row> ROWS =
      List.of(
          new Row("zeros", Constant.zeros()),
          new Row("ones", Constant.ones()),
          new Row("constant(c=-0.25)", Constant.of(-0.25)),
          new Row("normal(mean=0, std=0.01)", Normal.of(0.01)),
          new Row("normal(mean=-1, std=2.5)", new Normal(-1, 2.5)),
          new Row("uniform(low=-0.05, high=0.3)", new Uniform(-0.05, 0.3)),
          new Row("fan-in-uniform", VarianceScaling.fanInUniform()),
          new Row("xavier-normal", Xavier.normal()),
          new Row("xavier-normal(gain=1.6666666666666667)", Xavier.normal(5.0 / 3)),
          new Row("xavier-uniform", Xavier.uniform()),
          new Row("xavier-uniform(gain=0.5)", Xavier.uniform(0.5)),
          new Row("he-normal", He.normal()),
          new Row("he-normal(slope=0.1)", He.normal(0.1)),
          new Row("he-normal(slope=0.01, mode=fan-out)", He.normal(0.01, FanMode.FAN_OUT)),
          new Row("he-normal(mode=average)", He.normal(0, FanMode.AVERAGE)),
          new Row("he-uniform", He.uniform()),
          new Row("he-uniform(slope=0.25)", He.uniform(0.25)),
          new Row("he-uniform(mode=geometric)", He.uniform(0, FanMode.GEOMETRIC)),
          new Row("lecun-normal", LeCun.normal()),
          new Row("lecun-uniform", LeCun.uniform()),
          new Row(
              "variance-scaling(scale=5, mode=fan-out, distribution=uniform)",
              new VarianceScaling(5, FanMode.FAN_OUT, Distribution.UNIFORM)),
          new Row(
              "variance-scaling(scale=3, mode=geometric, distribution=normal)",
              new VarianceScaling(3, FanMode.GEOMETRIC, Distribution.NORMAL)));

  private Table() {}

  /** Return the rows whose numbers differ from draw to draw. */
  static Stream<Initializer> random() {
    return ROWS.stream()
        .map(Row::initializer)
        .filter(initializer -> !(initializer instanceof Constant));
  }

  /** Return the exact distribution that a theory names. */
  static ContinuousDistribution distribution(Theory theory) {
    return switch (theory) {
      case Theory.Gaussian normal -> NormalDistribution.of(normal.mean(), normal.std());
      case Theory.Flat flat -> UniformContinuousDistribution.of(flat.low(), flat.high());
      case Theory.Point point ->
          throw new AssertionError(point + " has no density: test for equality");
      case Theory.Moments moments ->
          throw new AssertionError(moments + " names no distribution: test its moments");
    };
  }
}
