package org.bowline.shell.output;

import java.util.function.Function;

/**
 * One column of a list.
 *
 * @param name what {@code -c} calls it; upper-cased it heads the column
 * @param wide whether it is shown only when asked for
 * @param text what stands in its cell
 * @param paint the same with colour, for a terminal
 */
public record Column<T>(
        String name, boolean wide, Function<T, String> text, Function<T, Painted> paint) {
    /** A column that is always shown. */
    public static <T> Column<T> of(String name, Function<T, String> text) {
        return new Column<>(name, false, text, row -> Painted.plain(text.apply(row)));
    }

    /** A column shown only when asked for with {@code -c}, and in CSV. */
    public static <T> Column<T> wide(String name, Function<T, String> text) {
        return new Column<>(name, true, text, row -> Painted.plain(text.apply(row)));
    }

    /** The same column, painted in a terminal. */
    public Column<T> painted(Function<T, Painted> paint) {
        return new Column<>(name, wide, text, paint);
    }
}
