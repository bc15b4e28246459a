package dev.incipit.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws the arguments of one kernel call: the same seed gives the same ones.
 *
 * <p>Every array is larger than the window the kernel is given, and the draw remembers what lay
 * outside it. Two draws of one seed, one used by each implementation, are then compared.
 */
final class Draw {

  private static final float[] SPECIALS = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -1.1e-39f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    88.72284f,
    -103.97208f,
  };

  /** A kernel's matrix in a larger array; a vector is a matrix of one row. */
  static final class Window {
    private final float[] array;
    private final float[] before;
    private final int at;
    private final int rows;
    private final int cols;
    private final int distance;
    private boolean written;

    private Window(float[] array, int at, int rows, int cols, int distance, boolean written) {
      this.array = array;
      this.before = array.clone();
      this.at = at;
      this.rows = rows;
      this.cols = cols;
      this.distance = distance;
      this.written = written;
    }

    float[] array() {
      return array;
    }

    /** Return the index of the first number. */
    int at() {
      return at;
    }

    int rows() {
      return rows;
    }

    int cols() {
      return cols;
    }

    /** Return how far apart the starts of two rows lie. */
    int distance() {
      return distance;
    }

    private boolean holds(int i) {
      int from = i - at;
      return from >= 0 && cols > 0 && from / distance < rows && from % distance < cols;
    }

    private String place(int i) {
      return holds(i)
          ? "element [%d, %d]".formatted((i - at) / distance, (i - at) % distance)
          : "index " + i + " outside the window";
    }
  }

  private final SplittableRandom random;
  private final int length;
  private final List<Window> windows = new ArrayList<>();
  private final List<int[]> words = new ArrayList<>();
  private final List<Float> numbers = new ArrayList<>();

  Draw(long seed, int length) {
    random = new SplittableRandom(seed);
    this.length = length;
  }

  /** Return the length the test asked for. */
  int length() {
    return length;
  }

  /** Return a number in {@code [0, bound)}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  long word() {
    return random.nextLong();
  }

  boolean flip() {
    return random.nextBoolean();
  }

  /** Return a number of ordinary size, or now and then a special one. */
  float number() {
    return below(4) == 0 ? special() : ordinary();
  }

  Window in(int n) {
    return window(1, n, n, false);
  }

  Window in(int rows, int cols) {
    return window(rows, cols, cols, false);
  }

  /** Return an input whose rows are farther apart than they are long. */
  Window inSpaced(int rows, int cols) {
    return window(rows, cols, cols + below(4), false);
  }

  Window out(int n) {
    return window(1, n, n, true);
  }

  Window out(int rows, int cols) {
    return window(rows, cols, cols, true);
  }

  Window outSpaced(int rows, int cols) {
    return window(rows, cols, cols + below(4), true);
  }

  /** Return a new output, or one of the inputs to be overwritten. */
  Window outOver(Window... inputs) {
    int choice = below(inputs.length + 1);
    if (choice == inputs.length) {
      return out(inputs[0].rows(), inputs[0].cols());
    }
    Window chosen = inputs[choice];
    chosen.written = true;
    return chosen;
  }

  /** Return an array of words with room before and behind. */
  int[] words(int n) {
    int[] array = new int[n];
    for (int i = 0; i < n; i++) {
      array[i] = random.nextInt();
    }
    words.add(array);
    return array;
  }

  /** Note a kernel's return value for the comparison. */
  void returned(float number) {
    numbers.add(number);
  }

  /**
   * Return numbers somewhere in an array, or as the whole of it, where reading too far is an error.
   */
  private Window window(int rows, int cols, int distance, boolean written) {
    boolean fills = below(3) == 0;
    int at = fills ? 0 : below(20);
    int exact = rows == 0 ? 0 : (rows - 1) * distance + cols;
    float[] array = new float[fills ? exact : at + rows * distance + 1 + below(20)];
    int mood = below(10);
    for (int i = 0; i < array.length; i++) {
      array[i] =
          switch (mood) {
            case 0 -> below(3) == 0 ? special() : ordinary();
            case 1 -> below(30) == 0 ? special() : ordinary();
            case 2 -> Float.intBitsToFloat(random.nextInt());
            case 3 -> (float) random.nextDouble(-100, 100);
            case 4 -> (float) random.nextDouble(-2e-38, 2e-38);
            default -> ordinary();
          };
    }
    Window window = new Window(array, at, rows, cols, distance, written);
    windows.add(window);
    return window;
  }

  private float special() {
    return SPECIALS[below(SPECIALS.length)];
  }

  private float ordinary() {
    return (float) (random.nextDouble(-1, 1) * Math.scalb(1.0, below(13) - 6));
  }

  /** Return the first difference from another draw of the same seed, or null. */
  @Nullable String difference(Draw other) {
    for (int i = 0; i < numbers.size(); i++) {
      if (!same(numbers.get(i), other.numbers.get(i))) {
        return "returned " + numbers.get(i) + ", but the scalar kernel " + other.numbers.get(i);
      }
    }
    for (int w = 0; w < windows.size(); w++) {
      float[] mine = windows.get(w).array;
      float[] theirs = other.windows.get(w).array;
      for (int i = 0; i < mine.length; i++) {
        if (!same(mine[i], theirs[i])) {
          return "argument %d: %s is %s (%08x), but the scalar kernel has %s (%08x)"
              .formatted(
                  w,
                  windows.get(w).place(i),
                  mine[i],
                  Float.floatToRawIntBits(mine[i]),
                  theirs[i],
                  Float.floatToRawIntBits(theirs[i]));
        }
      }
    }
    for (int w = 0; w < words.size(); w++) {
      int at = Arrays.mismatch(words.get(w), other.words.get(w));
      if (at >= 0) {
        return "word " + at + " differs";
      }
    }
    return null;
  }

  /** Return the first number changed that is no output, or null. */
  @Nullable String trespass() {
    for (int w = 0; w < windows.size(); w++) {
      Window window = windows.get(w);
      for (int i = 0; i < window.array.length; i++) {
        boolean mayChange = window.written && window.holds(i);
        if (!mayChange && !same(window.array[i], window.before[i])) {
          return "argument %d: %s was overwritten".formatted(w, window.place(i));
        }
      }
    }
    return null;
  }

  /** All NaNs are one value. */
  private static boolean same(float x, float y) {
    return Float.floatToIntBits(x) == Float.floatToIntBits(y);
  }
}
