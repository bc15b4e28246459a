package dev.incipit.bench.peers;

import dev.incipit.bench.suite.Operation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The JDK's vector math library: loops as a user of the Vector API writes them. */
final class JdkFunctions implements PeerBenchmark.Work {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private final Operation operation;
  private final float[] x;
  private final float[] z;

  JdkFunctions(Operation operation, float[] x) {
    this.operation = operation;
    this.x = x;
    z = new float[x.length];
  }

  @Override
  public void run() {
    for (int call = 0; call < PeerBenchmark.CALLS; call++) {
      switch (operation) {
        case EXP -> exp();
        case LOG -> log();
        case TANH -> tanh();
        default -> throw new IllegalArgumentException("the JDK has no " + operation);
      }
    }
  }

  // The lengths are multiples of 64. One loop a function, for the operator must be a constant.

  private void exp() {
    for (int i = 0; i < x.length; i += S.length()) {
      FloatVector.fromArray(S, x, i).lanewise(VectorOperators.EXP).intoArray(z, i);
    }
  }

  private void log() {
    for (int i = 0; i < x.length; i += S.length()) {
      FloatVector.fromArray(S, x, i).lanewise(VectorOperators.LOG).intoArray(z, i);
    }
  }

  private void tanh() {
    for (int i = 0; i < x.length; i += S.length()) {
      FloatVector.fromArray(S, x, i).lanewise(VectorOperators.TANH).intoArray(z, i);
    }
  }

  @Override
  public float[] result() {
    return z;
  }
}
