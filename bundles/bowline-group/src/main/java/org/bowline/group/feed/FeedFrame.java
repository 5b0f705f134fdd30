package org.bowline.group.feed;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.bowline.api.identity.HostId;
import org.jspecify.annotations.Nullable;

/**
 * One message of {@code feed/1}: four bytes length of what follows, one byte kind, payload. The
 * follower says {@link #HELLO} and then only listens.
 */
record FeedFrame(byte kind, byte[] payload) {
    /** Follower: a {@link Hello}. */
    static final byte HELLO = 1;

    /** Voter: a {@link Refused}; the channel ends. */
    static final byte REFUSED = 2;

    /** Voter: the next bytes of a snapshot, at most {@link #CHUNK}; an empty one ends it. */
    static final byte SNAPSHOT = 3;

    /** Voter: revision (8 bytes) and entry. */
    static final byte ENTRY = 4;

    /** Voter: its newest revision (8 bytes), at first and every second in which nothing is sent. */
    static final byte BEAT = 5;

    static final int CHUNK = 64 << 10;
    private static final int MAX_LENGTH = 1 << 20;

    /**
     * Where the follower is.
     *
     * @param v format version
     * @param link its link number, so that an old link is told apart
     * @param revision the newest that it applied
     */
    record Hello(int v, String group, long generation, long link, long revision) {}

    /**
     * Why there is no feed.
     *
     * @param code {@code not-a-member}, {@code other-group} or {@code not-ready}
     * @param voters who can feed, as far as the refusing host knows; empty unless {@code not-ready}
     */
    record Refused(String code, String group, long generation, long revision, Set<HostId> voters) {
        static final String NOT_A_MEMBER = "not-a-member";
        static final String OTHER_GROUP = "other-group";
        static final String NOT_READY = "not-ready";

        Refused {
            voters = voters == null ? Set.of() : Set.copyOf(voters);
        }
    }

    static FeedFrame entry(long revision, byte[] entry) {
        return new FeedFrame(
                ENTRY,
                ByteBuffer.allocate(Long.BYTES + entry.length)
                        .putLong(revision)
                        .put(entry)
                        .array());
    }

    static FeedFrame beat(long revision) {
        return new FeedFrame(BEAT, ByteBuffer.allocate(Long.BYTES).putLong(revision).array());
    }

    /** Writes the frame; the stream buffers, so that many small frames become one record. */
    void write(OutputStream out) throws IOException {
        int length = 1 + payload.length;
        out.write(
                new byte[] {
                    (byte) (length >> 24),
                    (byte) (length >> 16),
                    (byte) (length >> 8),
                    (byte) length,
                    kind
                });
        out.write(payload);
    }

    /** Reads the next frame; null at the end of the stream. */
    static @Nullable FeedFrame read(DataInputStream in) throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return null;
        }
        if (length < 1 || length > MAX_LENGTH) {
            throw new IOException("feed frame of " + length + " bytes");
        }
        byte kind = in.readByte();
        byte[] payload = in.readNBytes(length - 1);
        if (payload.length < length - 1) {
            throw new EOFException("feed frame is cut");
        }
        return new FeedFrame(kind, payload);
    }
}
