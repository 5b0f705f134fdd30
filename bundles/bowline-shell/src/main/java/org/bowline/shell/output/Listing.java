package org.bowline.shell.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A list of rows as a table, CSV, JSON or YAML. */
public final class Listing<T> {
    private final List<Column<T>> columns;

    /** A list with these columns, in this order. */
    public Listing(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Prints it.
     *
     * @param format table, wide (a table with all columns), json, yaml or csv
     * @param names columns for table and csv, comma-separated; null for the usual ones
     * @param bare no heading and no padding: cells separated by a tab
     * @param empty what to say in a table where there is no row
     */
    public void print(
            Screen screen,
            String format,
            @Nullable String names,
            boolean bare,
            List<T> rows,
            String empty)
            throws UsageException {
        switch (format) {
            case "table" -> table(screen, chosen(names, false), bare, rows, empty);
            case "wide" -> table(screen, chosen(names, true), bare, rows, empty);
            case "csv" -> csv(screen, chosen(names, true), bare, rows);
            default -> tree(screen, format, Json.tree(Map.of("items", rows)));
        }
    }

    /** Prints one thing as JSON or YAML. */
    public static void tree(Screen screen, String format, JsonNode tree) throws UsageException {
        switch (format) {
            case "json" -> screen.tree(Json.text(tree) + "\n");
            case "yaml" -> screen.tree(Yaml.text(tree));
            default ->
                    throw new UsageException(
                            "No output format " + format + ": see --help for those it knows.");
        }
    }

    private List<Column<T>> chosen(@Nullable String names, boolean all) throws UsageException {
        if (names == null) {
            return columns.stream().filter(column -> all || !column.wide()).toList();
        }
        List<Column<T>> chosen = new ArrayList<>();
        for (String name : names.split(",")) {
            chosen.add(column(name.strip()));
        }
        return chosen;
    }

    private Column<T> column(String name) throws UsageException {
        for (Column<T> column : columns) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
        }
        throw new UsageException(
                "No column %s: there are %s."
                        .formatted(
                                name,
                                columns.stream()
                                        .map(Column::name)
                                        .collect(Collectors.joining(", "))));
    }

    private void table(
            Screen screen, List<Column<T>> chosen, boolean bare, List<T> rows, String empty) {
        if (bare) {
            rows.forEach(row -> screen.line(String.join("\t", tame(cells(chosen, row)))));
        } else if (rows.isEmpty()) {
            screen.line(empty);
        } else {
            padded(screen, chosen, rows);
        }
    }

    private void padded(Screen screen, List<Column<T>> chosen, List<T> rows) {
        List<String> head =
                chosen.stream().map(column -> column.name().toUpperCase(Locale.ROOT)).toList();
        int[] widths = head.stream().mapToInt(String::length).toArray();
        List<List<String>> cells = rows.stream().map(row -> tame(cells(chosen, row))).toList();
        for (List<String> row : cells) {
            Arrays.setAll(widths, at -> Math.max(widths[at], row.get(at).length()));
        }
        screen.line(screen.strong(join(head, head, widths)));
        for (int at = 0; at < cells.size(); at++) {
            T row = rows.get(at);
            List<Painted> painted =
                    chosen.stream().map(column -> column.paint().apply(row)).toList();
            screen.line(Painted.joined(join(cells.get(at), painted, widths)));
        }
    }

    /** Pads by the plain text: colours take no room. */
    private static String join(List<String> plain, List<?> painted, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < plain.size(); at++) {
            line.append(painted.get(at));
            if (at < plain.size() - 1) {
                line.append(" ".repeat(widths[at] - plain.get(at).length() + 2));
            }
        }
        return line.toString();
    }

    private void csv(Screen screen, List<Column<T>> chosen, boolean bare, List<T> rows) {
        if (!bare) {
            screen.line(chosen.stream().map(Column::name).collect(Collectors.joining(",")));
        }
        for (T row : rows) {
            screen.line(
                    cells(chosen, row).stream()
                            .map(Listing::quoted)
                            .collect(Collectors.joining(",")));
        }
    }

    private static <T> List<String> cells(List<Column<T>> chosen, T row) {
        return chosen.stream().map(column -> column.text().apply(row)).toList();
    }

    private static List<String> tame(List<String> cells) {
        return cells.stream().map(Tame::cell).toList();
    }

    /** As RFC 4180 has it. */
    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
