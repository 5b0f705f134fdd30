package org.bowline.shell.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows how far something is: a bar that is drawn anew in a terminal, a line every 5 s elsewhere.
 * For one thread.
 */
public final class Progress {
    private static final int BAR = 30; // columns
    private static final Duration REDRAW = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final PrintStream to;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long start;
    private long shown;
    private boolean drawn;

    /** On standard error, so that standard output stays what the command answers. */
    public Progress(Screen screen) {
        this(screen.error(), screen.terminal(), System::nanoTime);
    }

    Progress(PrintStream to, boolean terminal, LongSupplier nanos) {
        this.to = to;
        this.terminal = terminal;
        this.nanos = nanos;
        start = nanos.getAsLong();
        shown = start;
    }

    /** So much is done; shown now and then. */
    public void at(String what, long done, long total) {
        long now = nanos.getAsLong();
        if (now - shown >= (terminal ? REDRAW : LINE).toNanos()) {
            shown = now;
            show(what, done, total, now);
        }
    }

    /** Makes room for the next line. */
    public void end() {
        if (drawn) {
            to.print("\r\u001B[K");
            to.flush();
        }
    }

    private void show(String what, long done, long total, long now) {
        int percent = total == 0 ? 100 : (int) (done * 100.0 / total);
        long rate = (long) (done * 1e9 / Math.max(1, now - start));
        String text = "%3d %% of %s, %s/s".formatted(percent, Sizes.text(total), Sizes.text(rate));
        if (terminal) {
            int filled = percent * BAR / 100;
            to.print(
                    "\r["
                            + "#".repeat(filled)
                            + " ".repeat(BAR - filled)
                            + "] "
                            + text
                            + "\u001B[K");
            drawn = true;
        } else {
            to.println(Tame.text(what) + ": " + text.strip());
        }
        to.flush();
    }
}
