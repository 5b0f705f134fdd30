package org.bowline.audit.wire;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bowline.api.identity.HostId;
import org.bowline.api.transport.Channel;
import org.bowline.audit.log.LogReading;
import org.bowline.audit.log.PageReader;

/**
 * The answering side of {@code audit/1}. Holds a page or a block of a file per channel. A peer has
 * one whole log and two pages at once at most, and its channel is closed when an answer takes
 * longer than an honest asker waits for it. A thread {@code bowline-audit-answer} does that; it
 * ends when nobody asks.
 */
public final class Answering {
    /** The protocol's name. */
    public static final String PROTOCOL = "audit/1";

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MOST_LINES = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(2); // for a turn
    private static final int BUFFER = 16 << 10; // bytes

    private final LogReading log;
    private final Semaphore pages = new Semaphore(8); // each a page in memory
    private final Semaphore checks = new Semaphore(4); // each a disk that reads all

    private final Map<HostId, Turns> peers = new ConcurrentHashMap<>(); // members alone get here
    private final ScheduledThreadPoolExecutor limit;
    private final Duration longestPage;
    private final Duration longestCheck;

    /** What one peer may ask at once. */
    private record Turns(Semaphore pages, Semaphore checks) {}

    private interface Answer {
        void give() throws IOException;
    }

    public Answering(LogReading log) {
        this(log, Asking.LONGEST_PAGE, Asking.LONGEST_CHECK);
    }

    Answering(LogReading log, Duration longestPage, Duration longestCheck) {
        this.log = log;
        this.longestPage = longestPage;
        this.longestCheck = longestCheck;
        limit =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> {
                            Thread thread = new Thread(work, "bowline-audit-answer");
                            thread.setDaemon(true);
                            return thread;
                        });
        limit.setKeepAliveTime(10, TimeUnit.SECONDS);
        limit.allowCoreThreadTimeOut(true);
        limit.setRemoveOnCancelPolicy(true);
    }

    /** Ends the thread. */
    public void stop() {
        limit.shutdownNow();
    }

    /** Answers until the asker goes. */
    public void handle(Channel channel) throws IOException {
        channel.readTimeout(IDLE);
        DataInputStream in = new DataInputStream(new BufferedInputStream(channel.input(), BUFFER));
        OutputStream out = new BufferedOutputStream(channel.output(), BUFFER);
        Turns own =
                peers.computeIfAbsent(
                        channel.peer(), peer -> new Turns(new Semaphore(2), new Semaphore(1)));
        for (Frame asked = Frame.read(in); asked != null; asked = Frame.read(in)) {
            switch (asked.kind()) {
                case Frame.PAGE -> {
                    Frame.Page page = asked.as(Frame.Page.class);
                    Answer answer = () -> within(longestPage, channel, () -> page(page, out), out);
                    inTurn(own.pages(), () -> inTurn(pages, answer, out), out);
                }
                case Frame.ALL -> {
                    Answer answer = () -> within(longestCheck, channel, () -> all(out), out);
                    inTurn(own.checks(), () -> inTurn(checks, answer, out), out);
                }
                default -> fail("it does not know questions of kind " + asked.kind(), out);
            }
        }
    }

    private static void inTurn(Semaphore turns, Answer answer, OutputStream out)
            throws IOException {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                fail("too many questions are asked of it now; ask again", out);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("this part of the agent is being stopped");
        }
        try {
            answer.give();
        } finally {
            turns.release();
        }
    }

    /** Gives up on a peer that does not read, so that it keeps nobody else's turn. */
    private void within(Duration longest, Channel channel, Answer answer, OutputStream out)
            throws IOException {
        ScheduledFuture<?> end =
                limit.schedule(channel::close, longest.toMillis(), TimeUnit.MILLISECONDS);
        try {
            answer.give();
            out.flush();
        } finally {
            end.cancel(false);
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
        Frame.of(Frame.END, new Frame.End(page.more(), page.cut())).write(out);
    }

    private void all(OutputStream out) throws IOException {
        log.all(line -> new Frame(Frame.LINE, line).write(out));
        Frame.of(Frame.END, new Frame.End(false, false)).write(out);
    }

    private static void fail(String cause, OutputStream out) throws IOException {
        Frame.of(Frame.FAILED, new Frame.Failed(cause)).write(out);
        out.flush();
    }
}
