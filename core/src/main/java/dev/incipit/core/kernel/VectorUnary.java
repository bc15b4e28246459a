package dev.incipit.core.kernel;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of the functions of one variable, and the last elements of those that take long.
 *
 * <p>The loop of a long function takes whole vectors only; the last elements pass through it in a
 * vector of their own, filled up with ones, which are ordinary arguments of every function. A
 * second copy of the formula behind a masked load would be boxed: the mask alone brings C2 to its
 * NodeCountInliningCutoff, past which it inlines no method of ours.
 */
final class VectorUnary {

  private static final VectorSpecies<Float> S = Lanes.FLOAT;
  private static final int L = S.length();

  /** Room for one vector of arguments and one of gradients. */
  private static final ThreadLocal<float[]> PAD = ThreadLocal.withInitial(() -> new float[2 * L]);

  /** A function over an array. */
  private interface MapLoop {
    void map(float p, float[] x, int xo, float[] y, int yo, int n);
  }

  /** A function's derivative over an array. */
  private interface GradientLoop {
    void gradient(float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n);
  }

  /**
   * The loop of each function, by its ordinal.
   *
   * <p>Not a switch: C2 would inline every loop that the process uses into one method, pass
   * NodeCountInliningCutoff there, and box every vector of the loops that come last. Of a call
   * through an interface it inlines two targets at most.
   */
  private static final MapLoop[] MAPS =
      Arrays.stream(Unary.values()).map(VectorUnary::mapLoop).toArray(MapLoop[]::new);

  private static final GradientLoop[] GRADIENTS =
      Arrays.stream(Unary.values()).map(VectorUnary::gradientLoop).toArray(GradientLoop[]::new);

  private VectorUnary() {}

  @SuppressWarnings("EnumOrdinal") // the arrays are made from Unary.values()
  static void map(Unary f, float p, float[] x, int xo, float[] y, int yo, int n) {
    MAPS[f.ordinal()].map(p, x, xo, y, yo, n);
  }

  @SuppressWarnings("EnumOrdinal") // the arrays are made from Unary.values()
  static void gradient(
      Unary f, float p, float[] at, int ao, float[] dy, int dyo, float[] dx, int dxo, int n) {
    GRADIENTS[f.ordinal()].gradient(p, at, ao, dy, dyo, dx, dxo, n);
  }

  private static MapLoop mapLoop(Unary f) {
    return switch (f) {
      case IDENTITY -> (p, x, xo, y, yo, n) -> System.arraycopy(x, xo, y, yo, n);
      case ABS -> (p, x, xo, y, yo, n) -> VectorMaps.abs(x, xo, y, yo, n);
      case SQUARE -> (p, x, xo, y, yo, n) -> VectorMaps.square(x, xo, y, yo, n);
      case SQRT -> (p, x, xo, y, yo, n) -> VectorMaps.sqrt(x, xo, y, yo, n);
      case EXP -> padded((p, x, xo, y, yo, n) -> VectorFunctions.exp(x, xo, y, yo, n));
      case LOG -> padded((p, x, xo, y, yo, n) -> VectorFunctions.log(x, xo, y, yo, n));
      case TANH -> padded((p, x, xo, y, yo, n) -> VectorFunctions.tanh(x, xo, y, yo, n));
      case SIGMOID -> padded((p, x, xo, y, yo, n) -> VectorFunctions.sigmoid(x, xo, y, yo, n));
      case RELU -> (p, x, xo, y, yo, n) -> VectorMaps.relu(x, xo, y, yo, n);
      case LEAKY_RELU -> (p, x, xo, y, yo, n) -> VectorMaps.leakyRelu(p, x, xo, y, yo, n);
      case ELU -> padded((p, x, xo, y, yo, n) -> VectorActivationMaps.elu(p, x, xo, y, yo, n));
      case SELU -> padded((p, x, xo, y, yo, n) -> VectorActivationMaps.selu(x, xo, y, yo, n));
      case GELU -> padded((p, x, xo, y, yo, n) -> VectorActivationMaps.gelu(x, xo, y, yo, n));
      case SILU -> padded((p, x, xo, y, yo, n) -> VectorFunctions.silu(x, xo, y, yo, n));
      case MISH -> padded((p, x, xo, y, yo, n) -> VectorActivationMaps.mish(x, xo, y, yo, n));
      case SOFTPLUS ->
          padded((p, x, xo, y, yo, n) -> VectorActivationMaps.softplus(x, xo, y, yo, n));
      case SOFTSIGN ->
          padded((p, x, xo, y, yo, n) -> VectorActivationMaps.softsign(x, xo, y, yo, n));
    };
  }

