package dev.incipit.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.incipit.core.autograd.Parameter;
import dev.incipit.core.random.RandomKey;
import dev.incipit.core.tensor.Tensor;
import dev.incipit.init.Constant;
import dev.incipit.init.He;
import dev.incipit.nn.Activation;
import dev.incipit.nn.Dense;
import dev.incipit.nn.Layer;
import dev.incipit.nn.Mlp;
import dev.incipit.nn.Prelu;
import dev.incipit.nn.Sequential;
import dev.incipit.nn.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Save models, and load them from our files and from others'. */
final class CheckpointTests {

  private static final RandomKey KEY = RandomKey.of(7);

  private final Path folder;

  CheckpointTests(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void loadsWhatItSaved() throws IOException {
    Sequential saved =
        Sequential.of(
            dense("dense1", 3, 4), Prelu.create("prelu1"), dense("dense2", 4, 4).frozen());
    Path file = folder.resolve("net.safetensors");
    Checkpoint.save(saved, file, Map.of("data", "none"));
    Sequential loaded =
        Sequential.of(zeros("dense1", 3, 4), Prelu.create("prelu1"), zeros("dense2", 4, 4));
    LoadReport report = Checkpoint.of(file).load(loaded);
    assertTrue(report.isComplete());
    assertEquals(bits(saved), bits(loaded));
    try (Safetensors open = Safetensors.open(file)) {
      assertEquals(Map.of("format", "incipit", "data", "none"), open.metadata());
      assertEquals(
          List.of("dense1.weight", "dense1.bias", "prelu1.slope", "dense2.weight", "dense2.bias"),
          List.copyOf(open.entries().keySet()));
    }
  }

  @Test
  void sameWeightsGiveTheSameBytes() throws IOException {
    Path first = folder.resolve("1.safetensors");
    Path second = folder.resolve("2.safetensors");
    Checkpoint.save(Mlp.of(3, 5, 2).build(KEY), first);
    Checkpoint.save(Mlp.of(3, 5, 2).build(KEY).frozen(), second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void loadsPytorchNamesAndLayout() throws IOException {
    Sequential net = zeroMlp(2, 3, 1);
    // Sorted by name, as that library sorts, biases before weights.
    Path file =
        file(
            Map.of("format", "pt"),
            "0.bias",
            Tensor.vector(1, 2, 3),
            "0.weight",
            Tensor.matrix(new float[] {4, 5}, new float[] {6, 7}, new float[] {8, 9}),
            "2.bias",
            Tensor.vector(10),
            "2.weight",
            Tensor.matrix(new float[] {11, 12, 13}));
    LoadReport report = Checkpoint.of(file).withNames(Renaming.byNumber()).load(net);
    assertEquals(
        "4 of 4 parameters loaded from %s, layout pytorch".formatted(file)
            + "\n  loaded       dense1.weight [2, 3] from 0.weight F32 [3, 2]"
            + "\n  loaded       dense1.bias [3] from 0.bias F32 [3]"
            + "\n  loaded       dense2.weight [3, 1] from 2.weight F32 [1, 3]"
            + "\n  loaded       dense2.bias [1] from 2.bias F32 [1]",
        report.toString());
    // y = W x + b there is x W^T + b here: (1, 1) gives 4 + 5 + 1, 6 + 7 + 2, 8 + 9 + 3.
    Tensor hidden = net.first(1).predict(Tensor.matrix(new float[] {1, 1}));
    assertArrayEquals(new float[] {10, 15, 20}, hidden.toArray());
  }

  @Test
  void renamesByListAndByFunction() throws IOException {
    Path file =
        file(
            Map.of(),
            "fc.weight",
            Tensor.matrix(new float[] {5}, new float[] {6}),
            "dense1.bias",
            Tensor.vector(7));
    for (Renaming names :
        List.of(
            Renaming.of(Map.of("fc.weight", "dense1.weight")),
            Renaming.of(name -> name.replace("fc", "dense1")))) {
      Sequential net = zeroMlp(2, 1);
      assertTrue(Checkpoint.of(file).withNames(names).load(net).isComplete());
      assertEquals("[[5.0, 6.0], [7.0]]", bits(net).toString());
    }
    assertRefused(
        "rename: names must lead from the file to the model, but got \"fx.weight\" to"
            + " \"dense1.weight\"; the file has none",
        Checkpoint.of(file).withNames(Renaming.of(Map.of("fx.weight", "dense1.weight"))),
        zeroMlp(2, 1));
    assertRefused(
        "load FILE: each parameter must get one tensor, but got two for \"dense1.bias\"; correct"
            + " the names",
        Checkpoint.of(file).withNames(Renaming.of(name -> "dense1.bias")),
        zeroMlp(2, 1));
  }

  @Test
  void numbersOrderLayersAsNumbers() throws IOException {
    // As text, 10 would come before 9; the second layer is the model's prelu.
    Path file =
        file(
            Map.of(),
            "net.10.weight",
            Tensor.vector(2),
            "net.11.bias",
            Tensor.vector(4),
            "net.11.weight",
            Tensor.matrix(new float[] {3}),
            "net.9.bias",
            Tensor.vector(1),
            "net.9.weight",
            Tensor.matrix(new float[] {0}));
    Sequential net = Sequential.of(zeros("a", 1, 1), Prelu.create("p"), zeros("b", 1, 1));
    Checkpoint.of(file).withNames(Renaming.byNumber()).load(net);
    assertEquals("[[0.0], [1.0], [2.0], [3.0], [4.0]]", bits(net).toString());
  }

  @Test
  void numbersRefuseWhatTheyCannotOrder() throws IOException {
    Tensor one = Tensor.vector(1);
    String remedy = "; give the names by Renaming.of(map)";
    assertRefused(
        "rename by number: layers must differ by their numbers, but got [\"body\", \"head\"]"
            + remedy,
        byNumber(file(Map.of(), "body.weight", one, "head.weight", one)),
        zeroMlp(1, 1, 1));
    assertRefused(
        "rename by number: file and model must have as many layers, but got 1 [\"0\"] and 2"
            + " [\"dense1\", \"dense2\"]"
            + remedy,
        byNumber(file(Map.of(), "0.weight", one, "0.bias", one)),
        zeroMlp(1, 1, 1));
    assertRefused(
        "rename by number: layers must have the same tensors, but got [0.gamma, 0.weight] for"
            + " [dense1.bias, dense1.weight]"
            + remedy,
        byNumber(file(Map.of(), "0.weight", one, "0.gamma", one)),
        zeroMlp(1, 1));
    assertRefused(
        "rename by number: a name must have a layer and a point, but got \"weight\"" + remedy,
        byNumber(file(Map.of(), "weight", one)),
        zeroMlp(1, 1));
  }

  private static Checkpoint byNumber(Path file) {
    return Checkpoint.of(file).withNames(Renaming.byNumber());
  }

  @Test
  void strictLoadingNamesEveryDifferenceAndChangesNothing() throws IOException {
    Sequential net = Mlp.of(2, 3, 2).build(KEY);
    Path file =
        file(
            Map.of(),
            "dense1.weight",
            Tensor.zeros(2, 3),
            "dense2.weight",
            Tensor.zeros(3, 4),
            "dense2.bias",
            Tensor.zeros(2),
            "more",
            Tensor.zeros(1));
    assertRefused(
        "load FILE: file and model must have the same names and shapes, but got missing in the"
            + " file (dense1.bias [3]), left over in the file (more F32 [1]), of wrong shape"
            + " (dense2.weight [3, 2] from dense2.weight F32 [3, 4]) in layout ours; correct the"
            + " names, or load with partial()",
        Checkpoint.of(file),
        net);
  }

  @Test
  void partialLoadingTakesWhatMatchesAndReportsTheRest() throws IOException {
    Sequential net = Mlp.of(2, 3, 2).build(KEY);
    Path file =
        file(
            Map.of(),
            "dense1.weight",
            Tensor.zeros(2, 3),
            "dense2.weight",
            Tensor.zeros(3, 4),
            "dense2.bias",
            Tensor.zeros(2),
            "more",
            Tensor.zeros(1));
    List<List<Float>> before = bits(net);
    LoadReport report = Checkpoint.of(file).partial().load(net);
    assertFalse(report.isComplete());
    assertEquals(
        "2 of 4 parameters loaded from %s, layout ours".formatted(file)
            + "\n  loaded       dense1.weight [2, 3] from dense1.weight F32 [2, 3]"
            + "\n  loaded       dense2.bias [2] from dense2.bias F32 [2]"
            + "\n  wrong shape  dense2.weight [3, 2] from dense2.weight F32 [3, 4]"
            + "\n  missing      dense1.bias [3]"
            + "\n  left over    more F32 [1]",
        report.toString());
    assertEquals(0f, net.allParameters().get(0).value().sum());
    assertEquals(before.get(2), bits(net).get(2));
  }

  @Test
  void partialLoadingRefusesAFileOfAnotherModel() throws IOException {
    Path file = file(Map.of(), "other", Tensor.zeros(1));
    assertRefused(
        "load FILE: at least one tensor must match a parameter, but got missing in the file"
            + " (dense1.weight [2, 1], dense1.bias [1]), left over in the file (other F32 [1]) in"
            + " layout ours; correct the names",
        Checkpoint.of(file).partial(),
        zeroMlp(2, 1));
  }

  @Test
  void oneMatrixThatIsNotSquareTellsTheLayoutOfAll() throws IOException {
    Tensor square = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
    Path file =
        file(
            Map.of(),
            "dense1.weight",
            Tensor.zeros(2, 3),
            "dense1.bias",
            Tensor.zeros(2),
            "dense2.weight",
            square,
            "dense2.bias",
            Tensor.zeros(2));
    Sequential net = zeroMlp(3, 2, 2);
    assertEquals(Layout.PYTORCH, Checkpoint.of(file).load(net).layout());
    assertEquals(List.of(1f, 3f, 2f, 4f), bits(net).get(2));
  }

  @Test
  void squareMatricesAskForALayout() throws IOException {
    Tensor square = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
    Path file = file(Map.of(), "dense1.weight", square, "dense1.bias", Tensor.zeros(2));
    assertRefused(
        "load FILE: the layout must show in a matrix that is not square, or in the metadata, but"
            + " got square ones only, such as \"dense1.weight\" [2, 2]; choose layout ours [in,"
            + " out] or pytorch [out, in]",
        Checkpoint.of(file),
        zeroMlp(2, 2));
    Sequential net = zeroMlp(2, 2);
    Checkpoint.of(file).withLayout(Layout.OURS).load(net);
    assertEquals(List.of(1f, 2f, 3f, 4f), bits(net).get(0));
    Checkpoint.of(file).withLayout(Layout.PYTORCH).load(net);
    assertEquals(List.of(1f, 3f, 2f, 4f), bits(net).get(0));
    Path told =
        file(Map.of("format", "pt"), "dense1.weight", square, "dense1.bias", Tensor.zeros(2));
    assertEquals(Layout.PYTORCH, Checkpoint.of(told).load(net).layout());
    Path ours = folder.resolve("ours.safetensors");
    Checkpoint.save(net, ours);
    assertEquals(Layout.OURS, Checkpoint.of(ours).load(net).layout());
  }

  @Test
  void twoLayoutsInOneFileAskForAChoice() throws IOException {
    Path file =
        file(
            Map.of(),
            "dense1.weight",
            Tensor.zeros(2, 3),
            "dense1.bias",
            Tensor.zeros(3),
            "dense2.weight",
            Tensor.zeros(1, 3),
            "dense2.bias",
            Tensor.zeros(1));
    assertRefused(
        "load FILE: all matrices must have one layout, but got \"dense1.weight\" [2, 3] as [in,"
            + " out] and \"dense2.weight\" [1, 3] as [out, in]; choose layout ours or pytorch",
        Checkpoint.of(file),
        zeroMlp(2, 3, 1));
  }

  @Test
  void aTensorThatCannotBeReadLeavesTheModelAsItWas() throws IOException {
    Sequential net = Mlp.of(1, 1).build(KEY);
    String header =
        "{"
            + ByHand.entry("dense1.weight", "1,1", 0, 4)
            + ",\"dense1.bias\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]}}";
    Path integers = ByHand.write(folder, ByHand.file(header, ByHand.floats(5, 6)));
    assertRefused(
        "read \"dense1.bias\" of FILE: only F64, F32, F16 and BF16 can be read as floats, but got"
            + " I32 [1]; convert the tensor where the file is made",
        Checkpoint.of(integers),
        net);
    Path infinite =
        ByHand.write(
            folder,
            ByHand.file(header.replace("I32", "F32"), ByHand.floats(5, Float.POSITIVE_INFINITY)));
    assertRefused(
        "load FILE: weights must be finite, but got Infinity at index 0 of \"dense1.bias\"; a"
            + " training that diverged needs a smaller rate or another initialization",
        Checkpoint.of(infinite),
        net);
  }

  @Test
  void refusesModelsWithTwoParametersOfOneName() {
    Sequential twice = Sequential.of(zeros("a", 1, 1), zeros("a", 1, 1));
    Path file = folder.resolve("twice.safetensors");
    Exception e = assertThrows(DataException.class, () -> Checkpoint.save(twice, file));
    assertEquals(
        "save "
            + file
            + ": each parameter must have a name of its own, but got two named \"a.weight\";"
            + " create the layers with different names",
        e.getMessage());
    assertFalse(Files.exists(file));
  }

  /** Assert that loading fails with a message, the file's name in it FILE, and changes nothing. */
  private static void assertRefused(String message, Checkpoint checkpoint, Layer net) {
    List<List<Float>> before = bits(net);
    Exception e = assertThrows(DataException.class, () -> checkpoint.load(net));
    assertEquals(
        message, String.valueOf(e.getMessage()).replace(checkpoint.file().toString(), "FILE"));
    assertEquals(before, bits(net));
  }

  private Path file(Map<String, String> metadata, Object... namesAndTensors) throws IOException {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTensors.length; i += 2) {
      tensors.put((String) namesAndTensors[i], (Tensor) namesAndTensors[i + 1]);
    }
    Path file = Files.createTempFile(folder, "checkpoint", ".safetensors");
    Safetensors.write(file, tensors, metadata);
    return file;
  }

  /** Return the numbers of every parameter. */
  private static List<List<Float>> bits(Layer net) {
    List<List<Float>> result = new ArrayList<>();
    for (Parameter parameter : net.allParameters()) {
      List<Float> numbers = new ArrayList<>();
      for (float number : parameter.value().toArray()) {
        numbers.add(number);
      }
      result.add(numbers);
    }
    return result;
  }

  private static Sequential zeroMlp(int... sizes) {
    return Mlp.of(sizes).withWeights(Constant.zeros()).build(KEY);
  }

  private static Dense zeros(String name, int in, int out) {
    return Dense.create(name, in, out, Activation.relu(), Constant.zeros(), Constant.zeros(), KEY);
  }

  private static Dense dense(String name, int in, int out) {
    return Dense.create(
        name, in, out, Activation.relu(), He.normal(), Constant.of(0.5), KEY.split(name));
  }
}
