package org.bowline.audit.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.bowline.api.transport.Channel;
import org.bowline.audit.log.Extent;
import org.bowline.audit.log.LineReader;
import org.bowline.audit.log.LogReading;
import org.bowline.audit.log.PageReader;

/** The answering side of {@code audit/1}. Holds a page or a block of a file per channel. */
public final class Answering {
    /** The protocol's name. */
    public static final String PROTOCOL = "audit/1";

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MOST_LINES = 1000;
    private static final int MOST_AT_ONCE = 4;
    private static final int BUFFER = 16 << 10; // bytes

    private final LogReading log;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

    public Answering(LogReading log) {
        this.log = log;
    }

    /** Answers until the asker goes. */
    public void handle(Channel channel) throws IOException {
        channel.readTimeout(IDLE);
        DataInputStream in = new DataInputStream(new BufferedInputStream(channel.input(), BUFFER));
        OutputStream out = new BufferedOutputStream(channel.output(), BUFFER);
        for (Frame asked = Frame.read(in); asked != null; asked = Frame.read(in)) {
            if (turns.tryAcquire()) {
                try {
                    answer(asked, out);
                } finally {
                    turns.release();
                }
            } else {
                fail("it answers " + MOST_AT_ONCE + " others now; ask again", out);
            }
            out.flush();
        }
    }

    private void answer(Frame asked, OutputStream out) throws IOException {
        switch (asked.kind()) {
            case Frame.PAGE -> page(asked.as(Frame.Page.class), out);
            case Frame.ALL -> all(out);
            default -> fail("it does not know questions of kind " + asked.kind(), out);
        }
    }

    private void page(Frame.Page asked, OutputStream out) throws IOException {
        PageReader.Page page;
        try {
            page =
                    log.page(
                            Math.max(1, Math.min(MOST_LINES, asked.most())),
                            asked.before() == null ? Long.MAX_VALUE : asked.before(),
                            asked.after() == null ? Long.MIN_VALUE : asked.after());
        } catch (IOException e) {
            fail("its log cannot be read: " + e.getMessage(), out);
            return;
        }
        for (PageReader.Found found : page.lines()) {
            new Frame(Frame.LINE, found.raw()).write(out);
        }
        Frame.of(Frame.END, new Frame.End(page.more())).write(out);
    }

    private void all(OutputStream out) throws IOException {
        List<Extent> extents;
        try {
            extents = log.extents();
        } catch (IOException e) {
            fail("its log cannot be read: " + e.getMessage(), out);
            return;
        }
        for (Extent extent : extents) {
            send(extent, out);
        }
        Frame.of(Frame.END, new Frame.End(false)).write(out);
    }

    private static void send(Extent extent, OutputStream out) throws IOException {
        try (LineReader lines = new LineReader(extent)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                new Frame(Frame.LINE, line).write(out);
            }
        } catch (NoSuchFileException e) {
            return; // the asker finds out whether it was allowed to go
        }
    }

    private static void fail(String cause, OutputStream out) throws IOException {
        Frame.of(Frame.FAILED, new Frame.Failed(cause)).write(out);
    }
}
