import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Look at the files that {@code he-vs-xavier} wrote into a folder; say what is wrong and exit with 1. */
final class CheckMainJob {

  private static final String HEADER =
      "depth,init,seed,step,epoch,train_loss,validation_loss,validation_error";
  private static final Set<String> VERDICTS = Set.of("holds", "does not hold");

  private CheckMainJob() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    JsonNode results =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("summary.json"))).path("results");
    check(results.isArray() && !results.isEmpty(), "summary.json: no results");
    List<String> curves = Files.readAllLines(folder.resolve("curves.csv"));
    check(curves.getFirst().equals(HEADER), "curves.csv: header is " + curves.getFirst());
    int columns = HEADER.split(",").length;
    for (String row : curves) {
      check(row.split(",", -1).length == columns, "curves.csv: not " + columns + " columns: " + row);
    }
    for (JsonNode result : results) {
      int depth = result.path("depth").asInt();
      String verdict = result.path("verdict").asString();
      check(VERDICTS.contains(verdict), "summary.json: verdict at depth " + depth + " is " + verdict);
      for (String init : List.of("he", "xavier")) {
        String start = depth + "," + init + ",";
        long rows = curves.stream().filter(row -> row.startsWith(start)).count();
        check(rows >= 10, "curves.csv: only " + rows + " rows of " + start);
      }
      Path file = folder.resolve("depth-" + depth + ".png");
      byte[] head = Files.readAllBytes(file);
      check(head.length > 8 && head[0] == (byte) 0x89 && head[1] == 'P', file + ": not a PNG");
      BufferedImage image = ImageIO.read(file.toFile());
      check(
          image != null && image.getWidth() >= 400 && image.getHeight() >= 300,
          file + ": not a picture of a sane size");
      System.out.printf(
          "depth %d: %s, picture %d x %d%n", depth, verdict, image.getWidth(), image.getHeight());
    }
    System.out.printf("curves.csv: %d rows%n", curves.size() - 1);
  }

  private static void check(boolean right, String wrong) {
    if (!right) {
      System.err.println(wrong);
      System.exit(1);
    }
  }
}
