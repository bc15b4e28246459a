package dev.incipit.nn.io;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a header's JSON, token by token, and trusts nothing in it.
 *
 * <p>A nested value that the format does not know is skipped, as its reference does, without
 * recursion. Memory is taken for tensors that the header really lists.
 */
final class HeaderReader {

  private static final int MOST_AXES = 64;
  private static final int MOST_DEPTH = 16;
  private static final int LONGEST_NAME = 4096;

  /** Digits of the greatest long. */
  private static final int LONGEST_NUMBER = 19;

  /**
   * No canonical names: a table of them, shared by all files, would be a hostile file's to fill.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(Header.MOST_BYTES)
                  .maxStringLength(Header.MOST_BYTES)
                  .maxNestingDepth(MOST_DEPTH)
                  .maxNameLength(LONGEST_NAME)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .build();

  /** What was read of one tensor so far. */
  private static final class Draft {
    @Nullable StoredType type;
    @Nullable List<Long> shape;
    @Nullable List<Long> offsets;
  }

  private final Refusal refusal;
  private final List<TensorEntry> entries = new ArrayList<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();

  HeaderReader(Refusal refusal) {
    this.refusal = refusal;
  }

  /**
   * Read a header.
   *
   * @param json its bytes
   * @return the tensors in the order in which the header lists them
   */
  List<TensorEntry> read(InputStream json) {
    // Decoded here: the parser itself would accept other encodings, and malformed UTF-8.
    InputStreamReader text =
        new InputStreamReader(
            json,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "the header must be an object", parser);
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals(Header.METADATA)) {
          readMetadata(parser);
        } else {
          entries.add(entry(name, parser));
        }
      }
      require(parser.nextToken() == null, "nothing but blanks may follow the header", parser);
      return entries;
    } catch (StreamConstraintsException e) {
      throw refusal.damaged(
          "names have at most %d characters, numbers %d digits, and values %d levels"
              .formatted(LONGEST_NAME, LONGEST_NUMBER, MOST_DEPTH),
          e.getOriginalMessage());
    } catch (JacksonException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? refusal.damaged("the header must be UTF-8", "bytes that are not")
          : refusal.damaged("the header must be JSON, each name once", reason(e));
    }
  }

  /** Return the free texts of the header that was read. */
  SortedMap<String, String> metadata() {
    return metadata;
  }

  /** Return what the parser says first, without its advice, and where it stopped. */
  private static String reason(JacksonException e) {
    String said = String.valueOf(e.getOriginalMessage());
    int advice = said.indexOf(": ");
    return Refusal.printable(advice < 0 ? said : said.substring(0, advice))
        + " at character "
        + e.getLocation().getCharOffset();
  }

  private void readMetadata(JsonParser parser) {
    String rule = Header.METADATA + " must be an object of texts";
    require(parser.currentToken() == JsonToken.START_OBJECT, rule, parser);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      require(parser.nextToken() == JsonToken.VALUE_STRING, rule, parser);
      metadata.put(name, parser.getString());
    }
  }

  private TensorEntry entry(String name, JsonParser parser) {
    String quoted = Refusal.quote(name);
    require(
        StandardCharsets.UTF_8.newEncoder().canEncode(name),
        "a name must be text without half characters",
        parser);
    require(parser.currentToken() == JsonToken.START_OBJECT, quoted + " must be an object", parser);
    Draft draft = new Draft();
    for (String field = parser.nextName(); field != null; field = parser.nextName()) {
      parser.nextToken();
      switch (field) {
        case "dtype" -> draft.type = type(quoted, parser);
        case "shape" -> draft.shape = numbers("the shape of " + quoted, MOST_AXES, parser);
        case "data_offsets" -> draft.offsets = numbers("data_offsets of " + quoted, 2, parser);
        default -> parser.skipChildren();
      }
    }
    if (draft.type == null || draft.shape == null || draft.offsets == null) {
      throw refusal.damaged(
          quoted + " must have dtype, shape and data_offsets", "an entry without one of them");
    }
    if (draft.offsets.size() != 2) {
      throw refusal.damaged(
          "data_offsets of " + quoted + " must be begin and end", draft.offsets.toString());
    }
    return new TensorEntry(
        name, draft.type, draft.shape, draft.offsets.get(0), draft.offsets.get(1));
  }

  private StoredType type(String quoted, JsonParser parser) {
    require(
        parser.currentToken() == JsonToken.VALUE_STRING,
        "dtype of " + quoted + " must be a text",
        parser);
    String text = parser.getString();
    return StoredType.ofName(text)
        .orElseThrow(
            () ->
                refusal.because(
                    "dtype of %s must be one of %s"
                        .formatted(quoted, Arrays.toString(StoredType.values())),
                    Refusal.quote(text),
                    "convert the tensor where the file is made"));
  }

  /** Read an array of at most so many whole numbers from 0. */
  private List<Long> numbers(String what, int most, JsonParser parser) {
    String rule = what + " must be an array of at most " + most + " whole numbers from 0";
    require(parser.currentToken() == JsonToken.START_ARRAY, rule, parser);
    List<Long> result = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean whole =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && !parser.getString().startsWith("-")
              && result.size() < most;
      require(whole, rule, parser);
      result.add(parser.getLongValue());
    }
    return result;
  }

  /** Refuse the file unless a rule holds at the current token. */
  private void require(boolean holds, String rule, JsonParser parser) {
    if (!holds) {
      throw refusal.damaged(rule, describe(parser));
    }
  }

  private static String describe(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == null) {
      return "the end";
    }
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case PROPERTY_NAME,
          VALUE_STRING,
          VALUE_NUMBER_INT,
          VALUE_NUMBER_FLOAT,
          VALUE_TRUE,
          VALUE_FALSE,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          NOT_AVAILABLE ->
          Refusal.quote(parser.getString());
    };
  }
}
