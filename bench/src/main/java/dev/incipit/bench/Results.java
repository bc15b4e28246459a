package dev.incipit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run found, with the circumstances: kept as JSON, from which the tables can be made again.
 *
 * @param environment machine and circumstances, by name
 * @param jmh JMH's results, in its own JSON
 */
public record Results(Map<String, String> environment, JsonNode jmh) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** Take JMH's results as it writes them. */
  public Results(Map<String, String> environment, String jmh) {
    this(environment, MAPPER.readTree(jmh));
  }

  /** Read a file that {@link #write} wrote. */
  public static Results read(Path json) throws IOException {
    JsonNode root = MAPPER.readTree(Files.readString(json));
    Map<String, String> environment = new LinkedHashMap<>();
    root.required("environment")
        .properties()
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asString()));
    return new Results(environment, root.required("jmh"));
  }

  /** Write everything, in place of an earlier file, which stays whole until then. */
  public void write(Path json) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode facts = root.putObject("environment");
    environment.forEach(facts::put);
    root.set("jmh", jmh);
    Path fresh = json.resolveSibling(json.getFileName() + ".part");
    Files.writeString(
        fresh, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    Files.move(fresh, json, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Write the tables beside the JSON file, and return them. */
  String writeMarkdown(Path json) throws IOException {
    String text = new Report(environment, figures()).text();
    String name = json.getFileName().toString().replaceFirst("\\.json$", ".md");
    Files.writeString(json.resolveSibling(name), text);
    return text;
  }

  /** Return what was measured. */
  public List<Figure> figures() {
    return StreamSupport.stream(jmh.spliterator(), false).map(Figure::of).toList();
  }
}
