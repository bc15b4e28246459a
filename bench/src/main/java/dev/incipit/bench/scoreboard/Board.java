package dev.incipit.bench.scoreboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scoreboard as a table for the terminal, as Markdown and as JSON.
 *
 * @param environment machine and circumstances, by name
 * @param rows the lines
 */
record Board(Map<String, String> environment, List<Row> rows) {

  private static final List<String> HEADER =
      List.of(
          "what", "size", "threads", "ours", "", "unit", "limit", "share", "peer", "its", "",
          "ratio", "");

  /** Columns that hold words, which stand to the left. */
  private static final List<Integer> WORDS = List.of(0, 1, 5, 8);

  /** Return the table in columns of blanks, with the circumstances below. */
  String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    lines.addAll(cells());
    int[] widths = new int[HEADER.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int i = 0; i < line.size(); i++) {
        String blanks = " ".repeat(widths[i] - line.get(i).length());
        padded.append(WORDS.contains(i) ? line.get(i) + blanks : blanks + line.get(i));
        padded.append(HEADER.get(i).isEmpty() || i == HEADER.size() - 1 ? "  " : " ");
      }
      text.append(padded.toString().stripTrailing()).append('\n');
    }
    text.append('\n');
    notes().forEach(note -> text.append(note).append('\n'));
    environment.forEach((name, value) -> text.append(name + ": " + value + "\n"));
    return text.append('\n').append(legend()).toString();
  }

  /** Return the table in Markdown, the circumstances above it. */
  String markdown() {
    StringBuilder text = new StringBuilder("# Scoreboard\n\n");
    environment.forEach((name, value) -> text.append("- " + name + ": " + value + "\n"));
    notes().forEach(note -> text.append("- " + note + "\n"));
    text.append('\n').append(legend()).append('\n');
    text.append("| what | size | threads | ours | limit | share | peer | its | ratio |\n");
    text.append("|---|---|---|---|---|---|---|---|---|\n");
    for (List<String> line : cells()) {
      text.append(
          "| %s | %s | %s | %s %s %s | %s | %s | %s | %s %s | %s %s |%n"
              .formatted(line.toArray())
              .replaceAll(" +", " ")
              .replace(System.lineSeparator(), "\n"));
    }
    return text.toString();
  }

  private static String legend() {
    return """
    limit: what the probes of the same rounds allow, multiply-adds on registers or a copy at the same
    working set; ratio: the peer's time over ours, above 1 we lead. The median of the rounds, and
    half their range in percent of it.
    """;
  }

  /** Return a line of text for each peer without a figure. */
  private List<String> notes() {
    Map<String, List<String>> subjects = new LinkedHashMap<>();
    for (Row row : rows) {
      Peer peer = row.peer();
      if (peer != null && row.note() != null) {
        String what = peer.title() + " failed: " + row.note();
        subjects.computeIfAbsent(what, key -> new ArrayList<>()).add(row.subject().title());
      }
    }
    return subjects.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join("; ", entry.getValue()) + ")")
        .toList();
  }

  private List<List<String>> cells() {
    List<List<String>> lines = new ArrayList<>();
    Subject last = null;
    for (Row row : rows) {
      List<String> line = new ArrayList<>();
      Subject subject = row.subject();
      if (subject.equals(last)) {
        line.addAll(List.of("", "", "", "", "", "", "", ""));
      } else {
        line.addAll(
            List.of(
                subject.name(),
                subject.size(),
                String.valueOf(subject.threads()),
                number(row.value().median()),
                spread(row.value()),
                subject.table().unit().text(),
                median(row.limit()),
                median(row.ofLimit())));
      }
      line.addAll(
          List.of(
              row.peer() == null ? "" : row.peer().title(),
              row.note() == null ? median(row.peerValue()) : "failed",
              spread(row.peerValue()),
              median(row.peerRatio()),
              spread(row.peerRatio())));
      lines.add(line);
      last = subject;
    }
    return lines;
  }

  private static String median(@Nullable Range range) {
    return range == null ? "" : number(range.median());
  }

  private static String spread(@Nullable Range range) {
    return range == null ? "" : "±" + Math.round(range.spread()) + "%";
  }

  /** Return three significant digits. */
  static String number(double value) {
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Return the rows as JSON: every figure with its spread in percent, null where there is none. */
  String json() {
    JsonMapper mapper = new JsonMapper();
    ArrayNode list = mapper.createArrayNode();
    for (Row row : rows) {
      ObjectNode node = list.addObject();
      Subject subject = row.subject();
      node.put("name", subject.name());
      node.put("size", subject.size());
      node.put("threads", subject.threads());
      put(node, "value", row.value());
      node.put("unit", subject.table().unit().text());
      put(node, "limit", row.limit());
      put(node, "of_limit", row.ofLimit());
      node.put("bytes", row.bytes());
      node.put("peer", row.peer() == null ? null : row.peer().title());
      put(node, "peer_value", row.peerValue());
      put(node, "peer_ratio", row.peerRatio());
      node.put("note", row.note());
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n";
  }

  private static void put(ObjectNode node, String name, @Nullable Range range) {
    if (range == null) {
      node.putNull(name);
      node.putNull(name + "_spread");
    } else {
      node.put(name, range.median());
      node.put(name + "_spread", range.spread());
    }
  }
}