  private static GradientLoop gradientLoop(Unary f) {
    return switch (f) {
      case IDENTITY -> (p, at, ao, dy, dyo, dx, dxo, n) -> System.arraycopy(dy, dyo, dx, dxo, n);
      case ABS ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.abs(at, ao, dy, dyo, dx, dxo, n);
      case SQUARE ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.square(at, ao, dy, dyo, dx, dxo, n);
      case SQRT ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.sqrt(at, ao, dy, dyo, dx, dxo, n);
      case EXP ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.exp(at, ao, dy, dyo, dx, dxo, n);
      case LOG ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.log(at, ao, dy, dyo, dx, dxo, n);
      case TANH ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.tanh(at, ao, dy, dyo, dx, dxo, n);
      case SIGMOID ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.sigmoid(at, ao, dy, dyo, dx, dxo, n);
      case RELU ->
          (p, at, ao, dy, dyo, dx, dxo, n) -> VectorGradients.relu(at, ao, dy, dyo, dx, dxo, n);
      case LEAKY_RELU ->
          (p, at, ao, dy, dyo, dx, dxo, n) ->
              VectorGradients.leakyRelu(p, at, ao, dy, dyo, dx, dxo, n);
      case ELU ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.elu(p, at, ao, dy, dyo, dx, dxo, n));
      case SELU ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.selu(at, ao, dy, dyo, dx, dxo, n));
      case GELU ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.gelu(at, ao, dy, dyo, dx, dxo, n));
      case SILU ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.silu(at, ao, dy, dyo, dx, dxo, n));
      case MISH ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.mish(at, ao, dy, dyo, dx, dxo, n));
      case SOFTPLUS ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.softplus(at, ao, dy, dyo, dx, dxo, n));
      case SOFTSIGN ->
          padded(
              (p, at, ao, dy, dyo, dx, dxo, n) ->
                  VectorActivationGradients.softsign(at, ao, dy, dyo, dx, dxo, n));
    };
  }

  /** Let a loop over whole vectors take any number of elements. */
  private static MapLoop padded(MapLoop loop) {
    MapLoop whole = apart(loop);
    return (p, x, xo, y, yo, n) -> {
      int bound = S.loopBound(n);
      whole.map(p, x, xo, y, yo, bound);
      if (bound < n) {
        float[] pad = PAD.get();
        fill(x, xo + bound, n - bound, pad, 0);
        whole.map(p, pad, 0, pad, 0, L);
        System.arraycopy(pad, 0, y, yo + bound, n - bound);
      }
    };
  }

  private static GradientLoop padded(GradientLoop loop) {
    GradientLoop whole = apart(loop);
    return (p, at, ao, dy, dyo, dx, dxo, n) -> {
      int bound = S.loopBound(n);
      whole.gradient(p, at, ao, dy, dyo, dx, dxo, bound);
      if (bound < n) {
        float[] pad = PAD.get();
        fill(at, ao + bound, n - bound, pad, 0);
        fill(dy, dyo + bound, n - bound, pad, L);
        whole.gradient(p, pad, 0, pad, L, pad, L, L);
        System.arraycopy(pad, L, dx, dxo + bound, n - bound);
      }
    };
  }

  /**
   * Have a loop compiled by itself, when it is hot itself.
   *
   * <p>When a process turns to another function after millions of elements, C2 compiles the callers
   * again at once, and may inline a loop whose functions it has not yet seen run: it calls them,
   * with their vectors in boxes, for ever. Through a handle that is no constant it inlines nothing.
   */
  private static MapLoop apart(MapLoop loop) {
    MethodHandle handle =
        handle(
            MapLoop.class,
            "map",
            methodType(
                void.class,
                float.class,
                float[].class,
                int.class,
                float[].class,
                int.class,
                int.class),
            loop);
    return (p, x, xo, y, yo, n) -> {
      try {
        handle.invokeExact(p, x, xo, y, yo, n);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    };
  }

  private static GradientLoop apart(GradientLoop loop) {
    MethodHandle handle =
        handle(
            GradientLoop.class,
            "gradient",
            methodType(
                void.class,
                float.class,
                float[].class,
                int.class,
                float[].class,
                int.class,
                float[].class,
                int.class,
                int.class),
            loop);
    return (p, at, ao, dy, dyo, dx, dxo, n) -> {
      try {
        handle.invokeExact(p, at, ao, dy, dyo, dx, dxo, n);
      } catch (Throwable e) {
        throw unchecked(e);
      }
    };
  }

  private static <T> MethodHandle handle(Class<T> type, String method, MethodType of, T object) {
    try {
      return MethodHandles.lookup().findVirtual(type, method, of).bindTo(object);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("vector kernels: " + e.getMessage(), e);
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(thrown);
  }

  private static void fill(float[] x, int xo, int n, float[] pad, int to) {
    System.arraycopy(x, xo, pad, to, n);
    Arrays.fill(pad, to + n, to + L, 1f);
  }
}
