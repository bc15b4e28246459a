package dev.incipit.init.theory;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A user's function; see {@link Nonlinearity#of}. */
record CustomFunction(
    String name, DoubleUnaryOperator f, DoubleUnaryOperator df, List<Double> kinks)
    implements Nonlinearity {

  CustomFunction {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "nonlinearity: the name must not be blank, but got \""
              + name
              + "\"; messages call the function by it");
    }
    for (double kink : kinks) {
      if (!Double.isFinite(kink)) {
        throw new IllegalArgumentException(
            "nonlinearity: kinks must be finite, but got "
                + kinks
                + " for "
                + name
                + "; leave out what lies at infinity");
      }
    }
  }

  @Override
  public double value(double x) {
    return f.applyAsDouble(x);
  }

  @Override
  public double derivative(double x) {
    return df.applyAsDouble(x);
  }

  @Override
  public String toString() {
    return name;
  }
}
