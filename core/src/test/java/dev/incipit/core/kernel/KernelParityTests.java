package dev.incipit.core.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Law 2: the active kernels equal the scalar ones in every bit. */
@Tag("width")
final class KernelParityTests {

  /** Lanes of a vector here; of the widest, where the kernels are scalar. */
  private static final int L =
      Kernels.active().vectorBits() == Float.SIZE ? 16 : Kernels.active().vectorBits() / Float.SIZE;

  /** Draws a length and kernel: some overwrite an input, some hold special numbers. */
  private static final int DRAWS = 40;

  @Property(generation = GenerationMode.EXHAUSTIVE)
  void agreeAtEveryEdgeOfAVector(
      @ForAll("kernels") KernelCase kernel, @ForAll("edges") int length) {
    for (int seed = 0; seed < DRAWS; seed++) {
      compare(kernel, kernel.call(), seed, length);
    }
  }

  @Property(tries = 20_000, seed = "20250917", edgeCases = EdgeCasesMode.NONE)
  void agreeOnRandomArguments(
      @ForAll("kernels") KernelCase kernel,
      @ForAll @IntRange(max = 300) int length,
      @ForAll long seed) {
    compare(kernel, kernel.call(), seed, length);
  }

  @Property(tries = 2000, seed = "20250918", edgeCases = EdgeCasesMode.NONE)
  void agreeOnProductsOfRandomShape(
      @ForAll Form form,
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 70) int k,
      @ForAll boolean accumulate,
      @ForAll long seed) {
    compare(
        form + " " + m + " x " + n + " x " + k,
        (kernels, draw) -> ProductCase.gemm(kernels, draw, form, m, n, k, accumulate),
        seed,
        0);
  }

  @Property(tries = 2000, seed = "20250919", edgeCases = EdgeCasesMode.NONE)
  void agreeOnProductsWithATail(
      @ForAll Unary f,
      @ForAll @IntRange(max = 70) int m,
      @ForAll @IntRange(max = 150) int n,
      @ForAll @IntRange(max = 70) int k,
      @ForAll long seed) {
    String shape = f + " " + m + " x " + n + " x " + k;
    compare(shape, (kernels, draw) -> ProductCase.gemmMap(kernels, draw, f, m, n, k), seed, 0);
    compare(
        shape, (kernels, draw) -> ProductCase.gemmMapGradient(kernels, draw, f, m, n, k), seed, 0);
  }

  /** Shapes on both sides of the product's blocks of steps, columns and rows. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void agreeOnProductsOfSeveralBlocks(
      @ForAll Form form, @ForAll("largeShapes") int[] shape, @ForAll boolean accumulate) {
    compare(
        form + " " + Arrays.toString(shape),
        (kernels, draw) ->
            ProductCase.gemm(kernels, draw, form, shape[0], shape[1], shape[2], accumulate),
        shape[0],
        0);
    compare(
        "TANH " + Arrays.toString(shape),
        (kernels, draw) ->
            ProductCase.gemmMap(kernels, draw, Unary.TANH, shape[0], shape[1], shape[2]),
        shape[0],
        0);
    compare(
        "TANH " + Arrays.toString(shape),
        (kernels, draw) ->
            ProductCase.gemmMapGradient(kernels, draw, Unary.TANH, shape[0], shape[1], shape[2]),
        shape[0],
        0);
  }

  /** Ten columns are read where they lie, but for the last rows; up to 1024 steps. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void agreeOnTenColumnsWhereTheyLie(
      @ForAll("fewRows") int m, @ForAll("fewOrManySteps") int k, @ForAll boolean accumulate) {
    compare(
        m + " x 10 x " + k,
        (kernels, draw) -> ProductCase.denseGemm(kernels, draw, m, 10, k, accumulate),
        m,
        0);
  }

  private static void compare(Object name, KernelCase.Call call, long seed, int length) {
    Draw scalar = new Draw(seed, length);
    Draw active = new Draw(seed, length);
    call.run(Kernels.scalar(), scalar);
    call.run(Kernels.active(), active);
    String where = name + ", length " + length + ", seed " + seed + ", " + Kernels.reason() + ": ";
    assertNull(scalar.trespass(), () -> where + "scalar, " + scalar.trespass());
    assertNull(active.trespass(), () -> where + "active, " + active.trespass());
    assertNull(active.difference(scalar), () -> where + active.difference(scalar));
  }

  @Example
  void everyKernelIsInTheTable() {
    Set<String> declared =
        Arrays.stream(Kernels.class.getDeclaredMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .filter(name -> !name.equals("vectorBits"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> tested =
        KernelCase.TABLE.stream()
            .map(KernelCase::method)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(
        declared,
        tested,
        "parity: every method of Kernels must be called by a row of KernelCase.TABLE; add a row"
            + " for each that is missing (with every constant of an enum argument), remove others");
  }

  @Example
  void aDifferenceIsNoticed() {
    Draw one = new Draw(1, 3);
    Draw other = new Draw(1, 3);
    Draw.Window window = one.out(3);
    other.out(3);
    window.array()[window.at() + 2] = Math.nextUp(window.array()[window.at() + 2]);
    assertNotNull(one.difference(other));
    assertNull(one.trespass());
  }

  @Example
  void aWriteOutsideTheWindowIsNoticed() {
    Draw draw;
    Draw.Window window;
    // A window may be the whole array.
    int seed = 1;
    do {
      draw = new Draw(seed++, 3);
      window = draw.outSpaced(2, 3);
    } while (window.array().length <= window.at() + 2 * window.distance());
    window.array()[window.at() + 2 * window.distance()] += 1;
    assertNotNull(draw.trespass());
    Draw reading = new Draw(1, 3);
    Draw.Window input = reading.in(3);
    input.array()[input.at()] += 1;
    assertNotNull(reading.trespass());
  }

  @Provide
  Arbitrary<KernelCase> kernels() {
    return Arbitraries.of(KernelCase.TABLE);
  }

  @Provide
  Arbitrary<Integer> edges() {
    return Arbitraries.of(
        new TreeSet<>(
            Set.copyOf(Arrays.asList(0, 1, 2, 3, L - 1, L, L + 1, 63, 64, 65, 8 * L + 2))));
  }

  @Provide
  Arbitrary<Integer> fewRows() {
    return Arbitraries.of(4, 5, 7, 8, 9, 12, 16, 33, 500);
  }

  @Provide
  Arbitrary<Integer> fewOrManySteps() {
    return Arbitraries.of(1, 2, 3, 4, 5, 100, 1023, 1024, 1025);
  }

  @Provide
  Arbitrary<int[]> largeShapes() {
    return Arbitraries.of(
        new int[] {5, 530, 390},
        new int[] {13, 1030, 3},
        new int[] {3, 513, 800},
        new int[] {12, 32, 1200},
        new int[] {7, 33, 769},
        new int[] {25, 512, 384},
        new int[] {24, 511, 385},
        new int[] {130, 40, 400},
        // Turned in form NT; turned in form TN.
        new int[] {40, 100, 800},
        new int[] {300, 10, 800},
        new int[] {50, 24, 33},
        new int[] {50, 20, 31},
        // In form TN the last columns turned.
        new int[] {65, 200, 9},
        new int[] {300, 36, 250},
        new int[] {300, 100, 250},
        // One row, of which the array's end is read through a mask.
        new int[] {1, 300, 1000},
        new int[] {1, 100, 784},
        // Tiles as wide as c, or as 64 columns of it.
        new int[] {9, 104, 900},
        new int[] {23, 64, 300},
        new int[] {10, 100, 70},
        new int[] {11, 10, 101},
        new int[] {5, 10, 1},
        new int[] {8, 10, 2},
        new int[] {16, 10, 1024},
        new int[] {16, 10, 1025},
        new int[] {37, 10, 101},
        new int[] {17, 16, 64},
        new int[] {42, 9, 1},
        new int[] {20, 13, 20500},
        new int[] {250, 13, 20500},
        // The same, and what is left beside it.
        new int[] {30, 164, 70},
        new int[] {31, 184, 33},
        new int[] {245, 120, 1200},
        new int[] {245, 1124, 200},
        // Or as 48; or eight rows as 48, and a vector that overlaps them, or none.
        new int[] {30, 144, 70},
        new int[] {250, 90, 1100},
        new int[] {8, 100, 90},
        new int[] {7, 96, 33},
        new int[] {5, 112, 40},
        new int[] {8, 90, 200},
        // Eight rows or more as 48, and up to four columns beside them.
        new int[] {8, 49, 3},
        new int[] {8, 49, 4},
        new int[] {8, 52, 7},
        new int[] {8, 148, 30},
        new int[] {8, 193, 9},
        new int[] {15, 100, 128},
        new int[] {16, 100, 95},
        new int[] {16, 100, 96},
        new int[] {16, 50, 127},
        new int[] {16, 101, 128},
        new int[] {16, 53, 128},
        new int[] {27, 100, 129},
        new int[] {31, 50, 128},
        new int[] {85, 100, 128},
        new int[] {85, 100, 1400},
        new int[] {8, 100, 70},
        new int[] {8, 98, 5},
        new int[] {16, 100, 128},
        new int[] {19, 97, 129},
        new int[] {37, 51, 130},
        new int[] {40, 50, 131},
        // One vector, eight rows at a time.
        new int[] {31, 16, 33},
        new int[] {500, 12, 40},
        // b copied for the sake of many rows: few numbers, or rows that share sets of a cache.
        new int[] {500, 100, 30},
        new int[] {85, 128, 130},
        new int[] {85, 360, 400},
        new int[] {30, 128, 130},
        // 256 bits: read where it lies, and no longer.
        new int[] {128, 41, 300},
        new int[] {129, 41, 300},
        // Form TN, by rows of a transposed a: one block of k, and two.
        new int[] {300, 60, 250},
        new int[] {130, 60, 1100},
        new int[] {31, 100, 2700},
        new int[] {130, 100, 1100},
        new int[] {13, 192, 70},
        // Form TN, by rows where they lie, four vectors at a time, and what is left beside them.
        new int[] {4, 64, 128},
        new int[] {4, 64, 16400},
        new int[] {3, 64, 10},
        new int[] {33, 64, 1000},
        new int[] {200, 64, 1000},
        new int[] {14, 128, 128},
        new int[] {6, 128, 129},
        new int[] {8, 192, 1},
        new int[] {101, 164, 100},
        new int[] {95, 100, 30},
        new int[] {21, 116, 20},
        new int[] {85, 1088, 128},
        new int[] {100, 8192, 129},
        // The same, with b copied in blocks.
        new int[] {13, 1088, 1000},
        new int[] {250, 1088, 270},
        new int[] {250, 128, 2100},
        new int[] {481, 64, 1030},
        new int[] {5, 1088, 1000},
        new int[] {1, 128, 100},
        new int[] {250, 100, 2700});
  }

  /** Products that underflow leave lanes of -0, which the zeros of a filled-up row make +0. */
  @Property(tries = 100)
  void lanesOfNegativeZeroAreTreatedAlike(@ForAll @IntRange(min = 1, max = 200) int n) {
    float[] x = new float[n];
    float[] y = new float[n];
    Arrays.fill(x, -1e-30f);
    Arrays.fill(y, 1e-30f);
    assertEquals(
        Float.floatToIntBits(Kernels.scalar().dot(x, 0, y, 0, n)),
        Float.floatToIntBits(Kernels.active().dot(x, 0, y, 0, n)));
  }
}
