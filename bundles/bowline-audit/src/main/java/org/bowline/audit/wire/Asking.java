package org.bowline.audit.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bowline.api.audit.AuditLine;
import org.bowline.api.identity.HostId;
import org.bowline.api.peers.Peers;
import org.bowline.api.transport.Channel;
import org.bowline.audit.log.ChainCheck;
import org.bowline.audit.log.LineCodec;
import org.bowline.audit.log.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * The asking side of {@code audit/1}. What a host answers is believed only of itself. A thread
 * {@code bowline-audit-limit} closes the channel of who takes too long, and ends when nobody is
 * asked.
 */
public final class Asking {
    private static final Duration SILENCE = Duration.ofSeconds(5); // between two pieces
    static final Duration LONGEST_PAGE = Duration.ofSeconds(5);
    static final Duration LONGEST_CHECK = Duration.ofMinutes(2);
    private static final int BUFFER = 16 << 10; // bytes

    private final Peers peers;
    private final ScheduledThreadPoolExecutor limit;

    /**
     * Lines of one host, the newest first.
     *
     * @param more whether there are older ones
     * @param cut whether older ones that were asked for were left out, as they are too many bytes
     */
    public record Lines(List<AuditLine> lines, boolean more, boolean cut) {}

    private interface Taker {
        /** Whether more shall come. */
        boolean take(byte[] line) throws IOException;
    }

    /** Takes the lines of a page, up to so many bytes. */
    private static final class PageTaker implements Taker {
        private final HostId host;
        private final int most;
        private final Optional<Instant> before;
        private final List<AuditLine> lines = new ArrayList<>();
        private long bytes;

        PageTaker(HostId host, int most, Optional<Instant> before) {
            this.host = host;
            this.most = most;
            this.before = before;
        }

        @Override
        public boolean take(byte[] raw) throws IOException {
            AuditLine line = LineCodec.read(raw).said();
            boolean asked =
                    lines.size() < most && before.map(Place.of(line)::isBefore).orElse(true);
            if (!asked || !line.host().equals(host)) {
                throw new IOException("it answers lines that it was not asked for");
            }
            lines.add(line);
            bytes += raw.length;
            return bytes <= PageReader.MOST_BYTES;
        }
    }

    public Asking(Peers peers) {
        this.peers = peers;
        limit =
                new ScheduledThreadPoolExecutor(
                        1,
                        work -> {
                            Thread thread = new Thread(work, "bowline-audit-limit");
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

    /**
     * Asks a host for its newest lines.
     *
     * @param after lines before this time are of no use
     * @throws IOException if it cannot be reached, or answers nonsense; a sentence for people
     */
    public Lines page(HostId host, int most, Optional<Instant> before, Optional<Instant> after)
            throws IOException {
        Frame question =
                Frame.of(
                        Frame.PAGE,
                        new Frame.Page(
                                most,
                                before.map(time -> Place.before(host, time)).orElse(null),
                                after.map(Instant::toEpochMilli).orElse(null)));
        PageTaker taker = new PageTaker(host, most, before);
        Frame.End end = ask(host, question, LONGEST_PAGE, taker);
        return new Lines(taker.lines, end.more(), end.cut());
    }

    /** Hands every line of a host's log to that check, one after the other. */
    public void check(HostId host, ChainCheck check) throws IOException {
        ask(
                host,
                Frame.of(Frame.ALL, new Frame.End(false, false)),
                LONGEST_CHECK,
                raw -> {
                    check.line(raw);
                    return true;
                });
    }

    private Frame.End ask(HostId host, Frame question, Duration longest, Taker taker)
            throws IOException {
        try (Channel channel = peers.open(host, Answering.PROTOCOL)) {
            ScheduledFuture<?> end =
                    limit.schedule(channel::close, longest.toMillis(), TimeUnit.MILLISECONDS);
            long asked = System.nanoTime();
            try {
                channel.readTimeout(SILENCE);
                question.write(channel.output());
                return take(channel, taker);
            } catch (SocketTimeoutException e) {
                throw new IOException("it does not answer", e);
            } catch (IOException e) {
                if (System.nanoTime() - asked >= longest.toNanos()) {
                    throw new IOException(
                            "its answer takes longer than " + longest.toSeconds() + " s", e);
                }
                throw e;
            } finally {
                end.cancel(false);
            }
        }
    }

    private static Frame.End take(Channel channel, Taker taker) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(channel.input(), BUFFER));
        for (@Nullable Frame frame = Frame.read(in); frame != null; frame = Frame.read(in)) {
            switch (frame.kind()) {
                case Frame.LINE -> {
                    if (!taker.take(frame.payload())) {
                        return new Frame.End(true, true);
                    }
                }
                case Frame.END -> {
                    return frame.as(Frame.End.class);
                }
                case Frame.FAILED -> throw new IOException(frame.as(Frame.Failed.class).cause());
                default -> throw new IOException("it answers in words of a later release");
            }
        }
        throw new EOFException("it went away while it answered");
    }
}
