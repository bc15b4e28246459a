package dev.incipit.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes records as JSON: names in snake case, indented. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(tools.jackson.databind.MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private Json() {}

  /**
   * Write a value.
   *
   * @param file where it goes; replaced when the new one is whole
   * @param value a record of numbers, texts, lists and records
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Object value) throws IOException {
    WholeFile.write(file, part -> Files.writeString(part, MAPPER.writeValueAsString(value) + "\n"));
  }
}
