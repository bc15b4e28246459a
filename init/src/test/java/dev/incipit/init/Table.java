package dev.incipit.init;

import dev.incipit.core.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;
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
          new Row("truncated-normal(std=0.02, cut=2)", TruncatedNormal.of(0.02)),
          new Row("truncated-normal(std=3, cut=0.1)", new TruncatedNormal(3, 0.1)),
          new Row("truncated-normal(std=1, cut=8)", new TruncatedNormal(1, 8)),
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
              new VarianceScaling(3, FanMode.GEOMETRIC, Distribution.NORMAL)),
          new Row(
              "variance-scaling(scale=2, mode=fan-in, distribution=truncated-normal)",
              new VarianceScaling(2, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL)),
          new Row("orthogonal", Orthogonal.of()),
          new Row("orthogonal(gain=1.5)", new Orthogonal(1.5)),
          new Row("identity", Identity.of()),
          new Row("identity(gain=-0.5)", new Identity(-0.5, 0)),
          new Row("identity(shift=2)", new Identity(1, 2)),
          new Row("identity(gain=2, shift=-1)", new Identity(2, -1)),
          new Row("sparse(k=3, std=0.5)", new Sparse(3, 0.5)),
          new Row("nguyen-widrow", new NguyenWidrow()));

  private Table() {}

  /** Return the rows whose numbers differ from draw to draw. */
  static Stream<Initializer> random() {
    return ROWS.stream()
        .map(Row::initializer)
        .filter(
            initializer -> !(initializer instanceof Constant || initializer instanceof Identity));
  }

  /** Return the rows that draw each number on its own, from a distribution with a name. */
  static Stream<Initializer> independent() {
    return random().filter(row -> !(row.theory(Shape.of(4, 4)) instanceof Theory.Moments));
  }

  /** Return the exact distribution that a theory names. */
  static ContinuousDistribution distribution(Theory theory) {
    return switch (theory) {
      case Theory.Gaussian normal -> NormalDistribution.of(normal.mean(), normal.std());
      case Theory.TruncatedGaussian cut ->
          TruncatedNormalDistribution.of(0, cut.stdBefore(), cut.low(), cut.high());
      case Theory.Flat flat -> UniformContinuousDistribution.of(flat.low(), flat.high());
      case Theory.Point point ->
          throw new AssertionError(point + " has no density: test for equality");
      case Theory.Moments moments ->
          throw new AssertionError(moments + " names no distribution: test its moments");
    };
  }
}
