import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the Fashion-MNIST selection that the lab carries in its jar.
 *
 * <p>Run from the root of the repository; any Java from 17 on serves:
 *
 * <pre>
 * java lab/src/main/scripts/BundleFashionMnist.java [SOURCE-FOLDER [TARGET-FOLDER]]
 * </pre>
 *
 * <p>The source is Debian's package dataset-fashion-mnist unless named otherwise. Of each class the
 * first 1,000 training images and the first 200 test images are kept, in the order of the files; no
 * chance is involved. What the source files contain is checked by SHA-256; any compression of it
 * serves. Printed for each file made are the SHA-256 of its contents, the same everywhere, and of
 * the compressed file, which another version of zlib may change.
 */
final class BundleFashionMnist {

  private static final int CLASSES = 10;
  private static final int IMAGE_HEADER = 16;
  private static final int LABEL_HEADER = 8;

  public static void main(String[] arguments) throws IOException {
    Path source =
        Path.of(arguments.length > 0 ? arguments[0] : "/usr/share/datasets/fashion-mnist");
    Path target =
        Path.of(
            arguments.length > 1
                ? arguments[1]
                : "lab/src/main/resources/dev/incipit/lab/data/fashion-mnist-12k");
    Files.createDirectories(target);
    bundle(
        source,
        target,
        "train",
        1_000,
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");
    bundle(
        source,
        target,
        "t10k",
        200,
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");
  }

  private static void bundle(
      Path source, Path target, String part, int perClass, String imagesSum, String labelsSum)
      throws IOException {
    String imagesName = part + "-images-idx3-ubyte";
    String labelsName = part + "-labels-idx1-ubyte";
    ByteBuffer images = contents(source.resolve(imagesName + ".gz"), imagesSum);
    ByteBuffer labels = contents(source.resolve(labelsName + ".gz"), labelsSum);
    int pixels = images.getInt(8) * images.getInt(12);
    int selected = CLASSES * perClass;
    ByteBuffer someImages = ByteBuffer.allocate(IMAGE_HEADER + selected * pixels);
    ByteBuffer someLabels = ByteBuffer.allocate(LABEL_HEADER + selected);
    someImages
        .putInt(images.getInt(0))
        .putInt(selected)
        .putInt(images.getInt(8))
        .putInt(images.getInt(12));
    someLabels.putInt(labels.getInt(0)).putInt(selected);
    int[] taken = new int[CLASSES];
    for (int i = 0; i < labels.getInt(4); i++) {
      byte label = labels.get(LABEL_HEADER + i);
      if (taken[label]++ < perClass) {
        someImages.put(images.array(), IMAGE_HEADER + i * pixels, pixels);
        someLabels.put(label);
      }
    }
    write(target.resolve(imagesName + ".gz"), someImages);
    write(target.resolve(labelsName + ".gz"), someLabels);
  }

  private static ByteBuffer contents(Path file, String sum) throws IOException {
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      bytes = in.readAllBytes();
    }
    if (!sha256(bytes).equals(sum)) {
      throw new IOException(
          "%s: SHA-256 of the contents must be %s, but got %s; fetch it again"
              .formatted(file, sum, sha256(bytes)));
    }
    return ByteBuffer.wrap(bytes);
  }

  private static void write(Path file, ByteBuffer contents) throws IOException {
    if (contents.hasRemaining()) {
      throw new IOException(file + ": a class has too few images in the source");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new SmallestGzip(bytes)) {
      out.write(contents.array());
    }
    Files.write(file, bytes.toByteArray());
    System.out.printf(
        "%s%n  contents   %9d bytes  sha256 %s%n  compressed %9d bytes  sha256 %s%n",
        file.getFileName(),
        contents.capacity(),
        sha256(contents.array()),
        bytes.size(),
        sha256(bytes.toByteArray()));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Compresses as well as zlib can; Java writes no time stamp and no name into the header. */
  private static final class SmallestGzip extends GZIPOutputStream {
    SmallestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
