package org.bowline.audit.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bowline.api.Actor;
import org.bowline.api.audit.Act;
import org.bowline.api.identity.HostId;
import org.bowline.audit.log.Sink.ForeignException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the lines of this host, each naming the hash of the one before, over several files of a
 * limited size; a line deep in an old file is never touched again. Safe for use by any thread;
 * calls wait for the disk.
 *
 * <p>What goes wrong stays in the log: a line that a crash left unfinished is cut off, a file that
 * somebody else changed is left as it is and a new one begun, and lines that could not be written
 * are counted; each gives a line that says so as soon as one can be written. A small reserve is
 * kept on the disk, so that on a full one the first lost line is told at once, also to who reads
 * the log after a restart.
 */
public final class ChainLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ChainLog.class);
    private static final long SMALL_STEP = 1000; // ms that a clock may go back without our saying

    private final HostId host;
    private final LogFiles files;
    private final Sink.Opener opener;
    private final InstantSource clock;

    // guarded by this
    private Limits limits;
    private final List<Extent> finished = new ArrayList<>(); // the oldest first
    private @Nullable Extent newest;
    private @Nullable Sink sink;
    private Tail tail = Tail.EMPTY;
    private final List<Act> owed = new ArrayList<>(); // the log's own lines, still to be written
    private @Nullable Gap gap;
    private long told; // lines of the gap that a line speaks of already
    private @Nullable String trouble;
    private boolean closed;

    /**
     * How much is kept.
     *
     * @param fileBytes of one file
     * @param files that are kept
     */
    public record Limits(long fileBytes, int files) {}

    /**
     * The newest line.
     *
     * @param number 0 if there is none
     * @param hash as hex
     */
    public record Newest(long number, String hash) {}

    public ChainLog(HostId host, Path directory, Limits limits, InstantSource clock) {
        this(host, directory, limits, clock, FileSink::open);
    }

    ChainLog(HostId host, Path directory, Limits limits, InstantSource clock, Sink.Opener opener) {
        this.host = host;
        this.files = new LogFiles(directory);
        this.limits = limits;
        this.clock = clock;
        this.opener = opener;
    }

    /** Writes a line; if it cannot be, it counts as one of a {@link #gap}. */
    public synchronized void append(Act act) {
        try {
            ready();
            settle();
            write(act);
            trouble = null;
            if (gap != null) {
                over(gap); // the line of the reserve says all of it
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    /** Opens the log if it is not, and writes what it owes, a gap too; tries again when called. */
    public synchronized void mend() {
        try {
            ready();
            settle();
            trouble = null;
        } catch (IOException e) {
            fail(e);
            return;
        }
        reserve();
    }

    private void reserve() {
        try {
            files.reserve();
            if (gap != null) {
                over(gap); // there is room again, and the line of the reserve says all of it
            }
        } catch (IOException e) {
            LOG.debug("There is no room for a reserve of the audit log; tried again soon", e);
        }
    }

    /** Why the log cannot be opened or written now, or empty if it can be. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** The lines that could not be written since the last one that could. */
    public synchronized Optional<Gap> gap() {
        return Optional.ofNullable(gap);
    }

    /** The newest line that is safe on the disk. */
    public synchronized Newest newest() {
        return new Newest(tail.number(), tail.hash());
    }

    /**
     * All files as they are now, the oldest first; they only grow, or are deleted.
     *
     * @throws IOException if the log cannot be opened
     */
    public synchronized List<Extent> extents() throws IOException {
        if (newest == null) {
            ready();
        }
        List<Extent> all = new ArrayList<>(finished);
        if (newest != null) {
            all.add(newest);
        }
        return all;
    }

    /** Keeps that much from the next new file on. */
    public synchronized void limit(Limits next) {
        limits = next;
    }

    private void lost(IOException e) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (gap == null) {
            LOG.error(
                    "The audit log in {} cannot be written; what is done meanwhile is only counted",
                    files.directory(),
                    e);
            gap = Gap.begin(now, cause(e));
        } else {
            gap = gap.another(now);
        }
        trouble = cause(e);
        drop();
        tell();
    }

    /** Writes the gap's line into the room of the reserve, if there is one; the gap stays open. */
    private void tell() {
        try {
            if (gap != null && told == 0 && files.release()) {
                ready();
                place(gap.act());
                told = gap.lines();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The message of some is a file's name alone. */
    private static String cause(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() == null
                ? e.getClass().getSimpleName() + " " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    private void fail(IOException e) {
        LOG.debug("The audit log still cannot be written", e);
        trouble = cause(e);
        drop();
    }

    /** After a failure the file is opened again, at the length that it had. */
    private void drop() {
        if (sink != null) {
            try {
                sink.close();
            } catch (IOException e) {
                LOG.debug("Closing {} failed", newest, e);
            }
            sink = null;
        }
    }

    private void ready() throws IOException {
        if (closed) {
            throw new IOException("this part of the agent is being stopped");
        }
        if (newest == null) {
            files.prepare();
            open(files.list());
        }
        if (sink == null) {
            try {
                sink = opener.open(newest);
            } catch (ForeignException e) {
                beginAnew(e);
            }
        }
    }

    private void open(List<Extent> all) throws IOException {
        tail = Tail.of(all);
        if (all.isEmpty()) {
            newest = files.create(1);
            return;
        }
        Extent last = all.get(all.size() - 1);
        newest = new Extent(last.file(), last.first(), last.length() - tail.torn());
        finished.addAll(all.subList(0, all.size() - 1));
        if (tail.torn() > 0) {
            LOG.warn("{} bytes of an unfinished line are cut off {}", tail.torn(), last.file());
            owed.add(
                    mended(
                            tail.torn()
                                    + " bytes of an unfinished line were cut off at the start of"
                                    + " the agent"));
        }
    }

    private static Act mended(String detail) {
        return Act.done(Actor.SYSTEM, LineCodec.MENDED, "", detail);
    }

    private void beginAnew(ForeignException e) throws IOException {
        Act found = mended("The log was changed by somebody else: " + e.getMessage());
        if (!owed.contains(found)) { // else it could not be written yet
            LOG.error(
                    "The audit log was changed by somebody else: {}. It goes on in a new file",
                    e.getMessage());
            owed.add(found);
        }
        begin();
    }

    private void begin() throws IOException {
        Extent next = files.create(tail.number() + 1);
        if (newest != null && !newest.file().equals(next.file())) {
            finished.add(newest);
        }
        drop();
        newest = next;
        sink = opener.open(next);
    }

    /** Writes what the log has to say of itself. */
    private void settle() throws IOException {
        while (!owed.isEmpty()) {
            place(owed.get(0));
            owed.remove(0);
        }
        if (gap != null && gap.lines() > told) {
            place(gap.act());
            over(gap);
        }
    }

    private void over(Gap ended) {
        LOG.info("The audit log can be written again; {} lines are missing", ended.lines());
        gap = null;
        told = 0;
    }

    private void write(Act act) throws IOException {
        try {
            place(act);
        } catch (ForeignException e) {
            beginAnew(e);
            settle();
            place(act);
        }
    }

    private void place(Act act) throws IOException {
        byte[] line = line(act);
        if (length() > 0 && length() + line.length + 1 > limits.fileBytes()) {
            begin();
            dropOldest();
            line = line(act); // the number is another one now, if a line was written
        }
        put(line);
    }

    private void put(byte[] line) throws IOException {
        Sink to = sink;
        Extent file = newest;
        if (to == null || file == null) {
            throw new IOException("the log is not open");
        }
        byte[] bytes = new byte[line.length + 1];
        System.arraycopy(line, 0, bytes, 0, line.length);
        bytes[line.length] = '\n';
        to.append(bytes);
        long time = TimeIndex.time(line).orElse(tail.time());
        tail = new Tail(tail.number() + 1, LineCodec.hash(line), time, 0);
        newest = new Extent(file.file(), file.first(), to.length());
    }

    private byte[] line(Act act) throws IOException {
        return LineCodec.write(host, tail.number() + 1, time(), act, tail.hash());
    }

    private long length() {
        return sink == null ? 0 : sink.length();
    }

    /** Each line a later one, so that pages by time lose none; a clock set back is followed. */
    private Instant time() {
        long now = clock.millis();
        boolean soon = now <= tail.time() && tail.time() - now < SMALL_STEP;
        return Instant.ofEpochMilli(soon ? tail.time() + 1 : now);
    }

    /** The line that says it comes first, so that no file is ever missing without one. */
    private void dropOldest() throws IOException {
        int many = finished.size() + 1 - limits.files();
        if (many <= 0 || newest == null) {
            return;
        }
        long kept = many < finished.size() ? finished.get(many).first() : newest.first();
        put(
                line(
                        Act.done(
                                Actor.SYSTEM,
                                LineCodec.DROPPED,
                                String.valueOf(kept),
                                "The lines before number "
                                        + kept
                                        + " are deleted: the log keeps "
                                        + limits.files()
                                        + " files of "
                                        + limits.fileBytes()
                                        + " bytes")));
        for (; many > 0; many--) {
            files.delete(finished.get(0));
            finished.remove(0);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }
}
