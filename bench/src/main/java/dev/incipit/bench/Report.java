package dev.incipit.bench;

import dev.incipit.bench.suite.KernelKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lays figures out as tables: a row for each set of parameters, a column for each choice of
 * kernels.
 *
 * @param environment machine and circumstances, by name
 * @param figures what was measured
 */
record Report(Map<String, String> environment, List<Figure> figures) {

  /** Return the report in Markdown. */
  String text() {
    StringBuilder text = new StringBuilder("# Benchmark results\n\n");
    environment.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    text.append(
        """

        A cell holds the median of the rounds, half their range in percent of it, and in brackets
        the share of the limit that the same round's probe found. `B/op`: bytes allocated by a call,
        the most of all columns.
        """);
    for (Table table : Table.values()) {
      List<Figure> mine =
          figures.stream().filter(figure -> figure.benchmark().equals(table.benchmark())).toList();
      if (!mine.isEmpty()) {
        append(table, mine, text);
      }
    }
    return text.toString();
  }

  private void append(Table table, List<Figure> mine, StringBuilder text) {
    Set<String> columns = new TreeSet<>(Report::byWidth);
    Map<List<String>, List<Figure>> rows = new LinkedHashMap<>();
    for (Figure figure : mine) {
      columns.add(figure.kernels());
      List<String> row = table.labels.stream().map(figure::parameter).toList();
      rows.computeIfAbsent(row, key -> new ArrayList<>()).add(figure);
    }
    text.append("\n## %s (%s)\n\n".formatted(table.title, table.unit().text()));
    line(text, table.labels, columns.stream().toList(), "B/op");
    text.append("|---".repeat(table.labels.size() + columns.size() + 1)).append("|\n");
    rows.entrySet().stream()
        .sorted((a, b) -> compare(a.getKey(), b.getKey()))
        .forEach(
            row ->
                line(
                    text,
                    row.getKey(),
                    cells(table, columns, row.getValue()),
                    bytes(row.getValue())));
  }

  private List<String> cells(Table table, Set<String> columns, List<Figure> row) {
    Map<String, String> cells =
        row.stream().collect(Collectors.toMap(Figure::kernels, figure -> cell(table, figure)));
    return columns.stream().map(column -> cells.getOrDefault(column, "")).toList();
  }

  private String cell(Table table, Figure figure) {
    List<Double> values = table.values(figure);
    List<Double> shares = table.shares(figure, figures);
    String cell = number(Figure.median(values)) + " ±" + Math.round(Figure.spread(values)) + " %";
    return shares.isEmpty()
        ? cell
        : cell + " (" + String.format(Locale.ROOT, "%.2f", Figure.median(shares)) + ")";
  }

  private static String bytes(List<Figure> row) {
    double most = row.stream().mapToDouble(Figure::bytes).max().orElse(Double.NaN);
    return String.format(Locale.ROOT, most < 10 ? "%.1f" : "%.0f", most);
  }

  /** Return three significant digits. */
  private static String number(double value) {
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static void line(
      StringBuilder text, List<String> labels, List<String> cells, String end) {
    List<String> all = new ArrayList<>(labels);
    all.addAll(cells);
    all.add(end);
    text.append("| ").append(String.join(" | ", all)).append(" |\n");
  }

  private static int byWidth(String a, String b) {
    return Integer.compare(KernelKind.order(a), KernelKind.order(b));
  }

  /** Compare labels one by one: numbers by value, sizes after numbers, else as text. */
  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      String x = a.get(i);
      String y = b.get(i);
      boolean numbers = x.matches("\\d+") && y.matches("\\d+");
      int order =
          numbers
              ? Integer.compare(Integer.parseInt(x), Integer.parseInt(y))
              : x.matches("\\d+") ? -1 : y.matches("\\d+") ? 1 : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
