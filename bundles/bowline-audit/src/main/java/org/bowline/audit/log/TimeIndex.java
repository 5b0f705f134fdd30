package org.bowline.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where in a file the clock of the host was set back: between such places lie runs whose lines
 * stand in the order of their times. Read once, then only what was added. Safe for use by any
 * thread.
 */
final class TimeIndex {
    private static final String MARK = "\"time\":\"";
    private static final int HEAD = 64; // bytes of a line in which its time stands

    private static final int LENGTH = 24; // characters of a time

    private final List<Span> spans = new ArrayList<>(); // guarded by this
    private List<Run> runs = List.of(); // guarded by this
    private long scanned; // guarded by this

    /** A run whose times are still text, which stands in the same order and is cheap to compare. */
    private record Span(long start, long end, String oldest, String newest) {
        Run run() {
            return new Run(start, end, millis(oldest).orElse(0), millis(newest).orElse(0));
        }
    }

    /**
     * Lines whose times never go back.
     *
     * @param start where the first begins
     * @param end behind the last
     * @param oldest time of the first, in ms
     * @param newest time of the last, in ms
     */
    record Run(long start, long end, long oldest, long newest) {}

    /** The runs of the file as it is now, the first in it first. */
    synchronized List<Run> of(Extent extent) throws IOException {
        if (scanned < extent.length()) {
            try (LineReader lines = new LineReader(extent, scanned)) {
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    add(line, scanned, lines.position());
                    scanned = lines.position();
                }
            }
            runs = spans.stream().map(Span::run).toList();
        }
        return runs;
    }

    private void add(byte[] line, long start, long end) {
        Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        String text = text(line);
        String time = text.length() == LENGTH || last == null ? text : last.newest;
        if (last != null && time.compareTo(last.newest) >= 0) {
            spans.set(spans.size() - 1, new Span(last.start, end, last.oldest, time));
        } else {
            spans.add(new Span(start, end, time, time));
        }
    }

    /** The time of a line in ms, without reading all of it; empty if it cannot be told. */
    static OptionalLong time(byte[] line) {
        return millis(text(line));
    }

    private static String text(byte[] line) {
        String head = new String(line, 0, Math.min(HEAD, line.length), StandardCharsets.ISO_8859_1);
        int from = head.indexOf(MARK) + MARK.length();
        int to = head.indexOf('"', from);
        return from < MARK.length() || to < 0 ? "" : head.substring(from, to);
    }

    private static OptionalLong millis(String time) {
        try {
            return OptionalLong.of(Instant.parse(time).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty(); // not one of ours; verify names it
        }
    }
}
