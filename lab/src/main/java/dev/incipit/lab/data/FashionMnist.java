package dev.incipit.lab.data;

import dev.incipit.nn.data.DataException;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Idx;
import dev.incipit.nn.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds Fashion-MNIST, or other IDX files of the same names, and loads them.
 *
 * <p>A folder holds {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each as it is or with {@code .gz}.
 * The t10k files become the validation part.
 *
 * @see <a href="https://arxiv.org/abs/1708.07747">Xiao, Rasul, Vollgraf 2017</a>
 */
public final class FashionMnist {

  /** Names the 12,000 images inside this jar. */
  public static final String BUNDLED = "bundled";

  /** Names the full 70,000 images, wherever this machine has them. */
  public static final String FULL = "fashion-mnist";

  /** What the ten classes show, by label. */
  public static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String RESOURCES = "fashion-mnist-12k/";
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  /** The folder to read, or null for the jar. */
  private final @Nullable Path folder;

  private FashionMnist(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Find data on this machine, without reading it.
   *
   * <p>{@link #FULL} is looked for in {@code dataDir}, in the folder that the environment variable
   * INCIPIT_DATA names, in that of Debian's package dataset-fashion-mnist, and in the user's cache.
   *
   * @param data {@link #BUNDLED}, {@link #FULL}, or a folder with IDX files
   * @param dataDir where to look first for {@link #FULL}; null to look in the usual places only
   * @return the data, ready to load
   * @throws DataException if there is none
   */
  public static FashionMnist find(String data, @Nullable Path dataDir) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return findIn(places(dataDir, System.getenv(), home), data);
  }

  static FashionMnist findIn(List<Path> places, String data) {
    return switch (data) {
      case BUNDLED -> new FashionMnist(null);
      case FULL -> new FashionMnist(full(places));
      default -> new FashionMnist(folder(Path.of(data)));
    };
  }

  /** Return the folders that may hold the full data, in the order to look. */
  static List<Path> places(@Nullable Path dataDir, Map<String, String> environment, Path home) {
    List<Path> places = new ArrayList<>();
    if (dataDir != null) {
      places.add(dataDir);
    }
    String named = environment.getOrDefault("INCIPIT_DATA", "");
    if (!named.isEmpty()) {
      places.add(Path.of(named));
    }
    places.add(Path.of("/usr/share/datasets/fashion-mnist"));
    Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    // The XDG specification has relative and empty values ignored.
    places.add(
        (cache.isAbsolute() ? cache : home.resolve(".cache")).resolve("incipit/fashion-mnist"));
    return places;
  }

  private static Path full(List<Path> places) {
    return places.stream()
        .filter(place -> file(place, TRAIN_IMAGES) != null)
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    ("data: all of Fashion-MNIST must be on this machine, but got no %s[.gz] in %s;"
                            + " install Debian's package dataset-fashion-mnist, name the files'"
                            + " folder by --data-dir or INCIPIT_DATA, or use --data bundled")
                        .formatted(
                            TRAIN_IMAGES,
                            places.stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(", ")))));
  }

  private static Path folder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "data: the source must be bundled, fashion-mnist or a folder, but got %s; check the name"
              .formatted(folder));
    }
    return folder;
  }

  /** Return where the data comes from: {@link #BUNDLED}, or the folder. */
  public String origin() {
    return folder == null ? BUNDLED : folder.toString();
  }

  /**
   * Load both parts, pixels scaled to [0, 1].
   *
   * @return training and validation part; there are as many classes as the training labels name
   * @throws DataException if a file is missing or damaged, or the files do not fit together
   * @throws IOException if reading fails
   */
  public Split load() throws IOException {
    Idx trainLabels = read(TRAIN_LABELS);
    int classes = classes(trainLabels);
    return new Split(
        Dataset.ofIdx(read(TRAIN_IMAGES), trainLabels, classes),
        Dataset.ofIdx(read(TEST_IMAGES), read(TEST_LABELS), classes));
  }

  private static int classes(Idx labels) {
    int[] all = labels.toIntegers();
    int largest = Arrays.stream(all).max().orElse(0);
    if (largest < 0 || largest >= Math.max(1, all.length)) {
      throw new DataException(
          ("data: labels must count from 0 to fewer than the %d rows, but got %d in %s;"
                  + " renumber them")
              .formatted(all.length, largest, labels.name()));
    }
    return largest + 1;
  }

  private Idx read(String name) throws IOException {
    if (folder == null) {
      return resource(RESOURCES + name + ".gz");
    }
    Path file = file(folder, name);
    if (file == null) {
      throw new DataException(
          "data: a folder must hold %s, plain or with .gz, but got %s without it; add the file"
              .formatted(name, folder));
    }
    return Idx.read(file);
  }

  private static Idx resource(String name) throws IOException {
    try (InputStream in = FashionMnist.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new DataException(
            "data: the jar must hold %s, but got none; build the lab again".formatted(name));
      }
      return Idx.read(name, in);
    }
  }

  private static @Nullable Path file(Path folder, String name) {
    Path plain = folder.resolve(name);
    Path compressed = folder.resolve(name + ".gz");
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    return Files.isRegularFile(compressed) ? compressed : null;
  }
}
