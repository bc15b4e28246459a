package dev.incipit.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * PyTorch's own operations as a script: one crossing of its border for any number of them.
 *
 * <p>DJL has no call for many of them (results in place, random fills in place, the QR
 * decomposition), and each of its calls makes an array and crosses the border, which costs more
 * than a small product. A TorchScript has neither fault, nor Python's or autograd's own cost: what
 * is left is PyTorch's kernels. The script is put into the archive that {@code torch.jit.load}
 * reads: a zip of the code and of a pickled module without fields.
 */
final class TorchScript implements PeerBenchmark.Work {

  /** An object of class M whose one field, {@code training}, is false; protocol 2. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\nM\n)\u0081}X\u0008\u0000\u0000\u0000training\u0089sb.";

  /** The empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock block;
  private final ParameterStore store;
  private final NDList inputs;

  /**
   * Start PyTorch.
   *
   * @param threads threads of an operation
   */
  static NDManager start(int threads) {
    NativeSettings.prepare(threads);
    NDManager manager = NDManager.newBaseManager("PyTorch");
    JniUtils.setNumThreads(threads);
    return manager;
  }

  /**
   * Compile a script.
   *
   * @param names of its arguments, in the order of the inputs
   * @param lines statements that are repeated
   * @param result the name of the tensor to return
   */
  TorchScript(
      NDManager manager, List<String> names, List<String> lines, String result, NDArray... inputs) {
    String arguments =
        names.stream().map(name -> name + ": Tensor").collect(Collectors.joining(",\n      "));
    String body = lines.stream().map(line -> "      " + line).collect(Collectors.joining("\n"));
    ByteArrayInputStream archive = new ByteArrayInputStream(archive(code(arguments, body, result)));
    try {
      block = JniUtils.loadModule((PtNDManager) manager, archive, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store = new ParameterStore(manager, false);
    this.inputs = new NDList(inputs);
  }

  /** Make a tensor of some numbers. */
  static NDArray tensor(NDManager manager, float[] numbers, long... shape) {
    return manager.create(numbers, new Shape(shape));
  }

  private static String code(String arguments, String body, String result) {
    return """
    class M(Module):
      __parameters__ = []
      __buffers__ = []
      training : bool
      def forward(self: __torch__.M,
          %s) -> Tensor:
        for _0 in range(%d):
    %s
        return %s
    """
        .formatted(arguments, PeerBenchmark.CALLS, body, result);
  }

  private static byte[] archive(String code) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      put(zip, "m/data.pkl", MODULE.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "m/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      put(zip, "m/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "m/version", "3\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void run() {
    block.forward(store, inputs, false).close();
  }

  @Override
  public float[] result() {
    try (NDList outputs = block.forward(store, inputs, false)) {
      return outputs.singletonOrThrow().toFloatArray();
    }
  }
}
