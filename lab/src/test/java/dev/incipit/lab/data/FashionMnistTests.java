package dev.incipit.lab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.incipit.nn.data.DataException;
import dev.incipit.nn.data.Dataset;
import dev.incipit.nn.data.Labels;
import dev.incipit.nn.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FashionMnistTests {

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";

  private final Path folder;

  FashionMnistTests(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void bundlesTenClassesEvenly() throws IOException {
    Split split = FashionMnist.find("bundled", null).load();

    assertArrayEquals(new int[] {10_000, 784}, split.train().features().shape().extents());
    assertArrayEquals(new int[] {2_000, 784}, split.validation().features().shape().extents());
    int[] each = new int[10];
    Arrays.fill(each, 1_000);
    assertArrayEquals(each, labels(split.train()).counts());
    Arrays.fill(each, 200);
    assertArrayEquals(each, labels(split.validation()).counts());
    assertEquals(0f, min(split.train()));
    assertEquals(1f, split.train().features().max());
    assertEquals(FashionMnist.CLASSES.size(), labels(split.train()).classes());
  }

  @ParameterizedTest
  @CsvSource({
    TRAIN_IMAGES + ",d33512cfdc636a0d8972818e6659995be209a88891df7fa2109d7895922c8985",
    "train-labels-idx1-ubyte,620cb8e3b9348037c5ff9a07b02d773ab165330e072dfd19e0d21c59f8042dcf",
    "t10k-images-idx3-ubyte,15a92dd1e9b16ea361928086e77df4dfa890c255c00b5a8c8162c1040ce8eef1",
    "t10k-labels-idx1-ubyte,234596aeb6eb48133ec99a62541f90bc0728c9559a681f1e0638037462458f2c"
  })
  void bundlesTheContentsThatItsNoticeStates(String name, String sum)
      throws IOException, NoSuchAlgorithmException {
    String notice = new String(resource("NOTICE"), StandardCharsets.UTF_8);
    byte[] contents;
    try (InputStream in = new GZIPInputStream(stream(name + ".gz"))) {
      contents = in.readAllBytes();
    }

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(contents);

    assertEquals(sum, HexFormat.of().formatHex(digest));
    assertTrue(notice.contains(sum + "  " + name + "\n"));
  }

  /**
   * The rule of the selection: the first 1,000 and 200 of each class, in the order of the files.
   */
  @Test
  void bundlesTheFirstRowsOfEachClass() throws IOException {
    assumeTrue(Files.isDirectory(DEBIAN), "Debian's package dataset-fashion-mnist is absent");
    Split bundled = FashionMnist.find("bundled", null).load();
    Split full = FashionMnist.findIn(List.of(DEBIAN), "fashion-mnist").load();

    assertEquals(60_000, full.train().size());
    assertEquals(10_000, full.validation().size());
    assertSelection(full.train(), 1_000, bundled.train());
    assertSelection(full.validation(), 200, bundled.validation());
  }

  private static void assertSelection(Dataset full, int perClass, Dataset selection) {
    int[] labels = labels(full).toArray();
    int[] taken = new int[10];
    int next = 0;
    for (int row = 0; row < labels.length; row++) {
      if (taken[labels[row]]++ < perClass) {
        assertEquals(labels[row], labels(selection).get(next));
        assertTrue(full.features().row(row).bitEquals(selection.features().row(next)));
        next++;
      }
    }
    assertEquals(selection.size(), next);
  }

  @Test
  void looksInTheUsualPlacesInOrder() {
    Path home = Path.of("/home/someone");

    assertEquals(
        List.of(Path.of("mine"), Path.of("/data"), DEBIAN, Path.of("/cache/incipit/fashion-mnist")),
        FashionMnist.places(
            Path.of("mine"), Map.of("INCIPIT_DATA", "/data", "XDG_CACHE_HOME", "/cache"), home));
    assertEquals(
        List.of(DEBIAN, Path.of("/home/someone/.cache/incipit/fashion-mnist")),
        FashionMnist.places(null, Map.of("INCIPIT_DATA", "", "XDG_CACHE_HOME", "odd"), home));
  }

  @Test
  void takesTheFirstPlaceThatHasTheFiles() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.createFile(there.resolve(TRAIN_IMAGES + ".gz"));

    FashionMnist found = FashionMnist.findIn(List.of(empty, there, DEBIAN), "fashion-mnist");

    assertEquals(there.toString(), found.origin());
  }

  @Test
  void saysWhereItLookedAndWhatToDo() {
    List<Path> places = List.of(folder.resolve("a"), folder.resolve("b"));

    DataException thrown =
        assertThrows(DataException.class, () -> FashionMnist.findIn(places, "fashion-mnist"));

    assertEquals(
        "data: all of Fashion-MNIST must be on this machine, but got no"
            + " train-images-idx3-ubyte[.gz] in %s/a, %s/b; install Debian's package"
                .formatted(folder, folder)
            + " dataset-fashion-mnist, name the files' folder by --data-dir or INCIPIT_DATA,"
            + " or use --data bundled",
        thrown.getMessage());
  }

  @Test
  void rejectsUnknownSource() {
    DataException thrown =
        assertThrows(DataException.class, () -> FashionMnist.find("no-such-folder", null));

    assertEquals(
        "data: the source must be bundled, fashion-mnist or a folder, but got no-such-folder;"
            + " check the name",
        thrown.getMessage());
  }

  @Test
  void loadsAnyFolderOfIdxFilesPlainOrCompressed() throws IOException {
    writeSmallSet(2);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve(labels.getFileName() + ".gz")))) {
      Files.copy(labels, out);
    }
    Files.delete(labels);

    FashionMnist found = FashionMnist.find(folder.toString(), null);
    Split split = found.load();

    assertEquals(folder.toString(), found.origin());
    assertEquals(3, labels(split.train()).classes());
    assertArrayEquals(new int[] {0, 2, 1}, labels(split.train()).toArray());
    assertArrayEquals(new float[] {0, 1, 0.2f}, split.train().features().toArray());
    assertEquals(1, split.validation().size());
  }

  @Test
  void namesTheFileThatAFolderLacks() throws IOException {
    writeSmallSet(2);
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    FashionMnist found = FashionMnist.find(folder.toString(), null);

    DataException thrown = assertThrows(DataException.class, found::load);

    assertEquals(
        "data: a folder must hold t10k-labels-idx1-ubyte, plain or with .gz, but got "
            + folder
            + " without it; add the file",
        thrown.getMessage());
  }

  @Test
  void rejectsLabelsBeyondTheNumberOfRows() throws IOException {
    writeSmallSet(200);
    FashionMnist found = FashionMnist.find(folder.toString(), null);

    DataException thrown = assertThrows(DataException.class, found::load);

    assertEquals(
        "data: labels must count from 0 to fewer than the 3 rows, but got 200 in "
            + folder.resolve("train-labels-idx1-ubyte")
            + "; renumber them",
        thrown.getMessage());
  }

  private void writeSmallSet(int label) throws IOException {
    write(TRAIN_IMAGES, 0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 255, 51);
    write("train-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 3, 0, label, 1);
    write("t10k-images-idx3-ubyte", 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 9);
    write("t10k-labels-idx1-ubyte", 0, 0, 8, 1, 0, 0, 0, 1, 2);
  }

  private void write(String name, int... values) throws IOException {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Files.write(folder.resolve(name), bytes);
  }

  private static float min(Dataset data) {
    float min = Float.POSITIVE_INFINITY;
    for (float number : data.features().array()) {
      min = Math.min(min, number);
    }
    return min;
  }

  private static Labels labels(Dataset data) {
    return assertInstanceOf(Labels.class, data.targets());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = stream(name)) {
      return in.readAllBytes();
    }
  }

  private static InputStream stream(String name) throws IOException {
    InputStream in = FashionMnist.class.getResourceAsStream("fashion-mnist-12k/" + name);
    if (in == null) {
      throw new IOException("no resource " + name);
    }
    return in;
  }
}
