package org.bowline.group.feed;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.bowline.group.state.EntryCodec;
import org.bowline.group.state.SnapshotCodec;
import org.bowline.group.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a follower keeps of its group: {@code snapshot}, a whole state, and {@code log}, the entries
 * since: length (4 bytes), CRC-32C (4) of what follows, revision (8), entry. A torn end of the log
 * is cut off: the feed sends it again. Not safe for use by several threads.
 */
public final class FeedDisk implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedDisk.class);
    private static final int LONGEST_LOG = 1 << 20;
    private static final int HEAD = 16;

    private final Path directory;
    private final EntryCodec entries;
    private final SnapshotCodec snapshots;
    private final FileChannel log;
    private State state;
    private boolean unsynced;

    private FeedDisk(
            Path directory,
            EntryCodec entries,
            SnapshotCodec snapshots,
            FileChannel log,
            State state) {
        this.directory = directory;
        this.entries = entries;
        this.snapshots = snapshots;
        this.log = log;
        this.state = state;
    }

    /**
     * Opens what is there, or starts with the given state.
     *
     * @param first stored if the directory holds no readable snapshot
     */
    public static FeedDisk open(
            Path directory, EntryCodec entries, SnapshotCodec snapshots, State first)
            throws IOException {
        Files.createDirectories(directory);
        FileChannel log =
                FileChannel.open(
                        directory.resolve("log"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FeedDisk disk = new FeedDisk(directory, entries, snapshots, log, State.EMPTY);
            disk.load(first);
            return disk;
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /** The newest state that is stored. */
    public State state() {
        return state;
    }

    private void load(State first) throws IOException {
        Path file = directory.resolve("snapshot");
        if (!Files.exists(file)) {
            replace(first);
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            state = snapshots.read(in);
        } catch (IOException e) {
            LOG.warn("The group's state in {} cannot be read, the feed sends it again", file, e);
            replace(first);
            return;
        }
        long good = 0;
        try (InputStream raw = Files.newInputStream(directory.resolve("log"));
                DataInputStream in = new DataInputStream(new BufferedInputStream(raw))) {
            for (long read = readEntry(in); read > 0; read = readEntry(in)) {
                good += read;
            }
        } catch (IOException e) {
            LOG.debug("The log ends after {} bytes", good, e);
        }
        log.truncate(good);
        log.position(good);
    }

    /** Reads and applies one entry; answers its length on disk, 0 at the end. */
    private long readEntry(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return 0;
        }
        int checksum = in.readInt();
        if (length < 0 || length > EntryCodec.MAX_LENGTH) {
            throw new IOException("entry of " + length + " bytes");
        }
        byte[] body = in.readNBytes(Long.BYTES + length);
        if (body.length < Long.BYTES + length || checksum != checksum(body)) {
            throw new IOException("torn entry");
        }
        long revision = ByteBuffer.wrap(body).getLong();
        if (revision == state.revision() + 1) {
            byte[] entry = Arrays.copyOfRange(body, Long.BYTES, body.length);
            Optional<State> next = state.apply(entries.read(entry));
            state = next.orElseThrow(() -> new IOException("entry that does not fit"));
        } else if (revision > state.revision()) {
            throw new IOException("entry " + revision + " after " + state.revision());
        }
        return HEAD + length;
    }

    /** Adds the entry that led to the next state; {@link #sync} makes it last. */
    public void append(State next, byte[] entry) throws IOException {
        if (next.revision() != state.revision() + 1) {
            replace(next);
            return;
        }
        byte[] body =
                ByteBuffer.allocate(Long.BYTES + entry.length)
                        .putLong(next.revision())
                        .put(entry)
                        .array();
        ByteBuffer frame = ByteBuffer.allocate(HEAD + entry.length);
        frame.putInt(entry.length).putInt(checksum(body)).put(body).flip();
        long start = log.position();
        try {
            while (frame.hasRemaining()) {
                log.write(frame);
            }
        } catch (IOException e) {
            log.truncate(start); // or what follows a half entry would be cut off with it
            throw e;
        }
        state = next;
        unsynced = true;
        if (log.position() > LONGEST_LOG) {
            replace(next);
        }
    }

    /** Waits until all that was added is on the disk. */
    public void sync() throws IOException {
        if (unsynced) {
            log.force(false);
            unsynced = false;
        }
    }

    /** Stores a whole state in place of all that is there. */
    public void replace(State next) throws IOException {
        Path file = directory.resolve("snapshot");
        Path written = directory.resolve("snapshot.tmp");
        try (FileOutputStream raw = new FileOutputStream(written.toFile());
                OutputStream out = new BufferedOutputStream(raw)) {
            snapshots.write(next, out);
            raw.getFD().sync();
        }
        Files.move(
                written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        log.truncate(0);
        log.position(0);
        log.force(true);
        state = next;
        unsynced = false;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        sync();
        log.close();
    }
}
